// SPDX-License-Identifier: Apache-2.0
// --wait-for tcp:HOST:PORT: addresses and names, on the loopback interface only.
#include "support/blackbox.h"
#include "support/listener.h"
#include "support/name_server.h"
#include "support/waiting.h"

#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

class WaitTcp : public Blackbox {
 protected:
  [[nodiscard]] Command worker(const std::string& gate, const std::string& words = "") const {
    return indexrun("--index 0 --item a --wait-for").args({gate}).line(words).args({"echo", "ran"});
  }
};

TEST_F(WaitTcp, ThatListensAlready) {
  Listener peer;
  peer.listen();
  EXPECT_THAT(worker("tcp:127.0.0.1:" + peer.port()).run(), Prints("ran\n"));
  EXPECT_TRUE(peer.was_asked());
}

TEST_F(WaitTcp, ThatListensLater) {
  Listener peer;
  Started started = worker("tcp:127.0.0.1:" + peer.port()).start();
  ASSERT_TRUE(waits(started.pid()));
  EXPECT_EQ(started.output(), "");
  peer.listen();
  EXPECT_THAT(started.finish(), Prints("ran\n"));
}

TEST_F(WaitTcp, OfIPv6) {
  Listener peer("::1");
  INDEXRUN_SKIP_UNLESS(peer.valid(), "IPv6 on the loopback interface needed");
  EXPECT_THAT(worker("tcp:[::1]:" + peer.port(), "--wait-timeout 50ms").run(),
              Refuses({.exit = 198, .stage = "gates", .says = {"Connection refused"}}));
  peer.listen();
  EXPECT_THAT(worker("tcp:[::1]:" + peer.port()).run(), Prints("ran\n"));
}

TEST_F(WaitTcp, ThatNeverListensIsToldWithTheLastError) {
  Listener peer;
  expect_refusal(worker("tcp:127.0.0.1:" + peer.port(), "--wait-timeout 400ms"),
                 {.exit = 198,
                  .stage = "gates",
                  .object = "tcp:127.0.0.1:" + peer.port(),
                  .says = {"not met after 4", "last seen: Connection refused"}});
}

TEST_F(WaitTcp, ThatDoesNotAnswerIsToldSo) {
  Listener peer;
  peer.listen_and_fill();
  expect_refusal(worker("tcp:127.0.0.1:" + peer.port(), "--wait-timeout 300ms"),
                 {.exit = 198, .stage = "gates", .says = {"no answer yet"}});
}

/// A network of its own, in which the kernel has hardly another port for clients than the awaited
/// one, and takes that first.
void take_ports_for_clients(const char* range) {
  ifreq loopback{};
  strcpy(loopback.ifr_name, "lo");
  loopback.ifr_flags = IFF_UP;
  bool fine = unshare(CLONE_NEWNET) == 0;
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  fine = fine && ioctl(fd, SIOCSIFFLAGS, &loopback) == 0;
  close(fd);
  fd = open("/proc/sys/net/ipv4/ip_local_port_range", O_WRONLY | O_CLOEXEC);
  if (!fine || dprintf(fd, "%s", range) < 0) {
    _exit(99);
  }
  close(fd);
}

TEST_F(WaitTcp, IsNotMetByAConnectionToOurselves) {
  INDEXRUN_SKIP_UNLESS(is_root(), "a network of its own needed");
  Command run = worker("tcp:127.0.0.1:40000", "--wait-timeout 300ms");
  EXPECT_THAT(run.in_child([] { take_ports_for_clients("40000 40001"); }).run(),
              Refuses({.exit = 198, .stage = "gates", .says = {"Connection refused"}}));
}

TEST_F(WaitTcp, WakesSeldomWhileNobodyListens) {
  Listener peer;
  Started started = worker("tcp:127.0.0.1:" + peer.port()).start();
  ASSERT_TRUE(waits(started.pid()));
  // The passing of time is what is tested: how often somebody looks within it.
  const timespec moment{2, 0};
  nanosleep(&moment, nullptr);
  const std::string told = wake_ups(started.pid());
  const int count = std::stoi(told.substr(told.find(':') + 1));
  EXPECT_LT(count, 40) << told;
  started.send(SIGTERM);
  EXPECT_EQ(started.finish().shell_status(), 143);
}

class WaitName : public WaitTcp {
 protected:
  void SetUp() override {
    INDEXRUN_SKIP_UNLESS(is_root() && server_.valid(), "root and port 53 needed");
    resolv(
        "search ns.svc.cluster.local svc.cluster.local cluster.local\n"
        "nameserver 127.0.0.77\noptions ndots:5\n");
    dir_.write("hosts", "127.0.0.1 localhost\n");
  }

  void resolv(const std::string& content) const { dir_.write("resolv.conf", content); }

  [[nodiscard]] Command worker(const std::string& gate, const std::string& words = "") const {
    Command run = WaitTcp::worker(gate, words);
    run.in_child(NameServer::with_files(dir_ / "resolv.conf", dir_ / "hosts"));
    return run;
  }

  NameServer server_{"127.0.0.77"};
};

