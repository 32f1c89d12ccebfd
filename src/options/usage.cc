// SPDX-License-Identifier: Apache-2.0
// A forgotten COMMAND, an input that nobody would get.
#include "options/usage.h"

#include "base/quote.h"
#include "options/setting.h"
#include "options/table.h"

#include <string>

namespace indexrun::options {

namespace {

Error missing_command() {
  return usage_error("COMMAND", "no program to run, expected [OPTIONS] [--] COMMAND [ARG...]",
                     "a forgotten CMD of the image, or an option that took the program's name "
                     "as its value? See indexrun --help");
}

Result<void> check_run(const Options& options) {
  const bool named = std::holds_alternative<items::Commands>(options.items.source);
  if (options.inputs.command.empty() && !named) {
    return missing_command();
  }
  return {};
}

Result<void> check_stage(const Options& options) {
  const inputs::Spec& inputs = options.inputs;
  if (!inputs.command.empty()) {
    return usage_error("stage", "takes no COMMAND, found " + quote(inputs.command[0]),
                       "stage prepares the input only; run runs a program");
  }
  const bool variables = !inputs.variables.empty() || !inputs.env_files.empty();
  if (variables && !inputs.write_env) {
    return usage_error(inputs.variables.empty() ? "--env-file" : "--env",
                       "there is no program that the variables could be for",
                       "--write-env PATH writes them for another container");
  }
  if (inputs.outputs.empty() && !inputs.write_env) {
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
  if (file != nullptr && file->path == "-") {
    return usage_error("--items-file -", "standard input is for show and count only",
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

Result<void> check_commands(const Options& options) {
  if (!std::holds_alternative<items::Commands>(options.items.source)) {
    return {};
  }
  if (!options.inputs.command.empty()) {
    return usage_error("COMMAND",
                       "found " + quote(options.inputs.command[0]) +
                           ", but --commands-file gives each item a command of its own",
                       "leave out one of the two");
  }
  const bool launcher =
      options.subcommand == Subcommand::kRun || options.subcommand == Subcommand::kShow;
  if (launcher && options.items.shares.wanted && !options.share.each) {
    return usage_error("--commands-file", "a share of commands cannot be run as one program",
                       "add --each to run them one by one");
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
  if (share.log_dir && share.prefix) {
    return usage_error("--prefix", "contradicts --log-dir, where each item has files of its own",
                       "keep one of them");
  }
  return {};
}

}  // namespace

Result<void> check_usage(const Options& options) {
  CHECK(check_shares(options));
  CHECK(check_commands(options));
  CHECK(check_each(options));
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
    case Subcommand::kHelp:
    case Subcommand::kVersion:
      break;
  }
  return {};
}

}  // namespace indexrun::options
