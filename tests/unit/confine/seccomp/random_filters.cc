// SPDX-License-Identifier: Apache-2.0
// random_filters COUNT: rule sets at random (always the same ones) through libseccomp and the
// checker, and beside them a referee that knows nothing of either: it asks the profile's entries
// about random calls. What the checker lets pass must be right; what the referee finds wrong the
// checker must have found.
#include "base/fd.h"
#include "confine/seccomp/bpf.h"
#include "confine/seccomp/check.h"
#include "confine/seccomp/compile.h"
#include "confine/seccomp/helper.h"
#include "confine/seccomp/interfaces.h"
#include "confine/seccomp/resolve.h"

#include <algorithm>
#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

namespace indexrun::confine {
namespace {

constexpr std::size_t kBatch = 200;  // rule sets for one helper process
constexpr int kProbes = 60;
constexpr std::uint64_t kValues[] = {0,          1,           0x27,         0x28,
                                     0xFFFF,     0x7FFFFFFF,  0x80000000,   0xFFFFFFFF,
                                     1ULL << 32, 0x100000027, 0x2700000000, 0x2700000028,
                                     ~0ULL,      ~0ULL << 32, 0x28000000FF};

/// Whether what a rule set has is within what libseccomp gets right is decided by its shape.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  Profile profile() {
    Profile profile;
    profile.default_action = below(2) == 0 ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | ENOSYS;
    profile.interfaces = all_interfaces();
    profile.interfaces.resize(1);
    const bool wide = below(3) == 0;
    const std::uint64_t rules = 1 + below(3);
    for (std::uint64_t i = 0; i < rules; ++i) {
      profile.entries.push_back(entry(profile.default_action, wide));
    }
    return profile;
  }

  std::uint64_t near(const Profile& profile) {
    if (below(4) == 0) {
      return kValues[below(std::size(kValues))];
    }
    const Entry& entry = profile.entries[below(profile.entries.size())];
    if (entry.conditions.empty()) {
      return random_();
    }
    const Condition& condition = entry.conditions[below(entry.conditions.size())];
    const std::uint64_t value = below(2) == 0 ? condition.value : condition.value_two;
    return value + below(3) - 1;
  }

 private:
  Entry entry(Action default_action, bool wide) {
    Entry entry;
    entry.names.push_back({"kill", 0});
    entry.action =
        default_action == SECCOMP_RET_ALLOW ? SECCOMP_RET_ERRNO | EPERM : Action{SECCOMP_RET_ALLOW};
    unsigned arguments[] = {0, 1, 2};
    std::shuffle(std::begin(arguments), std::end(arguments), random_);
    const std::uint64_t conditions = 1 + below(3);
    for (std::uint64_t i = 0; i < conditions; ++i) {
      Condition condition{.index = arguments[i],
                          .op = static_cast<Op>(below(7)),
                          .value = kValues[below(wide ? std::size(kValues) : 8)]};
      if (condition.op == Op::kMaskedEqual) {
        condition.value_two = kValues[below(wide ? std::size(kValues) : 8)] & condition.value;
      }
      entry.conditions.push_back(condition);
    }
    return entry;
  }

  std::mt19937_64 random_;
};

/// The profile's own words, without rules.cc.
bool holds(const Condition& condition, std::uint64_t argument) {
  switch (condition.op) {
    case Op::kNotEqual:
      return argument != condition.value;
    case Op::kLess:
      return argument < condition.value;
    case Op::kLessOrEqual:
      return argument <= condition.value;
    case Op::kEqual:
      return argument == condition.value;
    case Op::kGreaterOrEqual:
      return argument >= condition.value;
    case Op::kGreater:
      return argument > condition.value;
    case Op::kMaskedEqual:
      return (argument & condition.value) == condition.value_two;
  }
  std::abort();
}

Action referee(const Profile& profile, const seccomp_data& call) {
  for (const Entry& entry : profile.entries) {
    const bool all = std::ranges::all_of(
        entry.conditions, [&](const Condition& one) { return holds(one, call.args[one.index]); });
    if (all) {
      return entry.action;
    }
  }
  return profile.default_action;
}

/// A rule set and a call, for whoever has to find out why.
void print_fault(const Profile& profile, const seccomp_data& call, Action found) {
  constexpr const char* kOps[] = {"!=", "<", "<=", "==", ">=", ">", "&"};
  for (const Entry& entry : profile.entries) {
    std::printf("  %#x if", entry.action);
    for (const Condition& one : entry.conditions) {
      std::printf(" a%u %s %#" PRIx64 " (%#" PRIx64 ")", one.index,
                  kOps[static_cast<std::size_t>(one.op)], one.value, one.value_two);
    }
    std::printf("\n");
  }
  std::printf("  (%#llx, %#llx, %#llx) gets %#x\n", call.args[0], call.args[1], call.args[2],
              found);
}

