// SPDX-License-Identifier: Apache-2.0
// Every case runs in a process of its own, which blocks its signals and has children.
#include "launch/loop.h"

#include "base/signals.h"
#include "launching.h"
#include "process.h"

#include <cerrno>
#include <csignal>
#include <set>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using Kind = Event::Kind;

template <typename Act>
pid_t child(Act act) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    act();
    ::_exit(0);
  }
  return pid;
}

/// The line that first fails, or 0.
#define REQUIRE(condition) \
  do {                     \
    if (!(condition)) {    \
      return __LINE__;     \
    }                      \
  } while (false)

/// Runs `body(loop)` in a process of its own. The line of a failed REQUIRE stands in its output.
template <typename Body>
int failed_line(Body body) {
  const auto ended = testing::run([&] {
    static_cast<void>(take_signals());
    auto loop = Loop::open();
    dprintf(STDOUT_FILENO, "%d", loop ? body(*loop) : -1);
    return 0;
  });
  return ended.status.success() ? std::stoi(ended.out) : -2;
}

TEST(Loop, ReportsSignalsWithTheirSenderAndValue) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              REQUIRE(::sigqueue(::getpid(), SIGRTMIN + 3, sigval{.sival_int = 42}) == 0);
              const Event event = loop.next();
              REQUIRE(event.kind == Kind::kSignal);
              REQUIRE(static_cast<int>(event.signal.ssi_signo) == SIGRTMIN + 3);
              REQUIRE(event.signal.ssi_int == 42);
              REQUIRE(event.signal.ssi_code == SI_QUEUE);
              REQUIRE(static_cast<pid_t>(event.signal.ssi_pid) == ::getpid());
              return 0;
            }),
            0);
}

TEST(Loop, LosesNoQueuedSignal) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              constexpr int kMany = 200;
              for (int i = 0; i < kMany; ++i) {
                REQUIRE(::sigqueue(::getpid(), SIGRTMIN, sigval{.sival_int = i}) == 0);
              }
              for (int i = 0; i < kMany; ++i) {
                REQUIRE(loop.next().signal.ssi_int == i);
              }
              return 0;
            }),
            0);
}

TEST(Loop, ReportsTheEndOfEveryWatchedChild) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              // Many ends, few SIGCHLDs: they coalesce.
              std::set<pid_t> waiting;
              for (int i = 0; i < 100; ++i) {
                const pid_t pid = child([i] { ::_exit(i); });
                loop.watch(pid);
                waiting.insert(pid);
              }
              int sum = 0;
              while (!waiting.empty()) {
                const Event event = loop.next();
                REQUIRE(event.kind == Kind::kEnded);
                REQUIRE(waiting.erase(event.pid) == 1);
                sum += event.status.code;
              }
              REQUIRE(sum == 99 * 100 / 2);
              REQUIRE(loop.childless());
              return 0;
            }),
            0);
}

TEST(Loop, ReapsStrangersInSilence) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              REQUIRE(::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
              for (int i = 0; i < 50; ++i) {
                child([] { child([] {}); });
              }
              const TimerId timer = loop.arm(Deadline::in(Milliseconds(10'000)));
              const pid_t last = child([] {});
              loop.watch(last);
              const Event event = loop.next();
              REQUIRE(event.kind == Kind::kEnded && event.pid == last);
              loop.cancel(timer);
              loop.arm(Deadline::in(Milliseconds(20)));
              while (!loop.childless()) {
                REQUIRE(loop.next().kind == Kind::kTimer);
                loop.arm(Deadline::in(Milliseconds(20)));
              }
              return 0;
            }),
            0);
}

TEST(Loop, TellsStoppedAndContinuedFromEnded) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              const pid_t pid = child([] { ::raise(SIGSTOP); });
              loop.watch(pid);
              Event event = loop.next();
              REQUIRE(event.kind == Kind::kStopped && event.pid == pid);
              REQUIRE(event.status.signal == SIGSTOP);
              REQUIRE(::kill(pid, SIGCONT) == 0);
              event = loop.next();
              if (event.kind == Kind::kContinued) {  // it may have ended before we looked
                event = loop.next();
              }
              REQUIRE(event.kind == Kind::kEnded && event.status.success());
              return 0;
            }),
            0);
}

