// SPDX-License-Identifier: Apache-2.0
// A list that changes under the reader: a worker must never take an item of a mixture.
#include "support/access_gate.h"
#include "support/blackbox.h"

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr int kLines = 200'000;

std::string list_of(const std::string& word) {
  std::string list;
  for (int line = 0; line < kLines; ++line) {
    list += word + "-" + std::to_string(line + 100'000) + "\n";
  }
  return list;
}

const testing::Matcher<const Ran&> kNoticed =
    Refuses({.exit = 198, .stage = "items", .object = "items.txt", .says = {"changed"}});

void overwrite(const std::string& path, const std::string& content) {
  int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  EXPECT_EQ(pwrite(fd, content.data(), content.size(), 0), static_cast<ssize_t>(content.size()));
  close(fd);
}

void append(const std::string& path, const std::string& content) {
  int fd = open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  EXPECT_EQ(write(fd, content.data(), content.size()), static_cast<ssize_t>(content.size()));
  close(fd);
}

class ListReplaced : public Blackbox {
 protected:
  /// The last of many items, with `change` done between the first and the second read.
  Ran in_the_middle(const std::function<void(const std::string&)>& change) const {
    std::string path = dir_.write("items.txt", list_of("old"));
    AccessGate gate(path);
    gate.at_read(2, [&] { change(path); });
    return indexrun("-f items.txt --index").args({std::to_string(kLines - 1), "echo", "{}"}).run();
  }

  void SetUp() override {
    std::string path = dir_.write("probe", "");
    INDEXRUN_SKIP_UNLESS(AccessGate(path).available(), "fanotify permission events needed");
  }
};

TEST_F(ListReplaced, AsAWholeIsReadToTheEndOfTheOldOne) {
  Ran ran = in_the_middle([this](const std::string& path) {
    std::string next = dir_.write("next", list_of("new"));
    EXPECT_EQ(rename(next.c_str(), path.c_str()), 0);
  });
  EXPECT_THAT(ran, Prints("old-" + std::to_string(kLines - 1 + 100'000) + "\n"));
}

TEST_F(ListReplaced, OverwritingInPlaceIsNoticed) {
  Ran ran = in_the_middle([](const std::string& path) { overwrite(path, list_of("new")); });
  EXPECT_THAT(ran, kNoticed);
}

TEST_F(ListReplaced, TruncatingIsNoticed) {
  Ran ran = in_the_middle([](const std::string& path) { EXPECT_EQ(truncate(path.c_str(), 4), 0); });
  EXPECT_THAT(ran, kNoticed);
}

TEST_F(ListReplaced, GrowingIsNoticed) {
  Ran ran = in_the_middle([](const std::string& path) { append(path, "more\n"); });
  EXPECT_THAT(ran, kNoticed);
}

/// A volume whose content somebody replaces without a pause, as the kubelet does it now and then:
/// a new folder, a link to it turned round, the old folder removed.
class ReplacedVolume : public Blackbox {
 protected:
  void SetUp() override {
    put(0);
    for (const char* name : {"items.txt", "index"}) {
      dir_.link(std::string("..data/") + name, name);
    }
    replacing_ = std::thread([this] {
      for (int version = 1; !ended_; ++version) {
        put(version);
      }
    });
  }
  void TearDown() override {
    ended_ = true;
    replacing_.join();
  }

 private:
  void put(int version) const {
    const std::string folder = "..version" + std::to_string(version);
    dir_.write(folder + "/items.txt", version % 2 == 0 ? "foo\nbar\n" : "oof\nrab\n");
    dir_.write(folder + "/index", "1\n");
    dir_.link(folder, "..data_tmp");
    EXPECT_EQ(rename((dir_ / "..data_tmp").c_str(), (dir_ / "..data").c_str()), 0);
    if (version > 0) {
      std::filesystem::remove_all(dir_ / ("..version" + std::to_string(version - 1)));
    }
  }

  std::atomic<bool> ended_ = false;
  std::thread replacing_;
};

TEST_F(ReplacedVolume, GivesTheOldListOrTheNewOne) {
  for (int run = 0; run < 200; ++run) {
    const Ran ran =
        indexrun("--supervise never --index-file index -f items.txt --expect-count 2 echo {}")
            .run();
    ASSERT_THAT(ran, testing::AnyOf(Prints("bar\n"), Prints("rab\n"))) << "run " << run;
  }
}

TEST_F(ReplacedVolume, NeverLooksLikeADirectoryOfOtherItems) {
  for (int run = 0; run < 80; ++run) {
    const Ran ran = indexrun("--supervise never --index 0 --items-dir . echo {name}").run();
    // Replaced at the very moment between the names and the content: to be tried again.
    ASSERT_THAT(ran, testing::AnyOf(Prints("index\n"), Refuses({.exit = 198, .stage = "items"})))
        << "run " << run;
  }
}

TEST_F(Blackbox, AListThatComesInPiecesThroughAFifoIsWaitedFor) {
  std::string fifo = dir_.make_fifo("list");
  Started started = indexrun("-f list --index 1 --expect-count 3 echo {}").start();
  int writer = open(fifo.c_str(), O_WRONLY | O_CLOEXEC);
  for (const char* part : {"a\nb", "b\n", "c"}) {
    ASSERT_GT(dprintf(writer, "%s", part), 0);
  }
  close(writer);
  EXPECT_THAT(started.finish(), Prints("bb\n"));
}

}  // namespace
}  // namespace indexrun::test
