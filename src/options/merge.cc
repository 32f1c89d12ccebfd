// SPDX-License-Identifier: Apache-2.0
// Settings that speak of the same thing are brought together by sorting, then judged side by side.
#include "options/merge.h"

#include "base/quote.h"
#include "options/lists.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

/// Settings with equal subjects speak of the same thing. `kind` is a row of the table, or one of
/// the things that several rows share.
struct Subject {
  int kind = 0;
  std::string_view name;
  auto operator<=>(const Subject&) const = default;
};
constexpr int kShared = 1000;

/// The paths that may be reached are one list, whatever for.
bool is_path(const Setting& setting) {
  return setting.id() == Id::kRo || setting.id() == Id::kRw || setting.id() == Id::kExec;
}

Subject subject_of(const Setting& setting) {
  const Merge merge = setting.option->merge;
  switch (merge) {
    case Merge::kStrongest:
    case Merge::kWhole:
      return {static_cast<int>(setting.id()), {}};
    case Merge::kVerbosity:
    case Merge::kIndexSource:
    case Merge::kItemSource:
      return {kShared + static_cast<int>(merge), {}};
    case Merge::kName: {
      const std::string_view text = setting.value();
      return {static_cast<int>(setting.id()), text.substr(0, text.find('='))};
    }
    case Merge::kOutput:
      return {kShared + static_cast<int>(merge),
              setting.values[setting.id() == Id::kRender ? 1 : 0]};
    case Merge::kOneLevel:
      return {is_path(setting) ? kShared + static_cast<int>(merge) : static_cast<int>(setting.id()),
              {}};
    case Merge::kFlag:
    case Merge::kAddUp:
      break;
  }
  return {};
}

bool has_subject(const Setting& setting) {
  return setting.option->merge != Merge::kFlag && setting.option->merge != Merge::kAddUp;
}

bool is_inline(const Setting& setting) {
  return setting.id() == Id::kItem || setting.id() == Id::kItems;
}

/// Whether two settings of one level may stand side by side.
bool mix(const Setting& a, const Setting& b) {
  return (is_inline(a) && is_inline(b)) || a.option->merge == Merge::kOneLevel ||
         (a.id() == b.id() &&
          (a.id() == Id::kVerbose || a.id() == Id::kParam || a.option->merge == Merge::kWhole));
}

Error said_twice(const Setting& first, const Setting& second) {
  const std::string other = where(first);
  switch (second.option->merge) {
    case Merge::kIndexSource:
      return usage_error(where(second), "a second source of the index, after " + other,
                         "keep one of them");
    case Merge::kItemSource:
      return usage_error(where(second), "a second source of items, after " + other,
                         "keep one of them; only --item and --items mix");
    case Merge::kVerbosity:
      return usage_error(where(second), "contradicts " + other);
    case Merge::kOutput:
      return usage_error(where(second), "writes " + quote(subject_of(second).name) +
                                            " a second time, after " + other);
    case Merge::kName:
      return usage_error(where(second), quote(subject_of(second).name) + " is given twice");
    case Merge::kStrongest:
    case Merge::kWhole:
    case Merge::kFlag:
    case Merge::kAddUp:
    case Merge::kOneLevel:
      break;
  }
  return usage_error(where(second), "given twice, expected once");
}

/// UID:GID; a group that is not written is the one of the same number. A name is only itself.
std::string whole_user(const Setting& setting) {
  const std::string& text = setting.value();
  return text.find_first_not_of("0123456789") == std::string::npos ? text + ":" + text : text;
}

/// The bits of an octal mode; a wrong one is told by its rule.
unsigned mode_bits(const Setting& setting) {
  unsigned bits = 0;
  const std::string& text = setting.value();
  static_cast<void>(std::from_chars(text.data(), text.data() + text.size(), bits, 8));
  return bits;
}

