// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp.h"

#include "base/file.h"
#include "base/log.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "confine/seccomp_check.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>

#include <linux/bpf_common.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

/// Between the loading of the filter and the workload's first instruction there is execve(2), and
/// if that fails, a report and the exit.
constexpr std::array<std::string_view, 3> kOwnCalls{"execve", "write", "exit_group"};

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using FilterContext = std::unique_ptr<void, ReleaseFilter>;

/// The interfaces of this machine beside its native one, through which a denied call could be made
/// all the same.
std::vector<std::uint32_t> interfaces() {
  const std::uint32_t native = seccomp_arch_native();
  if (native == SCMP_ARCH_X86_64) {
    return {native, SCMP_ARCH_X86, SCMP_ARCH_X32};
  }
  if (native == SCMP_ARCH_AARCH64) {
    return {native, SCMP_ARCH_ARM};
  }
  return {native};
}

Error cannot_compile(std::string problem, int number) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = "--seccomp-deny",
               .problem = std::move(problem),
               .system_error = number};
}

Error unknown_call(const std::string& name) {
  std::vector<std::string> known;
  for (const std::uint32_t interface : interfaces()) {
    for (int number = 0; number < 512; ++number) {
      if (char* text = seccomp_syscall_resolve_num_arch(interface, number)) {
        known.emplace_back(text);
        std::free(text);
      }
    }
  }
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  const auto near = near_miss(name, candidates);
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--seccomp-deny",
               .problem = "unknown system call " + quote(name),
               .hint = near ? "did you mean " + quote(*near) + "?"
                            : "syscalls(2) lists the names, such as ptrace"};
}

Error own_call(const std::string& name) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--seccomp-deny",
               .problem = quote(name) +
                          " is what indexrun itself needs to start the program, or "
                          "to report that it could not"};
}

Result<void> deny(scmp_filter_ctx filter, const std::string& name) {
  for (const std::string_view own : kOwnCalls) {
    if (name == own) {
      return own_call(name);
    }
  }
  const int number = seccomp_syscall_resolve_name(name.c_str());
  if (number == __NR_SCMP_ERROR) {
    return unknown_call(name);
  }
  // libseccomp translates the number for the other interfaces.
  const int result = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
  if (result != 0) {
    return cannot_compile("cannot make a rule for " + quote(name), -result);
  }
  return {};
}

/// A sealed memfd is refused by some hardened kernels only when it could be executed.
UniqueFd memory_file() {
  constexpr unsigned kNoExecSeal = 8;  // MFD_NOEXEC_SEAL, Linux 6.3
  UniqueFd file(memfd_create("seccomp", MFD_CLOEXEC));
  if (!file.valid()) {
    file.reset(memfd_create("seccomp", MFD_CLOEXEC | kNoExecSeal));
  }
  return file;
}

Result<std::vector<sock_filter>> export_program(scmp_filter_ctx filter) {
  const UniqueFd file = memory_file();
  if (!file.valid()) {
    return cannot_compile("cannot make room for the filter", errno);
  }
  if (const int result = seccomp_export_bpf(filter, file.get()); result != 0) {
    return cannot_compile("cannot export the filter", -result);
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0) {
    return cannot_compile("cannot read the filter back", errno);
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0 || size % sizeof(sock_filter) != 0 || size / sizeof(sock_filter) > BPF_MAXINSNS) {
    return cannot_compile("the filter has an impossible size", 0);
  }
  std::vector<sock_filter> program(size / sizeof(sock_filter));
  if (lseek(file.get(), 0, SEEK_SET) != 0 ||
      read_fully(file.get(), reinterpret_cast<char*>(program.data()), size) != status.st_size) {
    return cannot_compile("cannot read the filter back", errno);
  }
  return program;
}

std::vector<DeniedCalls> denied_calls(const std::vector<std::string>& names) {
  std::vector<DeniedCalls> all;
  for (const std::uint32_t interface : interfaces()) {
    DeniedCalls calls{.architecture = interface, .numbers = {}};
    for (const std::string& name : names) {
      calls.numbers.push_back(seccomp_syscall_resolve_name_arch(interface, name.c_str()));
    }
    all.push_back(std::move(calls));
  }
  return all;
}

}  // namespace

Result<std::vector<sock_filter>> compile_deny_filter(const std::vector<std::string>& names) {
  const FilterContext filter(seccomp_init(SCMP_ACT_ALLOW));
  if (filter == nullptr) {
    return cannot_compile("cannot start a filter", ENOMEM);
  }
  for (const std::uint32_t interface : interfaces()) {
    const int result = seccomp_arch_add(filter.get(), interface);
    if (result != 0 && result != -EEXIST) {
      return cannot_compile("cannot cover every system call interface", -result);
    }
  }
  for (const std::string& name : names) {
    CHECK(deny(filter.get(), name));
  }
  TRY(std::vector<sock_filter> program, export_program(filter.get()));
  if (const auto difference = find_difference(program, denied_calls(names))) {
    return cannot_compile("the compiled filter is wrong: " + *difference, 0);
  }
  LOG_HOW("confine: system call filter of " + std::to_string(program.size()) + " instructions");
  return program;
}

}  // namespace indexrun::confine
