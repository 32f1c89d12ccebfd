// SPDX-License-Identifier: Apache-2.0
#include "support/name_server.h"

#include "support/run.h"

#include <algorithm>
#include <ctime>
#include <iterator>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexrun::test {
namespace {

constexpr std::size_t kHeader = 12;

int open_on(const sockaddr_in& where, int type) {
  int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0 ||
      (type == SOCK_STREAM && listen(fd, 8) != 0)) {
    close(fd);
    return -1;
  }
  return fd;
}

/// The name of the first question, in lower case, and where it ends.
std::pair<std::string, std::size_t> name_in(const std::string& message) {
  std::string name;
  std::size_t at = kHeader;
  while (at < message.size() && message[at] != 0) {
    const auto size = static_cast<std::size_t>(message[at]);
    name.append(name.empty() ? "" : ".").append(message, at + 1, size);
    at += size + 1;
  }
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return tolower(c); });
  return {name, at + 1};
}

}  // namespace

NameServer::NameServer(std::string address, Manner manner) : manner_(manner) {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(53);
  inet_pton(AF_INET, address.c_str(), &where.sin_addr);
  fd_ = open_on(where, SOCK_DGRAM);
  stream_ = open_on(where, SOCK_STREAM);
  if (valid() && pipe2(stop_, O_CLOEXEC) == 0) {
    thread_ = std::thread([this] { serve(); });
  }
}

NameServer::~NameServer() {
  if (thread_.joinable()) {
    close(stop_[1]);
    thread_.join();
    close(stop_[0]);
  }
  close(fd_);
  close(stream_);
}

void NameServer::add(const std::string& name, const std::string& address) {
  const std::lock_guard lock(mutex_);
  known_[name] = address;
}

std::vector<std::string> NameServer::asked() {
  const std::lock_guard lock(mutex_);
  return asked_;
}

bool NameServer::wait_for_questions(std::size_t count) {
  const auto until = std::chrono::steady_clock::now() + kDeadline;
  while (asked().size() < count && std::chrono::steady_clock::now() < until) {
    const timespec moment{0, 1'000'000};
    nanosleep(&moment, nullptr);
  }
  return asked().size() >= count;
}

std::string NameServer::answer(const std::string& question, bool stream) {
  const auto [name, end] = name_in(question);
  const std::string type = question.substr(end, 2);
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(asked_, name) == asked_.end()) {
    asked_.push_back(name);
  }
  const auto found = known_.find(name);
  const bool exists = found != known_.end();
  const bool address = exists && type == std::string("\0\1", 2);
  const bool cut = manner_ == Manner::kTruncates && !stream;
  const int code = manner_ == Manner::kFails ? 2 : exists ? 0 : 3;
  std::string message = question.substr(0, 2);
  message += static_cast<char>(0x81 | (cut ? 2 : 0));
  message += static_cast<char>(0x80 | code);
  message += std::string("\0\1\0", 3) + static_cast<char>(address && !cut ? 1 : 0);
  message += std::string(4, '\0') + question.substr(kHeader, end + 4 - kHeader);
  if (address && !cut) {
    in_addr bytes{};
    inet_pton(AF_INET, found->second.c_str(), &bytes);
    message += std::string("\xc0\x0c\0\1\0\1\0\0\0\5\0\4", 12);
    message.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
  }
  return message;
}

void NameServer::serve() {
  pollfd fds[] = {{fd_, POLLIN, 0}, {stop_[0], POLLIN, 0}, {stream_, POLLIN, 0}};
  while (poll(fds, std::size(fds), -1) > 0 && fds[1].revents == 0) {
    char buffer[1024];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    if (fds[0].revents != 0) {
      const ssize_t got =
          recvfrom(fd_, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &size);
      const std::string reply = answer({buffer, static_cast<std::size_t>(got)}, false);
      if (manner_ != Manner::kSilent) {
        sendto(fd_, reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
      }
    }
    if (fds[2].revents != 0) {
      const int peer = accept4(stream_, nullptr, nullptr, SOCK_CLOEXEC);
      const ssize_t got = read(peer, buffer, 2) == 2 ? read(peer, buffer, sizeof buffer) : 0;
      if (got > 0) {
        std::string reply = answer({buffer, static_cast<std::size_t>(got)}, true);
        reply.insert(0, {static_cast<char>(reply.size() >> 8), static_cast<char>(reply.size())});
        static_cast<void>(write(peer, reply.data(), reply.size()) < 0);
      }
      close(peer);
    }
  }
}

std::function<void()> NameServer::with_files(const std::string& resolv_conf,
                                             const std::string& hosts) {
  return [resolv_conf, hosts] {
    const auto put = [](const std::string& file, const char* over) {
      return mount(file.c_str(), over, nullptr, MS_BIND, nullptr) == 0;
    };
    if (unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        !put(resolv_conf, "/etc/resolv.conf") || !put(hosts, "/etc/hosts")) {
      _exit(99);
    }
  };
}

}  // namespace indexrun::test
