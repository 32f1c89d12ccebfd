// SPDX-License-Identifier: Apache-2.0
// A name server on the loopback interface that knows what a test tells it (RFC 1035).
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace indexrun::test {

class NameServer {
 public:
  enum class Manner {
    kAnswers,
    kSilent,     ///< takes questions and says nothing
    kTruncates,  ///< answers in full over TCP only
    kFails,      ///< SERVFAIL
  };

  /// On port 53 of this address of 127.0.0.0/8, which needs root: see valid().
  explicit NameServer(std::string address, Manner manner = Manner::kAnswers);
  NameServer(const NameServer&) = delete;
  NameServer& operator=(const NameServer&) = delete;
  ~NameServer();

  [[nodiscard]] bool valid() const { return fd_ >= 0 && stream_ >= 0; }
  /// From now on a name in lower case has this IPv4 address; all others do not exist.
  void add(const std::string& name, const std::string& address);
  /// The names that have been asked for, in order, each only once.
  [[nodiscard]] std::vector<std::string> asked();
  /// Waits until somebody has asked for so many names; false if time passes before.
  [[nodiscard]] bool wait_for_questions(std::size_t count);

  /// To be done in the child before exec: a mount namespace of its own in which /etc/resolv.conf
  /// and /etc/hosts are these files. Exits with 99 where that is not possible.
  [[nodiscard]] static std::function<void()> with_files(const std::string& resolv_conf,
                                                        const std::string& hosts);

 private:
  void serve();
  [[nodiscard]] std::string answer(const std::string& question, bool stream);

  Manner manner_;
  int fd_ = -1;
  int stream_ = -1;
  int stop_[2] = {-1, -1};
  std::mutex mutex_;
  std::map<std::string, std::string> known_;
  std::vector<std::string> asked_;
  std::thread thread_;
};

}  // namespace indexrun::test
