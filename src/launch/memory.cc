// SPDX-License-Identifier: Apache-2.0
#include "launch/memory.h"

#include <cstddef>
#include <cstdint>

#include <elf.h>
#include <link.h>
#include <malloc.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

// Of the linker: where the file of this program begins in memory.
extern "C" const char __ehdr_start __attribute__((visibility("hidden")));

namespace indexrun::launch {

namespace {

std::uintptr_t page_of(std::uintptr_t address) {
  return address & ~static_cast<std::uintptr_t>(::getauxval(AT_PAGESZ) - 1);
}

void drop(std::uintptr_t first, std::uintptr_t end) {
  if (first < end) {
    static_cast<void>(::madvise(reinterpret_cast<void*>(first), end - first, MADV_DONTNEED));
  }
}

/// Segments that nobody may write to: nothing in them can be lost.
void drop_file_pages() {
  const auto* header = reinterpret_cast<const ElfW(Phdr)*>(::getauxval(AT_PHDR));
  const std::size_t count = ::getauxval(AT_PHNUM);
  const auto begin = reinterpret_cast<std::uintptr_t>(&__ehdr_start);
  std::uintptr_t bias = 0;
  for (std::size_t i = 0; header != nullptr && i < count; ++i) {
    const ElfW(Phdr)& segment = header[i];
    if (segment.p_type != PT_LOAD) {
      continue;
    }
    if (segment.p_offset == 0) {
      bias = begin - segment.p_vaddr;
    }
    if ((segment.p_flags & PF_W) == 0) {
      const std::uintptr_t first = bias + segment.p_vaddr;
      drop(page_of(first), page_of(first + segment.p_memsz));
    }
  }
}

/// What lies below the frame of this function was used by calls that have returned.
[[gnu::noinline]] void drop_stack() {
  constexpr std::uintptr_t kDeepest = std::uintptr_t{512} * 1024;
  // For this frame, the call of madvise and a red zone.
  constexpr std::uintptr_t kMargin = 512;
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const std::uintptr_t end = page_of(here - kMargin);
  drop(end - kDeepest, end);
}

}  // namespace

void give_back_memory() noexcept {
  static_cast<void>(::malloc_trim(0));
  drop_stack();
  drop_file_pages();
}

}  // namespace indexrun::launch
