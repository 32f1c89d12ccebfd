// SPDX-License-Identifier: Apache-2.0
// The flow of this stage: cut, parse, the variable, the file, merge, build, check.
#include "base/quote.h"
#include "base/shell_words.h"
#include "options/arguments.h"
#include "options/build.h"
#include "options/config_file.h"
#include "options/cut.h"
#include "options/merge.h"
#include "options/options.h"
#include "options/origins.h"
#include "options/role_options.h"
#include "options/seccomp_line.h"
#include "options/setting.h"
#include "options/usage.h"

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::options {

namespace {

/// The two variables, taken out of the environment.
struct Variables {
  std::optional<std::string> options;
  std::optional<std::string> config;
};

std::optional<std::string> take(Environment& environment, const char* name) {
  std::optional<std::string> value;
  if (const auto found = environment.get(name)) {
    value.emplace(*found);
    environment.unset(name);
  }
  return value;
}

/// What the three readers found. The texts that settings point to live here.
struct Gathered {
  std::vector<Setting> settings;
  std::vector<Setting> unmerged;  ///< the same of all levels, if there are roles to merge for
  FileSettings file;              ///< its settings have moved to `settings`
  std::string config;             ///< the path of the YAML file
  bool merged = false;            ///< the levels are one list
};

/// So that an error about the line can be reported as the line asks for.
void gather_leniently(const Cut& line, Gathered& gathered) {
  for (const Occurrence& one : line.occurrences) {
    Setting& setting = gathered.settings.emplace_back();
    setting.option = one.option;
    setting.values[0] = one.values[0];
  }
}

Result<void> gather_variable(const std::string& text, Subcommand subcommand, Gathered& gathered) {
  auto words = split_shell_words(text);
  if (!words) {
    Error error = std::move(words).error();
    error.stage = "options";
    error.object = kOptionsVariable;
    return error;
  }
  const std::vector<std::string_view> views(words->begin(), words->end());
  Cut cut = cut_variable(views, subcommand);
  if (cut.error) {
    return std::move(*cut.error);
  }
  return parse_arguments(cut.occurrences, Level::kVariable, gathered.settings);
}

/// The strongest --config; a null pointer if there is none. merge() comes too late to refuse two.
Result<const Setting*> config_setting(const std::vector<Setting>& settings) {
  const Setting* first = nullptr;
  for (const Setting& setting : settings) {
    if (setting.id() != Id::kConfig) {
      continue;
    }
    if (first != nullptr && first->level == setting.level) {
      return usage_error(where(setting), "given twice, expected once");
    }
    first = first == nullptr ? &setting : first;
  }
  return first;
}

/// The path of the YAML file; empty if none is named.
Result<std::string> config_path(const std::vector<Setting>& settings, const Variables& variables) {
  TRY(const Setting* setting, config_setting(settings));
  if (setting != nullptr) {
    if (setting->value().empty()) {
      return usage_error(where(*setting), "is empty, expected FILE");
    }
    return setting->value();
  }
  if (variables.config && variables.config->empty()) {
    return usage_error(kConfigVariable, "is empty, expected a path",
                       "unset it if there is no file");
  }
  return variables.config.value_or(std::string());
}

Result<void> gather_file(Subcommand subcommand, Gathered& gathered) {
  const auto read = read_config_file(gathered.config, subcommand, gathered.file);
  std::vector<Setting>& weaker = gathered.file.settings;
  gathered.settings.insert(gathered.settings.end(), std::make_move_iterator(weaker.begin()),
                           std::make_move_iterator(weaker.end()));
  CHECK(read);
  if (!gathered.file.roles.empty()) {
    gathered.unmerged = gathered.settings;
  }
  return {};
}

Result<void> gather(const Cut& line, const Variables& variables, Gathered& gathered) {
  CHECK(parse_arguments(line.occurrences, Level::kCommandLine, gathered.settings));
  if (variables.options) {
    CHECK(gather_variable(*variables.options, line.subcommand, gathered));
  }
  TRY(gathered.config, config_path(gathered.settings, variables));
  if (!gathered.config.empty()) {
    CHECK(gather_file(line.subcommand, gathered));
  }
  CHECK(merge(gathered.settings));
  gathered.merged = true;
  return {};
}

/// install runs no COMMAND, so --help and --version are meant for it behind PATH too.
std::optional<Subcommand> asked_behind(const Cut& line,
                                       std::span<const std::string_view> operands) {
  if (line.dashes) {
    return std::nullopt;
  }
  for (const std::string_view operand : operands) {
    const std::string_view words[] = {subcommand_name(Subcommand::kInstall), operand};
    if (const Cut alone = cut(words); alone.asked) {
      return alone.asked;
    }
  }
  return std::nullopt;
}

Result<Options> install(const Cut& line, std::span<const std::string_view> operands) {
  if (operands.size() != 1 || operands[0].empty()) {
    return usage_error("install",
                       operands.empty() ? "no path to install to, expected PATH"
                       : operands.size() == 1
                           ? "an empty path, expected PATH"
                           : "found " + std::to_string(operands.size()) + " paths, expected one",
                       "indexrun install /shared/indexrun");
  }
  Options options;
  options.subcommand = line.subcommand;
  options.install_path = operands[0];
  return options;
}

Options answer(const Cut& line) {
  Options options;
  options.subcommand = *line.asked;
  options.help = *line.asked == Subcommand::kHelp
                     ? help(line.subcommand, line.named)
                     : std::string("indexrun ").append(version()).append("\n");
  return options;
}

/// One launch at a time is explained. With a preset the option means the same as for run, so there
/// it may stand beside the others.
Result<void> ask_to_explain(const Cut& line, Options& options) {
  const bool many = options.all || options.share.each;
  if (many && line.explain_alone) {
    return usage_error(
        "--confine", "explains one launch, found " + std::string(options.all ? "--all" : "--each"),
        "leave that out and give --index N");
  }
  options.explain = line.explain && !many;
  return {};
}

Result<Options> work(const Cut& line, std::span<const std::string_view> command,
                     const Variables& variables, Gathered& gathered) {
  CHECK(gather(line, variables, gathered));
  Options options;
  options.subcommand = line.subcommand;
  CHECK(build(gathered.settings, options));
  options.inputs.command = gathered.file.command;
  if (!command.empty()) {
    options.inputs.command.assign(command.begin(), command.end());
  }
  if (!gathered.config.empty()) {
    options.inputs.sources.push_back(gathered.config);
  }
  options.origins = find_origins(gathered.settings);
  if (command.empty() && !gathered.file.command.empty()) {
    options.origins.push_back(command_origin(gathered.file.command_place));
  }
  if (!gathered.file.roles.empty()) {
    CHECK(build_roles(
        {gathered.unmerged, gathered.file.roles, options.inputs.command, !command.empty()},
        options));
  }
  CHECK(ask_to_explain(line, options));
  if (auto usable = check_usage(options); !usable) {
    Error error = std::move(usable).error();
    locate(options, error);
    return error;
  }
  return options;
}

}  // namespace

std::string_view version() {
  return INDEXRUN_VERSION;
}

Result<Options> read(int argc, const char* const* argv, Environment& environment,
                     Options& partial) {
  const Variables variables{take(environment, kOptionsVariable),
                            take(environment, kConfigVariable)};
  const std::vector<std::string_view> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  Cut line = cut(words);
  std::span<const std::string_view> command = std::span(words).subspan(line.command);
  SeccompLine seccomp;
  if (line.subcommand == Subcommand::kSeccomp) {
    seccomp = cut_seccomp_line(std::move(line), command);
    line = std::move(seccomp.cut);
    command = seccomp.operands;
  }
  if (line.subcommand == Subcommand::kInstall && !line.asked) {
    line.asked = asked_behind(line, command);
  }
  if (line.asked) {
    return answer(line);
  }
  partial.subcommand = line.subcommand;
  Gathered gathered;
  if (line.error) {
    gather_leniently(line, gathered);
    build_report(gathered.settings, partial);
    return std::move(*line.error);
  }
  if (line.subcommand == Subcommand::kInstall) {
    return install(line, command);
  }
  if (line.subcommand == Subcommand::kSeccomp) {
    return read_seccomp_line(line, command, partial);
  }
  Result<Options> result = work(line, command, variables, gathered);
  if (!result) {
    if (!gathered.merged) {
      std::erase_if(gathered.settings,
                    [](const Setting& one) { return one.level != Level::kCommandLine; });
    }
    build_report(gathered.settings, partial);
  }
  return result;
}

}  // namespace indexrun::options