TEST_F(WaitName, OfTheHostsFileAsksNobody) {
  Listener peer;
  peer.listen();
  dir_.write("hosts", "127.0.0.1 peer.test alias\n");
  for (const char* name : {"peer.test", "alias", "Alias"}) {
    EXPECT_THAT(worker(std::string("tcp:") + name + ":" + peer.port()).run(), Prints("ran\n"));
  }
  EXPECT_THAT(server_.asked(), testing::IsEmpty());
}

TEST_F(WaitName, Localhost) {
  Listener peer;
  peer.listen();
  EXPECT_THAT(worker("tcp:localhost:" + peer.port()).run(), Prints("ran\n"));
}

TEST_F(WaitName, OfAServiceAsInAPod) {
  Listener peer;
  peer.listen();
  server_.add("db.ns.svc.cluster.local", "127.0.0.1");
  EXPECT_THAT(worker("tcp:db:" + peer.port()).run(), Prints("ran\n"));
  EXPECT_THAT(server_.asked(), testing::ElementsAre("db.ns.svc.cluster.local"));
}

TEST_F(WaitName, OfAnotherNamespaceGoesThroughTheSearchList) {
  Listener peer;
  peer.listen();
  server_.add("db.other.svc.cluster.local", "127.0.0.1");
  EXPECT_THAT(worker("tcp:db.other:" + peer.port()).run(), Prints("ran\n"));
  EXPECT_THAT(server_.asked(),
              testing::ElementsAre("db.other.ns.svc.cluster.local", "db.other.svc.cluster.local"));
}

TEST_F(WaitName, WithAFinalDotIsNotSearched) {
  Listener peer;
  peer.listen();
  server_.add("db.example.test", "127.0.0.1");
  EXPECT_THAT(worker("tcp:db.example.test.:" + peer.port()).run(), Prints("ran\n"));
  EXPECT_THAT(server_.asked(), testing::ElementsAre("db.example.test"));
}

TEST_F(WaitName, WithoutAnAddressYetIsAskedForAgain) {
  Listener peer;
  peer.listen();
  Started started = worker("tcp:db:" + peer.port()).start();
  ASSERT_TRUE(server_.wait_for_questions(4));  // all of the search list, and as it is
  server_.add("db.ns.svc.cluster.local", "127.0.0.1");
  EXPECT_THAT(started.finish(), Prints("ran\n"));
}

TEST_F(WaitName, ThatDoesNotExistIsToldSo) {
  EXPECT_THAT(worker("tcp:nobody.test:80", "--wait-timeout 300ms").run(),
              Refuses({.exit = 198,
                       .stage = "gates",
                       .object = "tcp:nobody.test:80",
                       .says = {"no address for nobody.test: there is no such name"}}));
}

TEST_F(WaitName, IsTriedAtAllItsAddresses) {
  Listener peer;
  peer.listen();
  dir_.write("hosts", "127.0.0.9 many\n127.0.0.1 many\n");
  EXPECT_THAT(worker("tcp:many:" + peer.port()).run(), Prints("ran\n"));
  dir_.write("hosts", "127.0.0.9 many\n127.0.0.8 many\n");
  EXPECT_THAT(
      worker("tcp:many:" + peer.port(), "--wait-timeout 50ms").run(),
      Refuses({.exit = 198,
               .stage = "gates",
               .says = {"127.0.0.9: Connection refused", "127.0.0.8: Connection refused"}}));
}

TEST_F(WaitName, OfAServerThatFails) {
  NameServer failing("127.0.0.78", NameServer::Manner::kFails);
  resolv("nameserver 127.0.0.78\n");
  EXPECT_THAT(worker("tcp:db.test:80", "--wait-timeout 300ms").run(),
              Refuses({.exit = 198, .stage = "gates", .says = {"no address for db.test"}}));
}

TEST_F(WaitName, OfAServerThatIsNotThere) {
  resolv("nameserver 127.0.0.79\n");
  EXPECT_THAT(worker("tcp:db.test:80", "--wait-timeout 300ms").run(),
              Refuses({.exit = 198, .stage = "gates", .says = {"no name server answers"}}));
}

TEST_F(WaitName, OfASilentServerIsAskedOfTheNext) {
  NameServer silent("127.0.0.78", NameServer::Manner::kSilent);
  Listener peer;
  peer.listen();
  resolv("nameserver 127.0.0.78\nnameserver 127.0.0.77\n");
  server_.add("db.test", "127.0.0.1");
  EXPECT_THAT(worker("tcp:db.test:" + peer.port()).run(), Prints("ran\n"));
  EXPECT_THAT(silent.asked(), testing::Contains("db.test"));
}

TEST_F(WaitName, WhoseAnswerIsTooLongForADatagram) {
  NameServer truncating("127.0.0.78", NameServer::Manner::kTruncates);
  Listener peer;
  peer.listen();
  resolv("nameserver 127.0.0.78\n");
  truncating.add("db.test", "127.0.0.1");
  EXPECT_THAT(worker("tcp:db.test:" + peer.port()).run(), Prints("ran\n"));
}

TEST_F(WaitName, InTheOnionIsAskedOfNobody) {
  EXPECT_THAT(worker("tcp:hidden.onion:80", "--wait-timeout 100ms").run(), Exits(198));
  EXPECT_THAT(server_.asked(), testing::IsEmpty());
}

}  // namespace
}  // namespace indexrun::test