TEST(Loop, ReportsDeathBySignal) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              const pid_t pid = child([] { ::raise(SIGKILL); });
              loop.watch(pid);
              const Event event = loop.next();
              REQUIRE(event.kind == Kind::kEnded);
              REQUIRE(event.status.signal == SIGKILL && event.status.exit_code() == 137);
              return 0;
            }),
            0);
}

TEST(Loop, FiresTimersInTheirOrder) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              const TimerId late = loop.arm(Deadline::in(Milliseconds(40)));
              const TimerId never = loop.arm(Deadline::in(Milliseconds(5)));
              const TimerId early = loop.arm(Deadline::in(Milliseconds(10)));
              loop.cancel(never);
              Event event = loop.next();
              REQUIRE(event.kind == Kind::kTimer && event.timer == early);
              event = loop.next();
              REQUIRE(event.kind == Kind::kTimer && event.timer == late);
              return 0;
            }),
            0);
}

TEST(Loop, GivesSignalsBeforeTheEndOfTheChildTheyAreFor) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              const pid_t pid = child([] {});
              loop.watch(pid);
              siginfo_t info{};
              REQUIRE(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0);
              REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
              REQUIRE(loop.next().kind == Kind::kSignal);
              REQUIRE(::kill(pid, 0) == 0);  // still ours
              REQUIRE(loop.next().kind == Kind::kEnded);
              REQUIRE(::kill(pid, 0) != 0 && errno == ESRCH);
              return 0;
            }),
            0);
}

TEST(Loop, ReportsADescriptorUntilItIsForgotten) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              int ends[2];
              REQUIRE(::pipe(ends) == 0);
              loop.watch_input(ends[0]);
              REQUIRE(!loop.poll());
              REQUIRE(::write(ends[1], "xy", 2) == 2);
              char byte = 0;
              for (int i = 0; i < 2; ++i) {
                const Event event = loop.next();
                REQUIRE(event.kind == Kind::kReady && event.fd == ends[0]);
                REQUIRE(::read(ends[0], &byte, 1) == 1);
              }
              REQUIRE(!loop.poll());
              ::close(ends[1]);
              REQUIRE(loop.next().kind == Kind::kReady);  // its end
              loop.forget(ends[0]);
              REQUIRE(!loop.poll());
              return 0;
            }),
            0);
}

TEST(Loop, ReportsRoomToWrite) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              int ends[2];
              REQUIRE(::pipe2(ends, O_NONBLOCK) == 0);
              char block[4096] = {};
              while (::write(ends[1], block, sizeof block) > 0) {
              }
              loop.watch_output(ends[1]);
              REQUIRE(!loop.poll());
              REQUIRE(::read(ends[0], block, sizeof block) == sizeof block);
              const auto event = loop.poll();
              REQUIRE(event && event->kind == Kind::kReady && event->fd == ends[1]);
              return 0;
            }),
            0);
}

TEST(Loop, GivesSignalsAndChildrenBeforeDescriptorsAndTimersLast) {
  EXPECT_EQ(failed_line([](Loop& loop) {
              int ends[2];
              REQUIRE(::pipe(ends) == 0);
              REQUIRE(::write(ends[1], "x", 1) == 1);
              loop.watch_input(ends[0]);
              loop.arm(Deadline::now());
              REQUIRE(loop.poll()->kind == Kind::kTimer);  // the descriptors were not looked at yet
              loop.arm(Deadline::now());
              const pid_t pid = child([] {});
              loop.watch(pid);
              siginfo_t info{};
              REQUIRE(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) == 0);
              REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
              REQUIRE(loop.next().kind == Kind::kSignal);
              REQUIRE(loop.next().kind == Kind::kEnded);
              return 0;
            }),
            0);
}

TEST(Loop, SleepsUntilSomethingHappens) {
  auto process = testing::Process::start([] {
    static_cast<void>(take_signals());
    auto loop = Loop::open();
    dprintf(STDOUT_FILENO, "ready\n");
    static_cast<void>(loop->next());
    return 0;
  });
  EXPECT_EQ(process.line(), "ready");
  EXPECT_TRUE(eventually([&] { return state_of(process.pid()) == 'S'; }));
  process.send(SIGUSR1);
  EXPECT_TRUE(process.wait().status.success());
}

}  // namespace
}  // namespace indexrun::launch
