// SPDX-License-Identifier: Apache-2.0
#include "share/logs.h"

#include "base/file.h"
#include "support/temp_dir.h"

#include <cerrno>

#include <fcntl.h>

#include <gtest/gtest.h>

namespace indexrun::share {
namespace {

TEST(Logs, MakeWhatIsMissing) {
  const test::TempDir dir;
  const auto logs = Logs::open(dir / "a/b");
  ASSERT_TRUE(logs);
  const auto ends = logs->files("c/d", false);
  ASSERT_TRUE(ends);
  EXPECT_EQ(write_fully(ends->out.get(), "o"), 0);
  EXPECT_EQ(write_fully(ends->err.get(), "e"), 0);
  EXPECT_EQ(dir.read("a/b/c/d.out"), "o");
  EXPECT_EQ(dir.read("a/b/c/d.err"), "e");
}

TEST(Logs, AreBegunAnewOrGoneOnWith) {
  const test::TempDir dir;
  const auto logs = Logs::open(dir.path());
  dir.write("x.out", "old\n");
  EXPECT_EQ(write_fully(logs->files("x", true)->out.get(), "more\n"), 0);
  EXPECT_EQ(dir.read("x.out"), "old\nmore\n");
  EXPECT_EQ(write_fully(logs->files("x", false)->out.get(), "new\n"), 0);
  EXPECT_EQ(dir.read("x.out"), "new\n");
}

TEST(Logs, DoNotFollowALinkOut) {
  const test::TempDir dir;
  dir.make_folder("logs");
  dir.make_folder("out");
  dir.link(dir / "out", "logs/link");
  dir.link("../out/file", "logs/name.out");
  const auto logs = Logs::open(dir / "logs");
  for (const char* name : {"link/x", "name"}) {
    const auto ends = logs->files(name, false);
    ASSERT_FALSE(ends) << name;
    EXPECT_EQ(ends.error().failure, Failure::kConfig);
  }
  EXPECT_FALSE(dir.has("out/x.out"));
  EXPECT_FALSE(dir.has("out/file"));
}

TEST(Logs, ArePipesOnlyIfSomebodyReadsThem) {
  const test::TempDir dir;
  dir.make_fifo("0.out");
  auto logs = Logs::open(dir.path());
  ASSERT_TRUE(logs);
  auto ends = logs->files("0", false);
  ASSERT_FALSE(ends) << "waits for a reader instead";
  EXPECT_EQ(ends.error().system_error, ENXIO);

  ends = logs->files("1", false);
  ASSERT_TRUE(ends);
  EXPECT_EQ(::fcntl(ends->out.get(), F_GETFL) & (O_NONBLOCK | O_APPEND), O_APPEND);
}

TEST(Logs, ThatCannotBeMadeAreAFailedOutput) {
  const test::TempDir dir;
  dir.write("file", "");
  for (const char* path : {"file", "file/x"}) {
    const auto logs = Logs::open(dir / path);
    ASSERT_FALSE(logs) << path;
    EXPECT_EQ(logs.error().failure, Failure::kInput);
  }
  const auto logs = Logs::open(dir.path());
  dir.make_folder("x.out");
  const auto ends = logs->files("x", false);
  ASSERT_FALSE(ends);
  EXPECT_EQ(ends.error().failure, Failure::kInput);
}

}  // namespace
}  // namespace indexrun::share
