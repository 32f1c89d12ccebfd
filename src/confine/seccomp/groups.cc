// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/groups.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "confine/seccomp/interfaces.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <linux/sched.h>

namespace indexrun::confine {
namespace {

constexpr std::array kGroups{
    CallGroup{"@aio", "asynchronous I/O",
              "io_cancel io_destroy io_getevents io_pgetevents io_pgetevents_time64 io_setup "
              "io_submit @io-uring"},
    CallGroup{"@bpf", "eBPF programs and maps", "bpf"},
    CallGroup{"@chown", "owners of files",
              "chown chown32 fchown fchown32 fchownat lchown lchown32"},
    CallGroup{"@clock", "setting the clock",
              "adjtimex clock_adjtime clock_adjtime64 clock_settime clock_settime64 settimeofday "
              "stime"},
    CallGroup{"@cpu-emulation", "modes of the processor",
              "modify_ldt subpage_prot switch_endian vm86 vm86old"},
    CallGroup{
        "@debug", "debugging and tracing, also of the whole machine",
        "lookup_dcookie perf_event_open rtas s390_runtime_instr sys_debug_setcontext @ptrace"},
    CallGroup{"@io-uring", "io_uring, which other filters do not see into",
              "io_uring_enter io_uring_register io_uring_setup"},
    CallGroup{"@keyring", "the kernel's keys", "add_key keyctl request_key"},
    CallGroup{"@memlock", "locking memory", "mlock mlock2 mlockall munlock munlockall"},
    CallGroup{"@module", "kernel modules",
              "create_module delete_module finit_module init_module query_module"},
    CallGroup{"@mount", "mounting and changing the root",
              "chroot fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree "
              "open_tree_attr pivot_root umount umount2"},
    CallGroup{"@namespaces", "new namespaces of any kind, and joining others", ""},
    CallGroup{"@network-io", "sockets",
              "accept accept4 bind connect getpeername getsockname getsockopt listen recv recvfrom "
              "recvmmsg recvmmsg_time64 recvmsg send sendmmsg sendmsg sendto setsockopt shutdown "
              "socket socketcall socketpair"},
    CallGroup{
        "@obsolete", "calls that no program should need",
        "_sysctl afs_syscall bdflush break create_module ftime get_kernel_syms getpmsg gtty "
        "idle lock mpx prof profil putpmsg query_module security sgetmask ssetmask stime stty "
        "sysfs tuxcall ulimit uselib ustat vserver"},
    CallGroup{"@pkey", "memory protection keys", "pkey_alloc pkey_free pkey_mprotect"},
    CallGroup{"@privileged", "what only the superuser can do",
              "@chown @clock @module @raw-io @reboot @swap _sysctl acct bpf capset chroot "
              "fanotify_init fanotify_mark nfsservctl open_by_handle_at pivot_root quotactl "
              "quotactl_fd setdomainname setfsuid setfsuid32 setgroups setgroups32 sethostname "
              "setresuid setresuid32 setreuid setreuid32 setuid setuid32 vhangup"},
    CallGroup{"@ptrace", "looking into other processes",
              "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"},
    CallGroup{"@raw-io", "devices' ports and memory",
              "ioperm iopl pciconfig_iobase pciconfig_read pciconfig_write s390_pci_mmio_read "
              "s390_pci_mmio_write"},
    CallGroup{"@reboot", "restarting and other kernels", "kexec_file_load kexec_load reboot"},
    CallGroup{"@resources", "priorities, scheduling and placement",
              "ioprio_set mbind migrate_pages move_pages nice sched_setaffinity sched_setattr "
              "sched_setparam sched_setscheduler set_mempolicy set_mempolicy_home_node setpriority "
              "setrlimit"},
    CallGroup{"@setuid", "changing the user or the groups",
              "setgid setgid32 setgroups setgroups32 setregid setregid32 setresgid setresgid32 "
              "setresuid setresuid32 setreuid setreuid32 setuid setuid32"},
    CallGroup{"@swap", "swap space", "swapoff swapon"},
    CallGroup{"@userfaultfd", "page faults of a program's own", "userfaultfd"},
    CallGroup{"@userns", "user namespaces", ""},
};

#if defined(__s390__)
constexpr unsigned kCloneFlags = 1;  // clone(2): the first two arguments are the other way round
#else
constexpr unsigned kCloneFlags = 0;
#endif

constexpr std::uint64_t kNewTime = 0x80;  // CLONE_NEWTIME: for clone(2) these bits are a signal
constexpr std::array<std::uint64_t, 7> kNamespaces{CLONE_NEWNS,  CLONE_NEWCGROUP, CLONE_NEWUTS,
                                                   CLONE_NEWIPC, CLONE_NEWUSER,   CLONE_NEWPID,
                                                   CLONE_NEWNET};

Action fail_with(int number) {
  return SECCOMP_RET_ERRNO | static_cast<Action>(number);
}

Entry entry_for(std::string name, int number, std::vector<Condition> conditions) {
  Entry entry;
  entry.names.push_back({std::move(name), 0});
  entry.action = fail_with(number);
  entry.conditions = std::move(conditions);
  return entry;
}

/// One rule for each bit: any of them is enough.
void deny_namespace(std::uint64_t bit, std::vector<Entry>& entries) {
  const auto has_bit = [bit](unsigned index) {
    return std::vector<Condition>{{index, Op::kMaskedEqual, bit, bit}};
  };
  if (bit != kNewTime) {
    entries.push_back(entry_for("clone", EPERM, has_bit(kCloneFlags)));
  }
  entries.push_back(entry_for("unshare", EPERM, has_bit(0)));
  entries.push_back(entry_for("setns", EPERM, has_bit(1)));
}

/// setns(2) with 0 joins a namespace of whatever kind the descriptor has.
void deny_namespaces(std::span<const std::uint64_t> bits, std::vector<Entry>& entries) {
  constexpr std::uint64_t kInt = 0xFFFF'FFFF;
  for (const std::uint64_t bit : bits) {
    deny_namespace(bit, entries);
  }
  entries.push_back(entry_for("setns", EPERM, {{1, Op::kMaskedEqual, kInt, 0}}));
  entries.push_back(entry_for("clone3", ENOSYS, {}));
}

const CallGroup* find_group(std::string_view name) {
  const auto found = std::ranges::find(kGroups, name, &CallGroup::name);
  return found == kGroups.end() ? nullptr : &*found;
}

Error refuse(std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = "--seccomp-deny",
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Error unknown_group(const std::string& word) {
  std::vector<std::string_view> names;
  std::string all;
  for (const CallGroup& group : kGroups) {
    names.push_back(group.name);
    all.append(all.empty() ? "" : ", ").append(group.name);
  }
  const auto near = near_miss(word, names);
  return refuse(
      "unknown group of system calls " + quote(word),
      (near ? "did you mean " + quote(*near) + "? " : std::string()) + "The groups are " + all);
}

Error unknown_call(const std::string& name) {
  const auto near = near_system_call(name);
  return refuse("unknown system call " + quote(name),
                near
                    ? "did you mean " + quote(*near) + "?"
                    : "syscalls(2) lists the names, such as ptrace; a group begins with @, such as "
                      "@mount");
}

class Collector {
 public:
  explicit Collector(std::vector<Entry>& entries) : entries_(entries) {}

  Result<void> add(const std::string& word) {
    if (!word.starts_with('@')) {
      return add_call(word);
    }
    const CallGroup* group = find_group(word);
    if (group == nullptr) {
      return unknown_group(word);
    }
    if (word == "@userns") {
      deny_namespaces(std::array<std::uint64_t, 1>{CLONE_NEWUSER}, entries_);
    } else if (word == "@namespaces") {
      deny_namespace(kNewTime, entries_);
      deny_namespaces(kNamespaces, entries_);
    }
    std::string_view rest = group->calls;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      CHECK(add(std::string(rest.substr(0, end))));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
  }

 private:
  Result<void> add_call(const std::string& name) {
    if (!is_system_call(name)) {
      return unknown_call(name);
    }
    entries_.push_back(entry_for(name, EPERM, {}));
    return {};
  }

  std::vector<Entry>& entries_;
};

}  // namespace

std::span<const CallGroup> call_groups() {
  return kGroups;
}

Result<Profile> deny_profile(std::span<const std::string> words) {
  Profile profile;
  profile.interfaces = all_interfaces();
  Collector collector(profile.entries);
  for (const std::string& word : words) {
    CHECK(collector.add(word));
  }
  return profile;
}

}  // namespace indexrun::confine
