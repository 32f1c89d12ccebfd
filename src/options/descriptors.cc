// SPDX-License-Identifier: Apache-2.0
#include "options/descriptors.h"

#include "base/decimal.h"
#include "base/quote.h"
#include "options/lists.h"

#include <algorithm>
#include <climits>
#include <string>
#include <vector>

namespace indexrun::options {

namespace {

struct Kept {
  const Setting* setting;
  int fd;
};

Result<int> parse_descriptor(const Setting& setting, const std::string& text) {
  const auto number = parse_decimal(text);
  constexpr std::uint64_t kFirst = 3;
  if (number && *number < kFirst) {
    return usage_error(where(setting), "found " + text + ", expected a number from 3",
                       "0, 1 and 2 are always passed on");
  }
  if (!number || *number > INT_MAX) {
    return usage_error(where(setting),
                       "found " + quote(text) + ", expected the number of a descriptor, from 3");
  }
  return static_cast<int>(*number);
}

Result<void> add_kept(const Setting& setting, std::vector<Kept>& all) {
  TRY(const std::vector<std::string> texts, split_list(setting));
  for (const std::string& text : texts) {
    TRY(const int fd, parse_descriptor(setting, text));
    all.push_back({&setting, fd});
  }
  return {};
}

Result<std::vector<Kept>> kept(std::span<const Setting> settings) {
  std::vector<Kept> all;
  for (const Setting& setting : settings) {
    if (setting.id() == Id::kKeepFd) {
      CHECK(add_kept(setting, all));
    }
  }
  return all;
}

/// The first setting of `level` that closes descriptors; a null pointer if there is none.
const Setting* closing(std::span<const Setting> settings, Level level) {
  const auto found = std::ranges::find_if(settings, [&](const Setting& one) {
    return one.level == level && (one.id() == Id::kCloseFds || one.id() == Id::kKeepFd);
  });
  return found == settings.end() ? nullptr : &*found;
}

bool keeps(const std::vector<Kept>& all, Level level, int fd) {
  return std::ranges::any_of(
      all, [&](const Kept& one) { return one.setting->level == level && one.fd == fd; });
}

}  // namespace

Result<void> merge_descriptors(std::span<const Setting> settings, confine::Policy& policy) {
  TRY(const std::vector<Kept> all, kept(settings));
  for (const Kept& one : all) {
    bool everywhere = true;
    for (const Level level : {Level::kCommandLine, Level::kVariable, Level::kRole, Level::kFile}) {
      const Setting* closer = closing(settings, level);
      if (closer == nullptr || keeps(all, level, one.fd)) {
        continue;
      }
      if (level > one.setting->level) {
        return usage_error(where(*one.setting),
                           std::to_string(one.fd) + " is closed by " + where(*closer),
                           "what one level confines, no other loosens");
      }
      everywhere = false;
    }
    if (everywhere && std::ranges::find(policy.keep_fds, one.fd) == policy.keep_fds.end()) {
      policy.keep_fds.push_back(one.fd);
    }
  }
  policy.close_fds = true;
  return {};
}

}  // namespace indexrun::options
