// SPDX-License-Identifier: Apache-2.0
#include "confine/present.h"

#include "base/decimal.h"
#include "base/file.h"
#include "confine/held.h"

#include <algorithm>
#include <string>
#include <string_view>

#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

void read_ids(Present& present) {
  uid_t real = 0;
  uid_t effective = 0;
  uid_t saved = 0;
  static_cast<void>(::getresuid(&real, &effective, &saved));
  present.uid = {real, effective, saved, effective};
  static_cast<void>(::getresgid(&real, &effective, &saved));
  present.gid = {real, effective, saved, effective};
  const int count = ::getgroups(0, nullptr);
  present.groups.resize(static_cast<std::size_t>(std::max(count, 0)));
  if (count > 0 && ::getgroups(count, present.groups.data()) != count) {
    present.groups.clear();
  }
}

void read_capabilities(Present& present) {
  constexpr int kBits = 32;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {};
  CapabilitySets& sets = present.capabilities;
  if (::syscall(SYS_capget, &header, data) == 0) {
    const auto whole = [&](__u32 __user_cap_data_struct::*member) {
      return std::uint64_t{data[1].*member} << kBits | data[0].*member;
    };
    sets.permitted = whole(&__user_cap_data_struct::permitted);
    sets.effective = whole(&__user_cap_data_struct::effective);
    sets.inheritable = whole(&__user_cap_data_struct::inheritable);
  }
  for (int capability = 0; capability < 64; ++capability) {
    const int bound = ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0);
    if (bound < 0) {
      break;
    }
    present.last_capability = capability;
    sets.bounding |= std::uint64_t{bound == 1} << capability;
    const int raised = ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, capability, 0, 0);
    sets.ambient |= std::uint64_t{raised == 1} << capability;
  }
  present.securebits = static_cast<unsigned>(std::max(::prctl(PR_GET_SECUREBITS, 0, 0, 0, 0), 0));
  present.no_new_privs = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

void read_resources(Present& present) {
  for (int resource = 0; resource < RLIMIT_NLIMITS; ++resource) {
    rlimit64 limit{};
    if (::syscall(SYS_prlimit64, 0, resource, nullptr, &limit) == 0) {
      present.limits.push_back({resource, limit.rlim_cur, limit.rlim_max});
    }
  }
  // There is no asking without setting; nobody else makes files in between.
  present.umask = ::umask(077);
  ::umask(present.umask);
  constexpr int kNiceRange = 20;  // the system call gives 20 - nice
  present.nice = kNiceRange - static_cast<int>(::syscall(SYS_getpriority, PRIO_PROCESS, 0));
  present.cpus.resize(128);  // the 8192 processors that a kernel can be built for
  const long bytes = ::syscall(SYS_sched_getaffinity, 0,
                               present.cpus.size() * sizeof present.cpus[0], present.cpus.data());
  present.cpus.resize(static_cast<std::size_t>(std::max(bytes, 0L)) / sizeof present.cpus[0]);
}

std::optional<int> number_in(std::string_view text) {
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative ? 1 : 0);
  const auto number = parse_decimal(text.substr(0, text.find_first_of(" \n")));
  if (!number || *number > 1'000'000) {
    return std::nullopt;
  }
  return negative ? -static_cast<int>(*number) : static_cast<int>(*number);
}

void read_filters(Present& present) {
  present.filtered = ::prctl(PR_GET_SECCOMP, 0, 0, 0, 0) > 0;
  if (!present.filtered) {
    present.filters = 0;
    return;
  }
  constexpr std::string_view kField = "\nSeccomp_filters:\t";
  const FileContent status = read_file("/proc/self/status");
  const std::size_t at = status.bytes.find(kField);
  if (at != std::string::npos) {
    const auto number = number_in(std::string_view(status.bytes).substr(at + kField.size()));
    present.filters = number ? std::optional(static_cast<unsigned>(*number)) : std::nullopt;
  }
}

void read_descriptors(Present& present) {
  DIR* list = ::opendir("/proc/self/fd");
  if (list == nullptr) {
    return;
  }
  std::vector<unsigned>& open = present.descriptors.emplace();
  while (const dirent* entry = ::readdir(list)) {
    const auto fd = parse_decimal(entry->d_name);
    const int flags = fd ? ::fcntl(static_cast<int>(*fd), F_GETFD) : -1;
    if (flags >= 0 && (flags & FD_CLOEXEC) == 0) {
      open.push_back(static_cast<unsigned>(*fd));
    }
  }
  ::closedir(list);
  std::ranges::sort(open);
}

}  // namespace

Present read_present() {
  Present present;
  read_ids(present);
  read_capabilities(present);
  read_resources(present);
  if (const FileContent score = read_file("/proc/self/oom_score_adj"); score.error == 0) {
    present.oom_score_adj = number_in(score.bytes);
  }
  read_descriptors(present);
  read_filters(present);
  return present;
}

}  // namespace indexrun::confine
