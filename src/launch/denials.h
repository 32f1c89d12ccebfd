// SPDX-License-Identifier: Apache-2.0
// --report-denials: the supervisor as the listener of the program's filters (seccomp_unotify(2)).
#pragma once

#include "base/fd.h"
#include "confine/seccomp/filter.h"
#include "launch/loop.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <linux/seccomp.h>

namespace indexrun::launch {

/// Answers every call as the filters say, with an errno or (LOG) by letting it go on, and tells the
/// first of each kind: which call, its arguments, who made it. Whatever goes wrong, the call fails:
/// once nobody listens the kernel answers ENOSYS.
class Denials {
 public:
  Denials() = default;
  /// Borrows the loop, and the filters that decide.
  Denials(Loop& loop, UniqueFd listener, std::span<const confine::Filter> filters);
  Denials(Denials&& other) noexcept = default;
  Denials& operator=(Denials&& other) noexcept = default;
  Denials(const Denials&) = delete;
  Denials& operator=(const Denials&) = delete;
  ~Denials() = default;

  /// For kReady of any descriptor.
  void ready(int fd);
  /// Everybody has ended: nobody listens any more, and the sum is told.
  void finish();

  /// How many calls were denied so far, without those that were only to be logged.
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// To be kept open while the program runs; close-on-exec. -1: nobody listens.
  [[nodiscard]] int fd() const { return listener_.get(); }

 private:
  /// Calls that differ in nothing but their arguments and who made them.
  struct Kind {
    std::uint32_t architecture = 0;
    int number = 0;
    int error = 0;  ///< kLogged: the call went on
    std::uint64_t count = 0;
  };

  static constexpr int kLogged = -1;

  void answer();
  [[nodiscard]] int send(std::uint64_t id, int error);
  [[nodiscard]] Kind* find(const seccomp_data& call, int error);
  void tell_sum(bool logged) const;
  void add(const seccomp_notif& call, int error, const std::string& who);
  void give_up(int error);
  void stop_listening();

  Loop* loop_ = nullptr;
  UniqueFd listener_;
  std::span<const confine::Filter> filters_;
  std::vector<char> call_;      // a seccomp_notif, as large as the kernel's
  std::vector<char> response_;  // a seccomp_notif_resp
  std::vector<Kind> kinds_;
  std::uint64_t count_ = 0;
  std::uint64_t logged_ = 0;
  std::uint64_t others_ = 0;  // denied, of kinds beyond the most that are kept
  std::uint64_t others_logged_ = 0;
};

}  // namespace indexrun::launch
