// SPDX-License-Identifier: Apache-2.0
// Choosing the scan kernel at run time.
#include "items/scan.h"

#if defined(INDEXRUN_AVX2) && __has_include(<sys/platform/x86.h>)
#ifdef __clang__
// NOLINTNEXTLINE(bugprone-reserved-identifier)
#define _Bool bool  // the header's C spelling, which clang does not know in C++
#endif
#include <sys/platform/x86.h>
#define INDEXRUN_ASK_GLIBC 1
#endif

namespace indexrun::items {

bool has_avx2() {
#ifdef INDEXRUN_ASK_GLIBC
  // What glibc found out at start-up. Asking the processor again (cpuid, as __builtin_cpu_supports
  // does) traps into the hypervisor on a virtual machine, and that costs more than a short list.
  return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(POPCNT) && CPU_FEATURE_ACTIVE(BMI1);
#else
  return false;
#endif
}

Scanned scan_lines(std::string_view bytes, std::uint64_t wanted, bool& blank_so_far) {
#ifdef INDEXRUN_ASK_GLIBC
  if (has_avx2()) {
    return scan_avx2(bytes.data(), bytes.size(), wanted, blank_so_far);
  }
#endif
#ifdef __x86_64__
  return scan_sse2(bytes.data(), bytes.size(), wanted, blank_so_far);
#else
  return scan_words(bytes.data(), bytes.size(), wanted, blank_so_far);
#endif
}

RecordsScanned scan_records(std::string_view bytes, std::uint64_t wanted, RecordState& state) {
#ifdef INDEXRUN_ASK_GLIBC
  if (has_avx2()) {
    return records_avx2(bytes.data(), bytes.size(), wanted, state);
  }
#endif
#ifdef __x86_64__
  return records_sse2(bytes.data(), bytes.size(), wanted, state);
#else
  return records_words(bytes.data(), bytes.size(), wanted, state);
#endif
}

}  // namespace indexrun::items
