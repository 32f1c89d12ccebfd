// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/compiled_file.h"

#include <cerrno>
#include <cstddef>
#include <cstring>

#include <linux/seccomp.h>
#include <zlib.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::confine {
namespace {

using ::testing::HasSubstr;

CompiledFilter example() {
  return {.program = {BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
                      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 90, 0, 1),
                      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
                      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)},
          .flags = SECCOMP_FILTER_FLAG_LOG,
          .decided = {.capabilities = 6, .held = 2, .from = {4, 8}, .below = {6, 9}}};
}

/// Bytes with a field of the header changed and the checksum right again.
std::string with(std::string bytes, std::size_t offset, std::uint32_t value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
  std::uint32_t checksum = 0;
  std::memcpy(bytes.data() + 60, &checksum, sizeof checksum);
  checksum = static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
  std::memcpy(bytes.data() + 60, &checksum, sizeof checksum);
  return bytes;
}

TEST(CompiledFile, IsReadAsItWasWritten) {
  const std::string bytes = compiled_bytes(example());
  EXPECT_EQ(bytes.size(), 64 + 4 * 8);
  EXPECT_TRUE(is_compiled(bytes));
  const auto read = read_compiled("f", bytes);
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_EQ(read->flags, SECCOMP_FILTER_FLAG_LOG);
  EXPECT_EQ(read->decided, example().decided);
  EXPECT_EQ(compiled_bytes(*read), bytes);
}

TEST(CompiledFile, EveryChangedBitIsNoticed) {
  const std::string right = compiled_bytes(example());
  for (std::size_t bit = 0; bit < right.size() * 8; ++bit) {
    std::string wrong = right;
    wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
    const auto read = read_compiled("f", wrong);
    ASSERT_FALSE(read) << bit;
    EXPECT_FALSE(read.error().hint.empty());
  }
}

TEST(CompiledFile, EveryCutIsNoticed) {
  const std::string right = compiled_bytes(example());
  for (std::size_t size = 0; size < right.size(); ++size) {
    const auto read = read_compiled("f", right.substr(0, size));
    ASSERT_FALSE(read) << size;
    EXPECT_EQ(read.error().failure, Failure::kConfig);
  }
  EXPECT_FALSE(read_compiled("f", right + "x"));
}

TEST(CompiledFile, AMadeUpFileIsJudgedByWhatItWouldDo) {
  const std::string right = compiled_bytes(example());
  struct Row {
    std::size_t offset;
    std::uint32_t value;
    Failure failure;
    const char* says;
  };
  constexpr std::size_t kProgram = 64;
  const Row rows[] = {
      {8, 2, Failure::kConfig, "version 2"},
      {56, 1, Failure::kConfig, "version 1"},
      {12, 0x40000028, Failure::kConfine, "another instruction set"},
      {16, 8, Failure::kConfig, "flags"},
      {20, 3, Failure::kConfig, "96 bytes, expected 88"},
      {20, 0xFFFFFFFF, Failure::kConfig, "expected"},
      {kProgram + 4, 2, Failure::kConfig, "loads from outside"},
      {kProgram + 8, 0x03000015, Failure::kConfig, "jumps out"},
      {kProgram + 20, SECCOMP_RET_USER_NOTIF, Failure::kConfig, "NOTIFY"},
      {kProgram + 24, 0x20, Failure::kConfig, "the last and no return"},
      {kProgram + 16, 0x16, Failure::kConfig, "none that a filter"},
  };
  for (const Row& row : rows) {
    const auto read = read_compiled("f", with(right, row.offset, row.value));
    ASSERT_FALSE(read) << row.says;
    EXPECT_EQ(read.error().failure, row.failure) << row.says;
    EXPECT_THAT(read.error().problem, HasSubstr(row.says));
  }
}

TEST(CompiledFile, AChangeOfLineEndsIsNamed) {
  std::string text = compiled_bytes(example());
  text.erase(text.find('\r'), 1);
  ASSERT_TRUE(is_compiled(text));
  const auto read = read_compiled("f", text + "x");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().problem, HasSubstr("changed on its way"));
}

}  // namespace
}  // namespace indexrun::confine
