// SPDX-License-Identifier: Apache-2.0
// The limits are the kernel's: what passes here is really executed, one byte more is refused by
// both.
#include "inputs/sizes.h"

#include <cerrno>
#include <string>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::inputs {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// 0 if /bin/true takes these, else the errno of execve(2).
int execute(const Inputs& inputs) {
  std::vector<char*> argv;
  for (const std::string& argument : inputs.argv) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  std::vector<char*> environment;
  for (const std::string& entry : inputs.environment.entries()) {
    environment.push_back(const_cast<char*>(entry.c_str()));
  }
  environment.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) {
    execve("/bin/true", argv.data(), environment.data());
    _exit(errno);
  }
  int status = -1;
  waitpid(pid, &status, 0);
  return WEXITSTATUS(status);
}

TEST(Sizes, AnArgumentOfTheKernelsLimitIsTheLongest) {
  Inputs inputs;
  inputs.argv = {"/bin/true", std::string(longest_string(), 'x')};
  EXPECT_TRUE(check_sizes(inputs).has_value());
  EXPECT_EQ(execute(inputs), 0);
  inputs.argv[1] += 'x';
  EXPECT_EQ(execute(inputs), E2BIG);
  const Error error = check_sizes(inputs).error();
  EXPECT_EQ(error.failure, Failure::kItem);
  EXPECT_EQ(error.object, "argument 1");
  EXPECT_THAT(error.problem, AllOf(HasSubstr(std::to_string(longest_string() + 1)),
                                   HasSubstr(std::to_string(longest_string()))));
  EXPECT_THAT(error.hint, AllOf(HasSubstr("--write"), HasSubstr("--stdin")));
}

TEST(Sizes, AVariableIsCountedWithItsName) {
  Inputs inputs;
  inputs.argv = {"/bin/true"};
  inputs.environment.set("NAME", std::string(longest_string() - 5, 'x'));
  EXPECT_TRUE(check_sizes(inputs).has_value());
  EXPECT_EQ(execute(inputs), 0);
  inputs.environment.set("NAME", std::string(longest_string() - 4, 'x'));
  EXPECT_EQ(execute(inputs), E2BIG);
  EXPECT_EQ(check_sizes(inputs).error().object, "variable NAME");
}

/// As many bytes in all, in arguments of a thousand bytes each.
Inputs inputs_of(std::size_t bytes) {
  constexpr std::size_t kEach = 1000;
  constexpr std::size_t kPointer = sizeof(char*);
  Inputs inputs;
  inputs.argv = {"/bin/true"};
  std::size_t sum = 2 * sizeof("/bin/true") + kPointer;
  for (; sum + kEach + kPointer < bytes; sum += kEach + kPointer) {
    inputs.argv.emplace_back(kEach - 1, 'x');
  }
  if (sum + kPointer < bytes) {
    inputs.argv.emplace_back(bytes - sum - kPointer - 1, 'x');
  }
  return inputs;
}

TEST(Sizes, TheSumIsTheKernels) {
  const std::size_t room = total_room();
  EXPECT_TRUE(check_sizes(inputs_of(room)).has_value());
  EXPECT_EQ(execute(inputs_of(room)), 0);
  EXPECT_EQ(execute(inputs_of(room + 64)), E2BIG);
  const Error error = check_sizes(inputs_of(room + 1)).error();
  EXPECT_EQ(error.failure, Failure::kItem);
  EXPECT_THAT(error.problem, HasSubstr(std::to_string(room)));
}

TEST(Sizes, TheRoomFollowsTheStackLimit) {
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_STACK, &old), 0);
  const auto room_with = [&](rlim_t stack) {
    const rlimit limit{stack, old.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_STACK, &limit), 0);
    return total_room();
  };
  EXPECT_EQ(room_with(rlim_t{4} << 20), std::size_t{1} << 20);
  EXPECT_EQ(room_with(rlim_t{200} << 10), std::size_t{128} << 10);
  if (old.rlim_max == RLIM_INFINITY) {
    EXPECT_EQ(room_with(RLIM_INFINITY), std::size_t{6} << 20);
  }
  setrlimit(RLIMIT_STACK, &old);
}

TEST(Sizes, WithoutACommandTheSumDoesNotMatter) {
  Inputs inputs = inputs_of(total_room() + 5000);
  for (std::size_t i = 0; i < inputs.argv.size(); ++i) {
    inputs.environment.set("V" + std::to_string(i), inputs.argv[i]);
  }
  inputs.argv.clear();
  EXPECT_TRUE(check_sizes(inputs).has_value());
}

}  // namespace
}  // namespace indexrun::inputs
