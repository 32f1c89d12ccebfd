// SPDX-License-Identifier: Apache-2.0
// Counts what one launch executes until its execve(2): instructions, system calls, calls of malloc.
// Times scatter, counts do not, so counts are what a test can hold. The launcher is stepped
// instruction by instruction (ptrace(2)); x86-64 only.
//
// usage: launch_counts MOST_INSTRUCTIONS MOST_CALLS MOST_ALLOCATIONS MALLOC_ADDRESS... -- COMMAND
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Counts {
  std::uint64_t instructions = 0;
  std::uint64_t system_calls = 0;
  std::uint64_t allocations = 0;
};

[[noreturn]] void die(const char* what) {
  std::perror(what);
  std::exit(2);
}

bool is_system_call(pid_t pid, std::uint64_t address) {
  constexpr std::uint64_t kSyscall = 0x050f;
  errno = 0;
  const long word = ::ptrace(PTRACE_PEEKTEXT, pid, address, nullptr);
  return errno == 0 && (static_cast<std::uint64_t>(word) & 0xffffU) == kSyscall;
}

bool stopped_at_exec(int status) {
  return WIFSTOPPED(status) && status >> 8 == (SIGTRAP | (PTRACE_EVENT_EXEC << 8));
}

// From the launcher's first instruction to the execve that replaces it.
Counts step_to_exec(pid_t pid, const std::vector<std::uint64_t>& allocators) {
  Counts counts;
  for (;;) {
    user_regs_struct registers{};
    if (::ptrace(PTRACE_GETREGS, pid, nullptr, &registers) != 0) {
      die("PTRACE_GETREGS");
    }
    ++counts.instructions;
    if (is_system_call(pid, registers.rip)) {
      ++counts.system_calls;
    }
    counts.allocations +=
        static_cast<std::uint64_t>(std::count(allocators.begin(), allocators.end(), registers.rip));
    if (::ptrace(PTRACE_SINGLESTEP, pid, nullptr, nullptr) != 0) {
      die("PTRACE_SINGLESTEP");
    }
    int status = 0;
    if (::waitpid(pid, &status, 0) != pid) {
      die("waitpid");
    }
    if (stopped_at_exec(status)) {
      return counts;
    }
    if (!WIFSTOPPED(status)) {
      std::fprintf(stderr, "the launcher ended before its execve, status %d\n", status);
      std::exit(2);
    }
  }
}

pid_t start(char** command) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    ::execv(command[0], command);
    die(command[0]);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  ::ptrace(PTRACE_SETOPTIONS, pid, nullptr, PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL);
  ::ptrace(PTRACE_CONT, pid, nullptr, nullptr);
  if (::waitpid(pid, &status, 0) != pid || !stopped_at_exec(status)) {
    die("the launcher did not start");
  }
  return pid;
}

bool hold(const char* what, std::uint64_t found, const char* most) {
  const bool fine = found <= std::strtoull(most, nullptr, 10);
  std::printf("%-18s %8llu, at most %s%s\n", what, static_cast<unsigned long long>(found), most,
              fine ? "" : ": TOO MANY");
  return fine;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::uint64_t> allocators;
  int at = 4;
  for (; at < argc && std::strcmp(argv[at], "--") != 0; ++at) {
    allocators.push_back(std::strtoull(argv[at], nullptr, 16));
  }
  if (argc < 6 || at + 1 >= argc || allocators.empty()) {
    std::fprintf(stderr, "usage: launch_counts MOST MOST MOST MALLOC_ADDRESS... -- COMMAND\n");
    return 2;
  }
  const pid_t pid = start(argv + at + 1);
  const Counts counts = step_to_exec(pid, allocators);
  ::kill(pid, SIGKILL);
  const bool instructions = hold("instructions", counts.instructions, argv[1]);
  const bool calls = hold("system calls", counts.system_calls, argv[2]);
  const bool allocations = hold("heap allocations", counts.allocations, argv[3]);
  return instructions && calls && allocations ? 0 : 1;
}
