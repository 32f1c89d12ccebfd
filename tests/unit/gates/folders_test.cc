// SPDX-License-Identifier: Apache-2.0
#include "gates/folders.h"

#include "scratch.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <poll.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::gates {
namespace {

class FoldersTest : public Scratch {
 protected:
  /// Whether something has been told since the last call.
  [[nodiscard]] bool told() const {
    Alarms alarms;
    folders_.add_to(alarms);
    const bool told = ::poll(alarms.descriptors.data(), alarms.descriptors.size(), 0) > 0;
    folders_.drain();
    return told;
  }

  /// How many watches the kernel holds for us.
  [[nodiscard]] int watches() const {
    Alarms alarms;
    folders_.add_to(alarms);
    std::ifstream info("/proc/self/fdinfo/" + std::to_string(alarms.descriptors[0].fd));
    const std::string text{std::istreambuf_iterator<char>(info), {}};
    int count = 0;
    for (std::size_t at = text.find("inotify wd"); at != std::string::npos;
         at = text.find("inotify wd", at + 1)) {
      ++count;
    }
    return count;
  }

  Folders folders_;
};

TEST_F(FoldersTest, HaveNoAlarmsWithoutPaths) {
  folders_.watch({});
  Alarms alarms;
  folders_.add_to(alarms);
  EXPECT_TRUE(alarms.descriptors.empty());
  EXPECT_FALSE(alarms.at);
}

TEST_F(FoldersTest, TellOfANameInTheFolder) {
  folders_.watch({at("ready")});
  EXPECT_FALSE(told());
  write("ready", "");
  EXPECT_TRUE(told());
}

TEST_F(FoldersTest, TellOfTheNearestFolderThatIsMissing) {
  make("a");
  folders_.watch({at("a/b/c")});
  write("other", "");
  EXPECT_FALSE(told()) << "the folder above is of no interest";
  make("a/b");
  EXPECT_TRUE(told());
}

TEST_F(FoldersTest, TellOfAFolderOnTheWayThatGoes) {
  make("a/b/c");
  folders_.watch({at("a/b/c/ready")});
  std::filesystem::rename(at("a"), at("z"));
  EXPECT_TRUE(told());
}

TEST_F(FoldersTest, TellOfALinkThatIsTurnedRound) {
  make("..v1");
  make("..v2");
  std::filesystem::create_symlink("..v1", at("..data"));
  std::filesystem::create_symlink("..v2", at("next"));
  std::filesystem::create_symlink("..data/ready", at("ready"));
  folders_.watch({at("ready")});
  EXPECT_FALSE(told());
  std::filesystem::rename(at("next"), at("..data"));
  EXPECT_TRUE(told());
}

TEST_F(FoldersTest, KeepNoWatchThatIsNotNeeded) {
  make("a");
  make("b");
  std::filesystem::create_symlink("a", at("link"));
  folders_.watch({at("link/ready")});
  const int before = watches();
  EXPECT_GT(before, 1);
  std::filesystem::remove(at("link"));
  std::filesystem::create_symlink("b", at("link"));
  for (int i = 0; i < 3; ++i) {
    folders_.watch({at("link/ready")});
    EXPECT_EQ(watches(), before);
  }
}

TEST_F(FoldersTest, LookOftenWhereNobodyTells) {
  folders_.watch({at("ready")});
  EXPECT_EQ(folders_.pause(), kSafetyLook);
  folders_.watch({"/proc/self/no"});
  EXPECT_EQ(folders_.pause(), kSlowLook);
  folders_.watch({at("ready"), "/proc/self/no"});
  EXPECT_EQ(folders_.pause(), kSlowLook);
}

TEST_F(FoldersTest, EndOnALoopOfLinks) {
  std::filesystem::create_symlink("loop", at("loop"));
  folders_.watch({at("loop/ready")});
  EXPECT_EQ(folders_.pause(), kSlowLook);
}

}  // namespace
}  // namespace indexrun::gates
