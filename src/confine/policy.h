// SPDX-License-Identifier: Apache-2.0
// What the workload is to be left with, as the user says it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::confine {

/// One --limit: NAME=SOFT[:HARD].
struct LimitText {
  std::string text;
  /// Equal numbers stand at one level of settings; lower ones are stronger. A stronger level may
  /// tighten what a weaker one limits, not loosen it.
  int level = 0;
};

/// What Landlock (landlock(7)) lets the workload reach. The paths are an item's (domain.h).
struct AccessPolicy {
  bool paths = false;    ///< --ro, --rw or --exec: files that none of them names are out of reach
  bool narrows = false;  ///< --ro or --exec is among them
  bool batch = false;    ///< --confine batch: as batch_grants() says (batch.h)
  /// --tcp-bind, --tcp-connect: if there, the only ports, each from 1; else any port.
  std::optional<std::vector<std::uint16_t>> tcp_bind = {};
  std::optional<std::vector<std::uint16_t>> tcp_connect = {};
  bool scope_signal = false;         ///< --scope signal: none to processes outside
  bool scope_abstract_unix = false;  ///< --scope abstract-unix: none of those outside
                                     /// --landlock: what the kernel cannot keep is told, not
                                     /// refused. If not given: false, but true for
  /// what only --confine batch asks for.
  std::optional<bool> best_effort = {};

  [[nodiscard]] bool empty() const {
    return !paths && !batch && !tcp_bind && !tcp_connect && !scope_signal && !scope_abstract_unix;
  }
};

/// Texts as the user wrote them; prepare() judges them. An empty policy changes nothing and costs
/// nothing.
struct Policy {
  /// --user UID[:GID] or NAME[:GROUP], also mixed. A number is only a number: without GID the group
  /// has the same number as the user, as a program that is to run without root's rights does not
  /// keep root's group either, and there are no supplementary groups. `UID:0` is what Docker and
  /// Kubernetes do. A name is taken from the image's /etc/passwd as login(1) would: the user's own
  /// group, and unless a group is given the supplementary groups that list it in /etc/group.
  std::optional<std::string> user = {};
  /// --groups: exactly these supplementary groups, by number or name; empty or "none": none.
  std::optional<std::string> groups = {};
  /// --cap-drop ALL or names: taken from what this process has.
  std::vector<std::string> cap_drop = {};
  /// --cap-add: kept although dropped by ALL. A user other than 0 gets exactly these (as ambient
  /// capabilities, so that they survive execve(2)).
  std::vector<std::string> cap_add = {};
  std::vector<std::string> securebits = {};    ///< --securebits: names, or all-locked
  bool no_new_privs = false;                   ///< --no-new-privs; implied by seccomp
  std::vector<std::string> seccomp_deny = {};  ///< --seccomp-deny: system calls and @groups
  /// --seccomp: paths of profiles, or names of built-in ones; the strongest level first.
  std::vector<std::string> seccomp = {};
  std::vector<LimitText> limits = {};     ///< --limit, strongest level first
  std::optional<mode_t> umask = {};       ///< --umask, 0 to 0777
  std::optional<int> nice = {};           ///< --nice, -20 to 19: the value, not a difference
  std::optional<int> oom_score_adj = {};  ///< --oom-score-adj, -1000 to 1000
  std::optional<std::string> cpus = {};   ///< --cpus: 0,2-5
  bool close_fds = false;                 ///< --close-fds: nothing above 2 is passed on
  std::vector<int> keep_fds = {};         ///< --keep-fd: but these; from 3
  AccessPolicy access = {};
  bool batch = false;           ///< --confine batch: with_batch() says what it stands for (batch.h)
  bool report_denials = false;  ///< --report-denials: of these filters

  /// Whether there will be a system call filter.
  [[nodiscard]] bool filters() const { return !seccomp_deny.empty() || !seccomp.empty(); }

  [[nodiscard]] bool has_identity() const { return user || groups; }
  [[nodiscard]] bool has_capabilities() const {
    return !cap_drop.empty() || !cap_add.empty() || !securebits.empty();
  }
  [[nodiscard]] bool has_resources() const {
    return !limits.empty() || umask || nice || oom_score_adj || cpus;
  }
  [[nodiscard]] bool empty() const {
    return !has_identity() && !has_capabilities() && !no_new_privs && !filters() &&
           !report_denials && !has_resources() && !close_fds && access.empty() && !batch;
  }
};

}  // namespace indexrun::confine
