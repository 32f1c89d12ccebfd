// SPDX-License-Identifier: Apache-2.0
// A forgotten COMMAND, an input that nobody would get.
#include "options/usage.h"

#include "base/quote.h"
#include "options/setting.h"
#include "options/table.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace indexrun::options {

namespace {

Error missing_command() {
  return usage_error("COMMAND", "no program to run, expected [OPTIONS] [--] COMMAND [ARG...]",
                     "a forgotten CMD of the image, or an option that took the program's name "
                     "as its value? See indexrun --help");
}

/// What holds for the workers without roles, or for those of one role.
struct View {
  const inputs::Spec& inputs;
  std::string_view role;  ///< empty: there are no roles, or none has settings of its own
};

/// Judges the inputs of every role, since all pods have the same options.
Result<void> check_views(const Options& options, Result<void> (*check)(const View&)) {
  if (options.roles.empty()) {
    return check({options.inputs, {}});
  }
  for (const items::Role& range : options.items.roles) {
    const RoleOptions* role = find_role(options, range.name);
    if (auto usable = check({inputs_of(options, range.name), range.name}); !usable) {
      Error error = std::move(usable).error();
      locate(role == nullptr ? options.origins : role->origins, error);
      return error;
    }
  }
  return {};
}

Result<void> check_program(const View& view) {
  if (!view.inputs.command.empty()) {
    return {};
  }
  if (view.role.empty()) {
    return missing_command();
  }
  return usage_error("--role", "the role " + quote(view.role) + " has no program to run",
                     "give it a command beneath roles in the configuration file, or all roles one "
                     "beside it");
}

Result<void> check_run(const Options& options) {
  if (std::holds_alternative<items::Commands>(options.items.source)) {
    return {};
  }
  return check_views(options, check_program);
}

Result<void> check_variables(const View& view) {
  const inputs::Spec& inputs = view.inputs;
  const bool variables = !inputs.variables.empty() || !inputs.env_files.empty();
  if (variables && !inputs.write_env) {
    return usage_error(inputs.variables.empty() ? "--env-file" : "--env",
                       "there is no program that the variables could be for",
                       "--write-env PATH writes them for another container");
  }
  return {};
}

/// An init container may also merely wait.
bool prepares(const inputs::Spec& inputs) {
  return !inputs.outputs.empty() || inputs.write_env || !inputs.gates.empty();
}

Result<void> check_stage(const Options& options) {
  const inputs::Spec& inputs = options.inputs;
  if (!inputs.command.empty()) {
    return usage_error("stage", "takes no COMMAND, found " + quote(inputs.command[0]),
                       "stage prepares the input only; run runs a program");
  }
  CHECK(check_views(options, check_variables));
  // An init container is the same in all pods: some roles may need nothing of it.
  const bool some = std::ranges::any_of(
      options.roles, [](const RoleOptions& role) { return prepares(role.inputs); });
  if (!prepares(inputs) && !some) {
    return usage_error("stage", "nothing to write",
                       "name outputs with --write, --write-text, --render or --write-env");
  }
  return {};
}

Result<void> check_count(const Options& options) {
  if (!options.inputs.command.empty()) {
    return usage_error("count", "takes no COMMAND, found " + quote(options.inputs.command[0]),
                       "name the items with --items-file");
  }
  return {};
}

Result<void> check_standard_input(const Options& options) {
  const auto* file = std::get_if<items::File>(&options.items.source);
  const auto* commands = std::get_if<items::Commands>(&options.items.source);
  const bool standard_input =
      (file != nullptr && file->path == "-") || (commands != nullptr && commands->path == "-");
  if (standard_input) {
    return usage_error(file != nullptr ? "--items-file -" : "--commands-file -",
                       "standard input is for show and count only",
                       "every worker needs the whole list: name a file");
  }
  return {};
}

Result<void> check_shares(const Options& options) {
  const items::Shares& shares = options.items.shares;
  if (shares.tasks && shares.per_task) {
    return usage_error("--per-task", "contradicts --tasks: one follows from the other",
                       "keep one of them");
  }
  if (shares.split == items::Split::kWeight && shares.per_task) {
    return usage_error("--per-task",
                       "contradicts --split weight: tasks of equal weight have "
                       "different numbers of items",
                       "give the number of tasks with --tasks");
  }
  return {};
}

Result<void> check_no_program(const View& view) {
  if (view.inputs.command.empty()) {
    return {};
  }
  const std::string of = view.role.empty() ? "" : " for the role " + quote(view.role);
  return usage_error("COMMAND",
                     "found " + quote(view.inputs.command[0]) + of +
                         ", but --commands-file gives each item a command of its own",
                     "leave out one of the two");
}

Result<void> check_commands(const Options& options) {
  if (!std::holds_alternative<items::Commands>(options.items.source)) {
    return {};
  }
  CHECK(check_views(options, check_no_program));
  const bool launcher =
      options.subcommand == Subcommand::kRun || options.subcommand == Subcommand::kShow;
  if (launcher && options.items.shares.wanted && !options.share.each) {
    return usage_error("--commands-file", "a share of commands cannot be run as one program",
                       "add --each to run them one by one");
  }
  return {};
}

struct Contradiction {
  bool given;
  std::string_view option;
  std::string_view problem;
  std::string_view hint;
};

/// What concerns one program, where many run.
Result<void> check_each_alone(const Options& options) {
  const auto& out = options.inputs.standard_output;
  const auto& err = options.inputs.standard_error;
  constexpr std::string_view kLogs = "--log-dir DIR keeps the output of each item in files";
  const Contradiction all[] = {
      {out.has_value(), out && out->copy ? "--tee-stdout" : "--stdout",
       "is for one program, and --each runs many", kLogs},
      {err.has_value(), err && err->copy ? "--tee-stderr" : "--stderr",
       "is for one program, and --each runs many", kLogs},
      {options.launch.error_tail > 0, "--message-tail", "is for one program, and --each runs many",
       kLogs},
      {options.launch.wait_all, "--wait-all", "is for one program, and --each runs many",
       "let the program of each item wait for its own processes"},
  };
  for (const Contradiction& one : all) {
    if (one.given) {
      return usage_error(std::string(one.option), std::string(one.problem), std::string(one.hint));
    }
  }
  return {};
}

Result<void> check_each(const Options& options) {
  const share::Spec& share = options.share;
  if (!share.each) {
    return {};
  }
  if (options.launch.supervise == launch::Supervise::kNever) {
    return usage_error("--supervise", "never contradicts --each, which needs a supervisor");
  }
  CHECK(check_each_alone(options));
  if (share.log_dir && share.prefix) {
    return usage_error("--prefix", "contradicts --log-dir, where each item has files of its own",
                       "keep one of them");
  }
  return {};
}

/// With --no-index nothing may speak of what is not there: somebody would wait for it.
Result<void> check_no_index(const Options& options) {
  if (!options.index.none) {
    return {};
  }
  const index::Spec& index = options.index;
  if (index.number || index.variable || index.file || index.engine || index.base) {
    return usage_error("--no-index", "contradicts the source of an index", "keep one of them");
  }
  const items::Spec& items = options.items;
  const bool shared = items.shares.wanted || options.share.each || !items.roles.empty();
  if (!std::holds_alternative<std::monostate>(items.source) || items.only || items.expect_count ||
      items.expect_sha256 || shared || options.all) {
    return usage_error("--no-index",
                       "contradicts items, shares and roles: there is no index for "
                       "them",
                       "leave out --no-index, or what describes the items");
  }
  const auto& outputs = options.inputs.outputs;
  if (std::ranges::any_of(outputs, [](const inputs::Output& output) {
        return output.content == inputs::Output::Content::kItem;
      })) {
    return usage_error("--write", "there is no item that could be written, with --no-index",
                       "--write-text PATH TEXT writes a text of its own");
  }
  return {};
}

}  // namespace

Result<void> check_usage(const Options& options) {
  CHECK(check_shares(options));
  CHECK(check_commands(options));
  CHECK(check_each(options));
  CHECK(check_no_index(options));
  switch (options.subcommand) {
    case Subcommand::kRun:
      CHECK(check_run(options));
      return check_standard_input(options);
    case Subcommand::kStage:
      CHECK(check_stage(options));
      return check_standard_input(options);
    case Subcommand::kCount:
      return check_count(options);
    case Subcommand::kShow:
    case Subcommand::kInstall:
    case Subcommand::kSeccomp:
    case Subcommand::kHelp:
    case Subcommand::kVersion:
      break;
  }
  return {};
}

}  // namespace indexrun::options