/// Whether the stronger of two single values would undo what the weaker one confines.
bool loosens(const Setting& strong, const Setting& weak) {
  if (strong.id() == Id::kUser) {
    return whole_user(strong) != whole_user(weak);
  }
  if (strong.id() == Id::kGroups) {
    return strong.value() != weak.value();
  }
  if (strong.id() == Id::kUmask) {
    return (mode_bits(weak) & ~mode_bits(strong)) != 0;
  }
  const bool confines = (weak.id() == Id::kLandlock && weak.value() == "strict") ||
                        (weak.id() == Id::kConfine && weak.value() != "none");
  return confines && strong.value() != weak.value();
}

/// All settings of one subject, strongest first.
Result<void> judge(std::span<Setting* const> run) {
  for (std::size_t i = 1; i < run.size(); ++i) {
    Setting& before = *run[i - 1];
    Setting& setting = *run[i];
    if (setting.level == before.level) {
      if (!mix(before, setting)) {
        return said_twice(before, setting);
      }
    } else if (loosens(*run[0], setting)) {
      return usage_error(where(*run[0]),
                         quote(run[0]->value()) + " contradicts " + quote(setting.value()) +
                             " of " + where(setting),
                         "a weaker level's confinement cannot be loosened");
    } else if (setting.option->merge == Merge::kOneLevel) {
      return usage_error(where(*run[0]),
                         "adds to " + where(setting) +
                             ", and what one level confines, no other "
                             "loosens",
                         "name all of them at one level");
    }
    setting.overridden = setting.level != run[0]->level;
  }
  return {};
}

/// What only says how a source of items is read.
bool describes_items(const Setting& setting) {
  const Id id = setting.id();
  return id == Id::kFormat || id == Id::kNoHeader || id == Id::kSkipBlank || id == Id::kComments ||
         id == Id::kZip || id == Id::kExclude;
}

/// Where a stronger level has replaced the source of items, what its own level says about it goes
/// too: it would cut another list, or other parameters, in a way that nobody has asked for.
void override_with_their_source(std::vector<Setting>& settings) {
  for (const Setting& source : settings) {
    if (!source.overridden || source.option->merge != Merge::kItemSource) {
      continue;
    }
    for (Setting& setting : settings) {
      setting.overridden =
          setting.overridden || (setting.level == source.level && describes_items(setting));
    }
  }
}

/// --map-exit 1=2,3=4 and --map-signal as two settings, since each FROM merges on its own.
Result<void> split_maps(std::vector<Setting>& settings) {
  for (std::size_t i = 0; i < settings.size(); ++i) {
    const bool maps = settings[i].id() == Id::kMapExit || settings[i].id() == Id::kMapSignal;
    if (!maps || settings[i].value().find(',') == std::string::npos) {
      continue;
    }
    TRY(std::vector<std::string> pairs, split_list(settings[i]));
    Setting pattern = settings[i];
    std::vector<Setting> split;
    split.reserve(pairs.size());
    for (std::string& pair : pairs) {
      pattern.values[0] = std::move(pair);
      split.push_back(pattern);
    }
    settings.erase(settings.begin() + static_cast<std::ptrdiff_t>(i));
    settings.insert(settings.begin() + static_cast<std::ptrdiff_t>(i), split.begin(), split.end());
    i += split.size() - 1;
  }
  return {};
}

}  // namespace

Result<void> merge(std::vector<Setting>& settings) {
  CHECK(split_maps(settings));
  std::vector<Setting*> order;
  order.reserve(settings.size());
  for (Setting& setting : settings) {
    if (has_subject(setting)) {
      order.push_back(&setting);
    }
  }
  std::sort(order.begin(), order.end(), [](const Setting* a, const Setting* b) {
    const Subject left = subject_of(*a);
    const Subject right = subject_of(*b);
    return left != right ? left < right : a < b;
  });
  bool overridden = false;
  for (auto first = order.begin(); first != order.end();) {
    const Subject subject = subject_of(**first);
    const auto last = std::find_if(
        first, order.end(), [&](const Setting* other) { return subject_of(*other) != subject; });
    CHECK(judge({first, last}));
    overridden = overridden || (*std::prev(last))->overridden;
    first = last;
  }
  if (overridden) {
    override_with_their_source(settings);
    std::erase_if(settings, [](const Setting& setting) { return setting.overridden; });
  }
  return {};
}

}  // namespace indexrun::options
