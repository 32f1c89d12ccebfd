// SPDX-License-Identifier: Apache-2.0
// All settings to their places, then those that say something about each other.
#include "options/build.h"

#include "options/capabilities.h"
#include "options/descriptors.h"
#include "options/rules.h"
#include "options/values.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>

namespace indexrun::options {

namespace {

/// Of the files of two levels the later one wins, so the strongest level comes last.
void build_env_files(std::span<const Setting> settings, Options& options) {
  for (const Level level : {Level::kFile, Level::kRole, Level::kVariable, Level::kCommandLine}) {
    for (const Setting& setting : settings) {
      if (setting.id() == Id::kEnvFile && setting.level == level) {
        options.inputs.env_files.push_back(setting.value());
        options.inputs.env_file_levels.push_back(static_cast<int>(level));
      }
    }
  }
}

Result<items::Format> format_value(const Setting& setting) {
  // In the order of items::Format.
  static constexpr std::string_view kWords[] = {"lines", "nul",   "csv", "tsv",
                                                "json",  "jsonl", "yaml"};
  TRY(const std::size_t word, word_value(setting, kWords));
  return static_cast<items::Format>(word);
}

/// Whether a setting of this level is weaker than the item source, which it may not have meant.
bool is_of_another_source(Level level, std::span<const Setting> settings) {
  for (const Setting& one : settings) {
    if (one.option->merge == Merge::kItemSource) {
      return level > one.level;
    }
  }
  return false;
}

/// --format belongs to the list, whatever level names that.
Result<void> build_format(std::span<const Setting> settings, Options& options) {
  const auto setting =
      std::ranges::find_if(settings, [](const Setting& one) { return one.id() == Id::kFormat; });
  TRY(const items::Format format, format_value(*setting));
  auto* file = std::get_if<items::File>(&options.items.source);
  auto* variable = std::get_if<items::Variable>(&options.items.source);
  if (file == nullptr && variable == nullptr) {
    if (is_of_another_source(setting->level, settings)) {
      return {};
    }
    return usage_error(where(*setting), "there is no list whose format it could be",
                       "name the list with --items-file or --items-env");
  }
  if (variable != nullptr && format == items::Format::kNul) {
    return usage_error(where(*setting), "no variable can hold NUL bytes",
                       "separate the items of a variable by newlines");
  }
  (file != nullptr ? file->format : variable->format) = format;
  return {};
}

/// --zip and --exclude belong to the parameters.
Result<void> build_product(std::span<const Setting> settings, Options& options) {
  auto* product = std::get_if<items::Product>(&options.items.source);
  for (const Setting& setting : settings) {
    if (setting.id() != Id::kZip && setting.id() != Id::kExclude) {
      continue;
    }
    if (product == nullptr && is_of_another_source(setting.level, settings)) {
      continue;
    }
    if (product == nullptr) {
      return usage_error(where(setting), "there are no parameters that it could be for",
                         "name parameters with --param");
    }
    if (setting.id() == Id::kZip) {
      product->zip = true;
    } else {
      product->exclude.push_back(setting.value());
    }
  }
  return {};
}

const Setting* find(std::span<const Setting> settings, Id id) {
  const auto found = std::ranges::find(settings, id, &Setting::id);
  return found == settings.end() ? nullptr : &*found;
}

/// One number of tasks follows from the other number, so the stronger level's holds. Two of one
/// level are refused later.
void settle_tasks(const Setting* tasks, const Setting* per_task, items::Shares& shares) {
  if (tasks == nullptr || per_task == nullptr) {
    return;
  }
  if (tasks->level < per_task->level) {
    shares.per_task.reset();
  } else if (per_task->level < tasks->level) {
    shares.tasks.reset();
  }
}

/// Options that say something about another one, which must be there.
Result<void> check_needs(std::span<const Setting> settings) {
  struct Need {
    Id id;
    Id needed;
    std::string_view hint;
  };
  static constexpr Need kNeeds[] = {
      {Id::kLogName, Id::kLogDir, "--log-dir DIR keeps the output in files"},
      {Id::kBackoff, Id::kRetries, "--retries N tries it again"},
      {Id::kRetryOn, Id::kRetries, "--retries N tries it again"},
      {Id::kWaitTimeout, Id::kWaitFor,
       "--wait-for file:PATH or tcp:HOST:PORT says what to wait for"},
  };
  for (const Setting& setting : settings) {
    for (const Need& need : kNeeds) {
      if (setting.id() == need.id && find(settings, need.needed) == nullptr) {
        return usage_error(
            where(setting),
            std::string("is for --").append(option(need.needed).name) + ", which is not given",
            std::string(need.hint));
      }
    }
  }
  return {};
}

Result<void> build_shares(std::span<const Setting> settings, Options& options) {
  const Setting* tasks = find(settings, Id::kTasks);
  const Setting* per_task = find(settings, Id::kPerTask);
  settle_tasks(tasks, per_task, options.items.shares);
  options.items.shares.wanted = options.share.each || tasks != nullptr || per_task != nullptr;
  for (const Setting& setting : settings) {
    const Group group = setting.option->group;
    if (group == Group::kEach && !options.share.each) {
      return usage_error(where(setting), "is for --each, which is not given",
                         "--each runs the program once for each item of a share");
    }
    if (group == Group::kShares && !options.items.shares.wanted) {
      return usage_error(where(setting), "is for shares, and every task has one item",
                         "share the items out with --tasks or --per-task");
    }
  }
  if (options.share.each && options.confine.report_denials) {
    return usage_error("--report-denials",
                       "contradicts --each: it listens to one program at a time",
                       "leave out one of the two");
  }
  return {};
}

/// --all shows every index; --engine may still say where its numbers begin. A source that a weaker
/// level has for the workers is merely not needed.
Result<void> check_all(std::span<const Setting> settings) {
  for (const Setting& setting : settings) {
    if (setting.level == Level::kCommandLine && setting.option->merge == Merge::kIndexSource &&
        setting.id() != Id::kEngine) {
      return usage_error(where(setting), "contradicts --all, which shows every index",
                         "leave out one of the two");
    }
  }
  return {};
}

}  // namespace

Result<void> build(std::span<const Setting> settings, Options& options) {
  bool capabilities = false;
  bool descriptors = false;
  bool env_files = false;
  bool format = false;
  bool product = false;
  bool shares = false;
  bool needs = false;
  for (const Setting& setting : settings) {
    CHECK(apply(setting, options));
    capabilities = capabilities || setting.id() == Id::kCapDrop || setting.id() == Id::kCapAdd;
    descriptors = descriptors || setting.id() == Id::kCloseFds || setting.id() == Id::kKeepFd;
    env_files = env_files || setting.id() == Id::kEnvFile;
    format = format || setting.id() == Id::kFormat;
    shares =
        shares || setting.option->group == Group::kShares || setting.option->group == Group::kEach;
    needs = needs || setting.id() == Id::kLogName || setting.id() == Id::kBackoff ||
            setting.id() == Id::kRetryOn || setting.id() == Id::kWaitTimeout;
    product = product || setting.id() == Id::kZip || setting.id() == Id::kExclude;
  }
  if (options.all) {
    CHECK(check_all(settings));
  }
  if (capabilities) {
    CHECK(merge_capabilities(settings, options.confine));
  }
  if (descriptors) {
    CHECK(merge_descriptors(settings, options.confine));
  }
  if (env_files) {
    build_env_files(settings, options);
  }
  if (format) {
    CHECK(build_format(settings, options));
  }
  if (product) {
    CHECK(build_product(settings, options));
  }
  if (shares) {
    CHECK(build_shares(settings, options));
  }
  if (needs) {
    CHECK(check_needs(settings));
  }
  return {};
}

void build_report(std::span<const Setting> settings, Options& options) {
  for (const Setting& setting : settings) {
    const Id id = setting.id();
    const bool wanted = setting.option->group == Group::kStatus || id == Id::kLogFormat ||
                        id == Id::kQuiet || id == Id::kVerbose;
    if (wanted) {
      // A wrong value keeps the default: another error is being reported already.
      static_cast<void>(apply(setting, options).has_value());
    }
  }
}

}  // namespace indexrun::options
