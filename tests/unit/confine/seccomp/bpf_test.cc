// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/bpf.h"

#include "instructions.h"

#include <cstddef>
#include <vector>

#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using Program = std::vector<sock_filter>;

seccomp_data call(int number) {
  seccomp_data data{};
  data.nr = number;
  return data;
}

/// Returns 1 if the jump of `code` with constant 8 is taken for the number, else 2.
std::uint32_t jump(std::uint16_t code, int number) {
  const Program program{load(offsetof(seccomp_data, nr)),
                        BPF_JUMP(static_cast<std::uint16_t>(BPF_JMP | code | BPF_K), 8, 0, 1),
                        give(1), give(2)};
  return evaluate(program, call(number)).value_or(0);
}

TEST(Evaluate, ComparesAsTheKernelDoes) {
  struct Row {
    std::uint16_t code;
    int number;
    std::uint32_t expected;
    const char* what;
  };
  const Row rows[] = {
      {BPF_JEQ, 8, 1, "equal"},     {BPF_JEQ, 9, 2, "not equal"},
      {BPF_JGT, 9, 1, "greater"},   {BPF_JGT, 8, 2, "not greater"},
      {BPF_JGE, 8, 1, "at least"},  {BPF_JGE, 7, 2, "not at least"},
      {BPF_JSET, 12, 1, "bit set"}, {BPF_JSET, 7, 2, "bit not set"},
      {BPF_JGT, -1, 1, "unsigned"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(jump(row.code, row.number), row.expected) << row.what;
  }
}

TEST(Evaluate, ReadsArchitectureAndArguments) {
  seccomp_data data = call(1);
  data.arch = 77;
  data.args[2] = 0x0000000500000006;
  const auto word = [&](std::uint32_t offset, std::uint32_t value) {
    const Program program{load(offset), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1), give(1),
                          give(2)};
    return evaluate(program, data) == 1U;
  };
  EXPECT_TRUE(word(offsetof(seccomp_data, arch), 77));
  EXPECT_TRUE(word(offsetof(seccomp_data, args[2]), 6));
  EXPECT_TRUE(word(offsetof(seccomp_data, args[2]) + 4, 5));
}

TEST(Evaluate, MasksAndJumpsAhead) {
  const Program program{load(offsetof(seccomp_data, nr)),
                        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xF),
                        BPF_STMT(BPF_JMP | BPF_JA, 1),
                        give(9),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 0, 1),
                        give(1),
                        give(2)};
  EXPECT_EQ(evaluate(program, call(0x73)), 1U);
  EXPECT_EQ(evaluate(program, call(0x74)), 2U);
}

TEST(Evaluate, KnowsNothingOfBrokenPrograms) {
  struct Row {
    Program program;
    const char* what;
  };
  const Row rows[] = {
      {{}, "empty"},
      {{load(0)}, "no return"},
      {{BPF_STMT(BPF_JMP | BPF_JA, 4000), give(1)}, "a jump out of the program"},
      {{load(64), give(1)}, "a load beyond the data"},
      {{load(2), give(1)}, "a load across words"},
      {{load(0xFFFFFFFC), give(1)}, "a load at the end of the address space"},
      {{BPF_STMT(BPF_RET | BPF_A, 0)}, "an instruction that it does not know"},
  };
  for (const Row& row : rows) {
    EXPECT_FALSE(evaluate(row.program, call(1))) << row.what;
    EXPECT_FALSE(program_fault(row.program).empty()) << row.what;
  }
}

TEST(ProgramFault, AcceptsWhatRunsToAnEnd) {
  const Program program{load(0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 0, 1), give(1), give(2)};
  EXPECT_EQ(program_fault(program), "");
}

TEST(ProgramFault, FindsJumpsThatNoCallTakes) {
  const Program program{load(0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 3, 0, 2), give(1), give(2)};
  EXPECT_NE(program_fault(program), "");
  EXPECT_NE(program_fault(Program(BPF_MAXINSNS + 1, give(1))), "");
}

TEST(Outcomes, AreThoseOfAllArguments) {
  const Program program{load(offsetof(seccomp_data, nr)),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 8, 0, 3),
                        load(offsetof(seccomp_data, args)),
                        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, 1),
                        give(1),
                        give(2)};
  const auto eight = run_to_arguments(program, call(8));
  ASSERT_TRUE(eight);
  EXPECT_FALSE(eight->value);
  EXPECT_EQ(outcomes(program, *eight), (std::vector<std::uint32_t>{1, 2}));
  EXPECT_EQ(words_read(program, *eight), 1U << 4);
  const auto nine = run_to_arguments(program, call(9));
  ASSERT_TRUE(nine);
  EXPECT_EQ(outcomes(program, *nine), (std::vector<std::uint32_t>{2}));
}

}  // namespace
}  // namespace indexrun::confine
