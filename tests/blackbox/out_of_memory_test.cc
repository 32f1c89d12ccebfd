// SPDX-License-Identifier: Apache-2.0
// A control group with little memory, as a container has: deaths in it are named, and we fit in.
#include "support/blackbox.h"
#include "support/record.h"

#include <filesystem>
#include <fstream>

#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

namespace fs = std::filesystem;

bool put(const std::string& path, const std::string& text) {
  std::ofstream file(path);
  file << text << std::flush;
  return file.good();
}

/// Made in cgroup v1's memory hierarchy or in v2's only one, and removed again.
class Group {
 public:
  explicit Group(const std::string& limit) {
    const bool v1 = fs::exists("/sys/fs/cgroup/memory/memory.limit_in_bytes");
    if (!v1) {
      put("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
    }
    path_ = std::string(v1 ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup") + "/indexrun-test-" +
            std::to_string(::getpid());
    usable_ = ::mkdir(path_.c_str(), 0755) == 0 &&
              put(path_ + (v1 ? "/memory.limit_in_bytes" : "/memory.max"), limit);
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() { ::rmdir(path_.c_str()); }

  [[nodiscard]] bool usable() const { return usable_; }
  void join() const { put(path_ + "/cgroup.procs", "0"); }

 private:
  std::string path_;
  bool usable_ = false;
};

class OutOfMemory : public Blackbox {
 protected:
  void SetUp() override {
    INDEXRUN_SKIP_UNLESS(group_.usable(), "no control group for memory can be made");
    dir_.write("message", "", 0666);
  }
  [[nodiscard]] Command worker(const std::string& words) const {
    return indexrun("--index 0 --item foo --message-file message").line(words).in_child([this] {
      group_.join();
    });
  }
  Group group_{"4194304"};
};

TEST_F(OutOfMemory, ADeathIsNamedInLogAndRecord) {
  Ran ran = worker("").command({"tail", "/dev/zero"}).run();
  EXPECT_THAT(ran, Exits(137));
  EXPECT_THAT(ran.err, testing::HasSubstr("launch: tail was killed by KILL (out of memory)\n"));
  EXPECT_THAT(ran.err, testing::HasSubstr("raise resources.limits.memory"));
  Record record(dir_.read("message"));
  EXPECT_EQ(record.text("reason"), "the program was killed by KILL (out of memory)");
  EXPECT_EQ(record["oom_kills"], "1");
}

/// On one processor, where the program comes first: it is dead before we are awake again.
void give_way() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
  sched_setaffinity(0, sizeof one, &one);
  setpriority(PRIO_PROCESS, 0, 19);
}

TEST_F(OutOfMemory, ADeathBeforeWeAreAwakeAgainIsNamedToo) {
  INDEXRUN_SKIP_UNLESS(is_root(), "only root may raise a priority");
  for (int run = 0; run < 20; ++run) {
    dir_.write("message", "", 0666);
    Command tail = indexrun("--index 0 --item foo --message-file message --nice -20")
                       .command({"tail", "/dev/zero"})
                       .in_child([this] {
                         group_.join();
                         give_way();
                       });
    ASSERT_THAT(tail.run(), Exits(137));
    ASSERT_EQ(Record(dir_.read("message"))["oom_kills"], "1") << "run " << run;
  }
}

TEST_F(OutOfMemory, AHelpersDeathIsToldAlthoughTheProgramEndsWith0) {
  Ran ran = worker("").command({"sh", "-c", "tail /dev/zero 2>/dev/null; exit 0"}).run();
  EXPECT_THAT(ran, Exits(0));
  EXPECT_THAT(ran.err, testing::HasSubstr("meanwhile the kernel killed 1 process"));
}

TEST_F(OutOfMemory, AKillFromSomebodyIsNotTakenForOne) {
  Ran ran = worker("").command({"sh", "-c", "kill -KILL $$"}).run();
  EXPECT_THAT(ran, Exits(137));
  EXPECT_THAT(ran.err, testing::HasSubstr("launch: sh was killed by KILL\n"));
  Record record(dir_.read("message"));
  EXPECT_EQ(record["oom_kills"], "0");
}

TEST_F(OutOfMemory, FourMegabytesAreEnoughForUs) {
  EXPECT_THAT(worker("--tee-stdout copy --message-tail 3 --timeout 30s").command(kEcho).run(),
              Prints("ran\n"));
}

}  // namespace
}  // namespace indexrun::test
