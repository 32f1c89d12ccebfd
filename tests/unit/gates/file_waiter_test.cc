// SPDX-License-Identifier: Apache-2.0
#include "gates/file_waiter.h"

#include "scratch.h"

#include <cerrno>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

class FileWaiterTest : public Scratch {
 protected:
  [[nodiscard]] Gate gate(Kind kind, const std::string& name) const {
    return {.kind = kind, .text = name, .path = at(name), .host = {}};
  }
};

TEST_F(FileWaiterTest, IsMetByAnythingAtThePath) {
  make("folder");
  write("empty", "");
  for (const char* name : {"folder", "empty"}) {
    const Gate there = gate(Kind::kFile, name);
    EXPECT_TRUE(FileWaiter(there).look().value()) << name;
  }
}

TEST_F(FileWaiterTest, TellsWhatIsMissing) {
  const Gate file = gate(Kind::kFile, "no");
  FileWaiter waiter(file);
  EXPECT_FALSE(waiter.look().value());
  EXPECT_EQ(waiter.seen(), "No such file or directory");
  write("no", "");
  EXPECT_TRUE(waiter.look().value());
}

TEST_F(FileWaiterTest, AFileThatMustNotBeEmptyHasAByte) {
  make("folder");
  write("file", "");
  const Gate file = gate(Kind::kNonempty, "file");
  const Gate folder = gate(Kind::kNonempty, "folder");
  FileWaiter waiter(file);
  EXPECT_FALSE(waiter.look().value());
  EXPECT_EQ(waiter.seen(), "the file is empty");
  write("file", "x");
  EXPECT_TRUE(waiter.look().value());
  FileWaiter other(folder);
  EXPECT_FALSE(other.look().value());
  EXPECT_EQ(other.seen(), "it is no regular file");
}

TEST_F(FileWaiterTest, WhatCannotBeIsAnError) {
  write("file", "");
  const Gate below = gate(Kind::kFile, "file/below");
  const auto met = FileWaiter(below).look();
  ASSERT_FALSE(met);
  EXPECT_EQ(met.error().failure, Failure::kInput);
  EXPECT_EQ(met.error().system_error, ENOTDIR);
  EXPECT_EQ(met.error().object, below.text);
}

}  // namespace
}  // namespace indexrun::gates
