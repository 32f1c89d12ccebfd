// SPDX-License-Identifier: Apache-2.0
#include "launch/memory.h"

#include <cstdint>

#include <malloc.h>
#include <sys/auxv.h>
#include <sys/mman.h>

namespace indexrun::launch {

namespace {

std::uintptr_t page_of(std::uintptr_t address) {
  return address & ~static_cast<std::uintptr_t>(::getauxval(AT_PAGESZ) - 1);
}

/// What lies below the frame of this function was used by calls that have returned.
[[gnu::noinline]] void drop_stack() {
  constexpr std::uintptr_t kDeepest = std::uintptr_t{512} * 1024;
  // For this frame, the call of madvise and a red zone.
  constexpr std::uintptr_t kMargin = 512;
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uintptr_t end = page_of(here - kMargin);
  static_cast<void>(::madvise(reinterpret_cast<void*>(end - kDeepest), kDeepest, MADV_DONTNEED));
}

}  // namespace

void give_back_memory() noexcept {
  static_cast<void>(::malloc_trim(0));
  drop_stack();
}

}  // namespace indexrun::launch
