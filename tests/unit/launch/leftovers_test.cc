// SPDX-License-Identifier: Apache-2.0
#include "launch/leftovers.h"

#include "base/fd.h"
#include "base/signals.h"
#include "launching.h"
#include "process.h"

#include <csignal>
#include <ctime>

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace indexrun::launch {
namespace {

using std::chrono::steady_clock;

/// A child that ignores TERM, with a grandchild that does so too.
void leave_two() {
  if (::fork() == 0) {
    ::signal(SIGTERM, SIG_IGN);
    static_cast<void>(::fork());
    for (;;) {
      ::pause();
    }
  }
}

/// 0 if `act(loop)` left no descendant and came to its end.
template <typename Act>
int alone_after(Act act) {
  return testing::run([&] {
           const InheritedSignals inherited = take_signals();
           static_cast<void>(inherited);
           ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
           auto loop = Loop::open();
           act(*loop);
           return loop->childless() ? 0 : 1;
         })
      .status.exit_code();
}

TEST(EndLeftovers, ReturnsAtOnceWhenThereIsNobody) {
  const auto begin = steady_clock::now();
  EXPECT_EQ(alone_after([](Loop& loop) { end_leftovers(loop, {.grace = Milliseconds(10'000)}); }),
            0);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(EndLeftovers, KillsWholeFamiliesThatIgnoreTerm) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              leave_two();
              end_leftovers(loop, {.grace = Milliseconds(30)});
            }),
            0);
}

TEST(EndLeftovers, AStopSignalHurries) {
  const auto begin = steady_clock::now();
  EXPECT_EQ(alone_after([](Loop& loop) {
              leave_two();
              ::raise(SIGTERM);
              end_leftovers(loop, {.grace = Milliseconds(60'000)});
            }),
            0);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(EndLeftovers, ReapsThoseThatHadAlreadyEnded) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              for (int i = 0; i < 20; ++i) {
                if (::fork() == 0) {
                  ::_exit(0);
                }
              }
              end_leftovers(loop, {.grace = Milliseconds(10'000)});
            }),
            0);
}

TEST(EndLeftovers, ThousandsDoNotTakeLongerEach) {
  // Each end once made us read the list of all that were left.
  const auto begin = steady_clock::now();
  EXPECT_EQ(alone_after([](Loop& loop) {
              for (int i = 0; i < 3000; ++i) {
                if (::fork() == 0) {
                  ::_exit(0);
                }
              }
              end_leftovers(loop, {.grace = Milliseconds(10'000)});
            }),
            0);
  EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(30));
}

TEST(EndLeftovers, WaitsForThemIfAsked) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              int go[2];
              if (::pipe(go) != 0) {
                return;
              }
              if (::fork() == 0) {
                ::close(go[1]);
                char byte = 0;
                // Its parent ends first, so that it becomes an orphan of ours.
                if (::fork() == 0) {
                  ::_exit(::read(go[0], &byte, 1) == 0 ? 0 : 1);
                }
                ::_exit(0);
              }
              ::close(go[1]);
              const Spec spec;
              EXPECT_FALSE(end_leftovers(loop, {.wait = &spec}));
            }),
            0);
}

TEST(EndLeftovers, ASignalGoesToThoseThatAreWaitedFor) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              for (int i = 0; i < 2; ++i) {
                if (::fork() == 0) {
                  sigset_t none;
                  sigemptyset(&none);
                  ::sigprocmask(SIG_SETMASK, &none, nullptr);
                  for (;;) {
                    ::pause();
                  }
                }
              }
              ::raise(SIGTERM);
              const Spec spec;
              end_leftovers(loop, {.grace = Milliseconds(20'000), .wait = &spec});
            }),
            0);
}

TEST(EndLeftovers, TheWaitingHasALimit) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              leave_two();
              const Spec spec;
              EXPECT_TRUE(end_leftovers(loop, {.grace = Milliseconds(20),
                                               .wait = &spec,
                                               .limit = Deadline::in(Milliseconds(20))}));
            }),
            0);
}

/// A child and its own child, which end at a TERM.
void leave_family() {
  if (::fork() == 0) {
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    static_cast<void>(::fork());
    for (;;) {
      ::pause();
    }
  }
}

TEST(EndLeftovers, AStreamThatIsAlwaysReadyKeepsNobodyAlive) {
  // The list of children was read again only once nothing more happened.
  EXPECT_EQ(alone_after([](Loop& loop) {
              const UniqueFd endless(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
              loop.watch_input(endless.get());
              leave_family();
              const auto nothing = [](int) {};
              end_leftovers(loop, {.grace = Milliseconds(10'000), .ready = nothing});
              loop.forget(endless.get());
            }),
            0);
}

TEST(EndLeftovers, WhoIsWaitedForGetsASignalOnce) {
  EXPECT_EQ(alone_after([](Loop& loop) {
              if (::fork() == 0) {
                sigset_t term;
                sigemptyset(&term);
                sigaddset(&term, SIGTERM);
                ::sigprocmask(SIG_SETMASK, &term, nullptr);
                int signal = 0;
                ::sigwait(&term, &signal);
                // A second one would have to come within the grace period.
                const timespec moment{0, 300'000'000};
                ::_exit(::sigtimedwait(&term, nullptr, &moment) > 0 ? ::pause() : 0);
              }
              ::raise(SIGTERM);
              const Spec spec;
              const auto begin = steady_clock::now();
              end_leftovers(loop, {.grace = Milliseconds(20'000), .wait = &spec});
              EXPECT_LT(steady_clock::now() - begin, std::chrono::seconds(15)) << "killed";
            }),
            0);
}

}  // namespace
}  // namespace indexrun::launch
