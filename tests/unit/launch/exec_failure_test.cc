// SPDX-License-Identifier: Apache-2.0
// Real files that a real execve(2) refuses.
#include "base/fd.h"
#include "base/file.h"
#include "launch/resolve.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using ::testing::HasSubstr;

class ExecFailure : public ::testing::Test {
 protected:
  ExecFailure() {
    std::string pattern = ::testing::TempDir() + "exec.XXXXXX";
    root_ = ::mkdtemp(pattern.data());
  }
  ~ExecFailure() override { EXPECT_EQ(std::system(("rm -rf '" + root_ + "'").c_str()), 0); }

  std::string file(std::string_view bytes, mode_t mode = 0755) {
    std::string path = root_ + "/program";
    const UniqueFd out = open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    EXPECT_EQ(write_fully(out.get(), bytes), 0);
    EXPECT_EQ(::fchmod(out.get(), mode), 0);
    return path;
  }

  /// Tries to run it in a child and explains what the kernel said.
  static Error run(const std::string& path) {
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::execl(path.c_str(), path.c_str(), nullptr);
      ::_exit(errno);
    }
    int raw = 0;
    EXPECT_EQ(::waitpid(pid, &raw, 0), pid);
    EXPECT_NE(WEXITSTATUS(raw), 0) << "it ran";
    return exec_failure(path, AT_FDCWD, WEXITSTATUS(raw));
  }

  std::string root_;
};

/// A minimal executable of another machine, or with another loader.
std::string elf(unsigned machine, std::string_view loader) {
  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_type = ET_EXEC;
  header.e_machine = static_cast<Elf64_Half>(machine);
  header.e_version = EV_CURRENT;
  header.e_phoff = sizeof header;
  header.e_ehsize = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = 1;
  Elf64_Phdr segment{};
  segment.p_type = PT_INTERP;
  segment.p_offset = sizeof header + sizeof segment;
  segment.p_filesz = loader.size() + 1;
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(&segment), sizeof segment);
  return bytes.append(loader).append(1, '\0').append(256, '\0');
}

TEST_F(ExecFailure, NamesAMissingInterpreter) {
  const Error error = run(file("#! /nope/python -u\nprint()\n"));
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_THAT(error.problem, HasSubstr("'/nope/python'"));
}

TEST_F(ExecFailure, SeesCarriageReturns) {
  const Error error = run(file("#!/bin/sh\r\nexit 0\r\n"));
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_THAT(error.hint, HasSubstr("CR LF"));
}

#if defined(__x86_64__)
TEST_F(ExecFailure, NamesAMissingLoader) {
  const Error error = run(file(elf(EM_X86_64, "/lib/ld-musl-x86_64.so.1")));
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_THAT(error.problem, HasSubstr("'/lib/ld-musl-x86_64.so.1'"));
}

TEST_F(ExecFailure, NamesAnotherMachine) {
  const Error error = run(file(elf(EM_AARCH64, "")));
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_THAT(error.problem, HasSubstr("arm64"));
  EXPECT_THAT(error.problem, HasSubstr("x86-64"));
}
#endif

TEST_F(ExecFailure, KnowsWhatIsNoProgram) {
  struct Row {
    std::string bytes;
    const char* expected;
  };
  const Row rows[] = {
      {"", "empty"},
      {"echo hello\n", "without a #! line"},
      {std::string("\x7f"
                   "ELF\0\0\0",
                   7),
       "neither"},
      {std::string("ab\0cd", 5), "neither an ELF program nor a script"},
      {std::string(ELFMAG), "without a #! line"},
  };
  for (const Row& row : rows) {
    const Error error = run(file(row.bytes));
    EXPECT_EQ(error.failure, Failure::kNoexec) << row.expected;
    EXPECT_THAT(error.problem, HasSubstr(row.expected));
    EXPECT_EQ(error.system_error, ENOEXEC);
  }
}

TEST_F(ExecFailure, KnowsAMissingRunBit) {
  const Error error = run(file("#!/bin/sh\n", 0644));
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_THAT(error.problem, HasSubstr("no execute permission"));
}

TEST_F(ExecFailure, KnowsAFileBeingWritten) {
  const std::string path = file("#!/bin/sh\n");
  const UniqueFd writer = open_file(path, O_WRONLY);
  const Error error = run(path);
  EXPECT_EQ(error.failure, Failure::kNoexec);
  EXPECT_EQ(error.system_error, ETXTBSY);
}

TEST_F(ExecFailure, ClassesByErrno) {
  struct Row {
    int number;
    Failure expected;
    const char* what;
  };
  const std::string there = file("#!/bin/sh\n");
  for (const Row& row :
       {Row{E2BIG, Failure::kItem, "too large"}, Row{EAGAIN, Failure::kNoexec, "process limit"},
        Row{EPERM, Failure::kNoexec, "refused"}, Row{ENOMEM, Failure::kNoexec, "anything else"}}) {
    EXPECT_EQ(exec_failure(there, AT_FDCWD, row.number).failure, row.expected) << row.what;
  }
  EXPECT_EQ(exec_failure(root_ + "/gone", AT_FDCWD, ENOENT).failure, Failure::kNotfound);
}

}  // namespace
}  // namespace indexrun::launch