/// Whether a random call gets another answer than the profile says.
bool probe_finds_fault(Generator& generator, const Profile& profile, const RuleSet& rules,
                       const std::vector<sock_filter>& program) {
  seccomp_data call{};
  call.arch = rules.interfaces[0].audit;
  call.nr = static_cast<int>(rules.interfaces[0].calls[0].number);
  for (int i = 0; i < kProbes; ++i) {
    for (int argument = 0; argument < 3; ++argument) {
      call.args[argument] = generator.near(profile);
    }
    if (const auto found = evaluate(program, call); found != referee(profile, call)) {
      print_fault(profile, call, found.value_or(0));
      return true;
    }
  }
  return false;
}

struct Tally {
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t endless = 0;
  std::size_t failed = 0;
  std::size_t missed = 0;
};

/// In the helper: length and program of each, until the time is over.
int export_all(const std::vector<Profile>& profiles, std::size_t from, int pipe) {
  for (std::size_t i = from; i < profiles.size(); ++i) {
    const UniqueFd file(memfd_create("filter", MFD_CLOEXEC));
    std::uint32_t size = 0;
    std::vector<char> bytes;
    if (export_program(profiles[i], file.get()) == 0) {
      const off_t length = lseek(file.get(), 0, SEEK_END);
      bytes.resize(static_cast<std::size_t>(length));
      if (pread(file.get(), bytes.data(), bytes.size(), 0) != length) {
        return EIO;
      }
      size = static_cast<std::uint32_t>(length);
    }
    if (write(pipe, &size, sizeof size) != sizeof size ||
        write(pipe, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
      return EIO;
    }
  }
  return 0;
}

class Round {
 public:
  Round(Generator& generator, Tally& tally) : generator_(generator), tally_(tally) {}

  void run(std::size_t count) {
    std::vector<Profile> profiles;
    for (std::size_t i = 0; i < count; ++i) {
      profiles.push_back(generator_.profile());
    }
    // A rule set that does not come to an end is passed over, and the rest goes on behind it.
    for (std::size_t at = 0; at < profiles.size();) {
      const Helped helped =
          run_helper({.cpu_seconds = 1}, [&](int pipe) { return export_all(profiles, at, pipe); });
      at = judge_all(profiles, at, helped.output);
      if (at < profiles.size()) {
        ++(helped.out_of_time ? tally_.endless : tally_.failed);
        ++at;
      }
    }
  }

 private:
  std::size_t judge_all(const std::vector<Profile>& profiles, std::size_t at,
                        std::string_view output) {
    std::uint32_t size = 0;
    while (output.size() >= sizeof size) {
      std::memcpy(&size, output.data(), sizeof size);
      if (output.size() - sizeof size < size) {
        break;
      }
      std::vector<sock_filter> program(size / sizeof(sock_filter));
      std::memcpy(program.data(), output.data() + sizeof size, size);
      output.remove_prefix(sizeof size + size);
      judge(profiles[at++], program);
    }
    return at;
  }

  void judge(const Profile& profile, const std::vector<sock_filter>& program) {
    const auto rules = resolve({"random", {}}, profile);
    if (!rules || program.empty()) {
      ++tally_.failed;
      return;
    }
    const bool refused = find_difference(program, *rules).has_value();
    ++(refused ? tally_.wrong : tally_.right);
    if (!refused && probe_finds_fault(generator_, profile, *rules, program)) {
      ++tally_.missed;
    }
  }

  Generator& generator_;
  Tally& tally_;
};

int run(std::size_t count) {
  Generator generator(1);
  Tally tally;
  for (std::size_t done = 0; done < count; done += kBatch) {
    Round(generator, tally).run(std::min(kBatch, count - done));
  }
  std::printf(
      "%zu rule sets: %zu right, %zu wrong and refused, %zu endless, %zu failed, "
      "%zu wrong and let pass\n",
      count, tally.right, tally.wrong, tally.endless, tally.failed, tally.missed);
  const std::size_t sum = tally.right + tally.wrong + tally.endless + tally.failed;
  return sum == count && tally.right > 0 && tally.missed == 0 && tally.failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace indexrun::confine

int main(int argc, char** argv) {
  return indexrun::confine::run(argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000);
}
