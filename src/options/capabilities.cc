// SPDX-License-Identifier: Apache-2.0
// Each level by itself says what may be kept; only what every level keeps is kept.
#include "options/capabilities.h"

#include "base/quote.h"
#include "options/lists.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace indexrun::options {

namespace {

/// One name of one --cap-drop or --cap-add.
struct Entry {
  const Setting* setting;
  std::string written;
  std::string name;  // in capitals, without CAP_
};

std::string canonical(std::string_view text) {
  std::string name(text);
  for (char& letter : name) {
    if (letter >= 'a' && letter <= 'z') {
      letter = static_cast<char>(letter - 'a' + 'A');
    }
  }
  return name.starts_with("CAP_") ? name.substr(4) : name;
}

Result<std::vector<Entry>> entries(std::span<const Setting> settings, Id id) {
  std::vector<Entry> all;
  for (const Setting& setting : settings) {
    if (setting.id() != id) {
      continue;
    }
    TRY(std::vector<std::string> names, split_list(setting));
    for (std::string& name : names) {
      std::string plain = canonical(name);
      all.push_back({&setting, std::move(name), std::move(plain)});
    }
  }
  return all;
}

/// The entry of `level` with this name.
const Entry* find(const std::vector<Entry>& all, Level level, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Entry& entry) {
    return entry.setting->level == level && entry.name == name;
  });
  return found == all.end() ? nullptr : &*found;
}

/// One level that both drops a capability by its name and adds it: which was meant?
Result<void> check_contradictions(const std::vector<Entry>& drops, const std::vector<Entry>& adds) {
  for (const Entry& add : adds) {
    const Entry* drop = find(drops, add.setting->level, add.name);
    if (drop != nullptr && add.name != "ALL") {
      return usage_error(where(*add.setting),
                         quote(add.written) + " contradicts " + quote(drop->written) + " of " +
                             where(*drop->setting),
                         "a capability is either dropped or kept: leave out one of the two");
    }
  }
  return {};
}

/// What stands at `level` against keeping the capability; a null pointer if nothing does.
const Entry* obstacle(const std::vector<Entry>& drops, const std::vector<Entry>& adds, Level level,
                      std::string_view name) {
  if (const Entry* drop = find(drops, level, name)) {
    return drop;
  }
  return find(adds, level, name) != nullptr ? nullptr : find(drops, level, "ALL");
}

void append(std::vector<std::string>& list, std::vector<std::string_view>& seen,
            const Entry& entry) {
  if (std::find(seen.begin(), seen.end(), entry.name) == seen.end()) {
    seen.push_back(entry.name);
    list.push_back(entry.written);
  }
}

}  // namespace

Result<void> merge_capabilities(std::span<const Setting> settings, confine::Policy& policy) {
  TRY(const std::vector<Entry> drops, entries(settings, Id::kCapDrop));
  TRY(const std::vector<Entry> adds, entries(settings, Id::kCapAdd));
  CHECK(check_contradictions(drops, adds));
  std::vector<std::string_view> dropped;
  for (const Entry& drop : drops) {
    append(policy.cap_drop, dropped, drop);
  }
  std::vector<std::string_view> added;
  for (const Entry& add : adds) {
    bool kept = true;
    for (const Level level : {Level::kCommandLine, Level::kVariable, Level::kFile}) {
      const Level own = add.setting->level;
      const Entry* against = level == own ? nullptr : obstacle(drops, adds, level, add.name);
      const bool only_loosens = find(drops, own, "ALL") == nullptr;
      if (against != nullptr && (level > own || only_loosens)) {
        return usage_error(where(*add.setting),
                           quote(add.written) + " contradicts " + quote(against->written) + " of " +
                               where(*against->setting),
                           "what one level confines, no other loosens");
      }
      kept = kept && against == nullptr;
    }
    if (kept) {
      append(policy.cap_add, added, add);
    }
  }
  return {};
}

}  // namespace indexrun::options
