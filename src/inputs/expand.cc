// SPDX-License-Identifier: Apache-2.0
// All expansion for one worker, in one place.
#include "inputs/expand.h"

#include "inputs/access.h"
#include "inputs/expander.h"
#include "inputs/foreign_braces.h"
#include "inputs/kubernetes_env.h"
#include "inputs/outputs.h"
#include "inputs/own_sources.h"
#include "inputs/paths.h"
#include "inputs/sizes.h"
#include "inputs/variables.h"
#include "inputs/whole_share.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace indexrun::inputs {
namespace {

Result<std::vector<std::string>> expand_command(const Spec& spec, const Expander& expander,
                                                items::Sequence* share) {
  std::vector<std::string> argv;
  argv.reserve(spec.command.size());
  for (std::size_t i = 0; i < spec.command.size(); ++i) {
    if (i > 0 && share != nullptr && spec.expand && spec.command[i] == kItems) {
      CHECK(append_items(argv, i, *share));
      continue;
    }
    const Place place = i == 0 ? Place{.what = "COMMAND"} : Place{.what = "argument", .number = i};
    TRY(std::string argument, expander.string(spec.command[i], place));
    argv.push_back(std::move(argument));
    if (i == 0 && spec.expand) {
      CHECK(check_foreign_braces(argv.front(), spec.command));
    }
  }
  return argv;
}

Result<OutputFile> expand_write_env(const Spec& spec, const Expander& expander,
                                    std::string_view directory,
                                    const std::vector<Assignment>& variables) {
  TRY(const std::string path, expander.path(*spec.write_env, {.what = "--write-env"}));
  TRY(std::string content, kubernetes_env(variables));
  return OutputFile{beneath(directory, path), std::move(content), spec.write_mode};
}

/// Where the program would look for the file, as with outputs.
Result<std::optional<StreamFile>> expand_stream(const std::optional<StreamFile>& stream,
                                                std::string_view what, const Expander& expander,
                                                std::string_view directory) {
  if (!stream) {
    return std::optional<StreamFile>();
  }
  TRY(const std::string path, expander.path(stream->path, {.what = what}));
  return std::optional(StreamFile{beneath(directory, path), stream->copy});
}

/// Both outputs may have one file, but neither one that the program or the workers read.
Result<void> check_streams(const Spec& spec, const Expander& expander, const Inputs& inputs) {
  for (const auto& stream : {inputs.standard_output, inputs.standard_error}) {
    if (stream) {
      const OutputFile file{.path = stream->path, .content = {}};
      std::vector<OutputFile> files = inputs.files;
      files.push_back(file);
      CHECK(check_distinct(files));
      CHECK(check_own_sources(spec, expander, {file}));
    }
  }
  return {};
}

Result<void> expand_streams(const Spec& spec, const Expander& expander, std::string_view directory,
                            Inputs& inputs) {
  const auto name = [](const std::optional<StreamFile>& stream, std::string_view redirected,
                       std::string_view copied) {
    return stream && stream->copy ? copied : redirected;
  };
  TRY(inputs.standard_output,
      expand_stream(spec.standard_output, name(spec.standard_output, "--stdout", "--tee-stdout"),
                    expander, directory));
  TRY(inputs.standard_error,
      expand_stream(spec.standard_error, name(spec.standard_error, "--stderr", "--tee-stderr"),
                    expander, directory));
  return check_streams(spec, expander, inputs);
}

Result<void> expand_stdin(const Spec& spec, const Expander& expander, items::Sequence* share,
                          Inputs& inputs) {
  if (share != nullptr && stdin_has_share(spec)) {
    TRY(inputs.stdin_share_bytes, measure_lines(*share));
    return {};
  }
  TRY(inputs.stdin_text, expander.bytes(*spec.stdin_text, {.what = "--stdin"}));
  return {};
}

}  // namespace

bool stdin_has_share(const Spec& spec) {
  return spec.expand && spec.stdin_text == kItems;
}

Result<Inputs> expand(const Spec& spec, const items::Item& item, const Turn& turn,
                      const Environment& inherited, items::Sequence* share) {
  const Expander expander({.item = item, .attempt = turn.attempt, .slot = turn.slot}, spec.expand);
  Inputs inputs;
  if (spec.directory) {
    TRY(std::string directory, expander.path(*spec.directory, {.what = "--chdir"}));
    inputs.directory = std::move(directory);
  }
  const std::string directory = inputs.directory.value_or("");
  if (!item.command.empty()) {
    inputs.argv = item.command;
  } else {
    TRY(inputs.argv, expand_command(spec, expander, share));
  }
  TRY(inputs.files, expand_outputs(spec, {item, share}, expander, directory));
  TRY(const auto written_item, item_file(spec, inputs.files));
  TRY(const auto variables, expand_variables(spec, expander));
  const Run run{written_item, turn.slot};
  if (spec.env_clear) {
    CHECK(set_environment(inputs, inherited_part(spec, inherited), item, run, variables));
  } else {
    CHECK(set_environment(inputs, inherited, item, run, variables));
  }
  if (spec.write_env) {
    TRY(OutputFile file, expand_write_env(spec, expander, directory, variables));
    inputs.files.push_back(std::move(file));
  }
  if (spec.stdin_text) {
    CHECK(expand_stdin(spec, expander, share, inputs));
  }
  if (spec.standard_output || spec.standard_error) {
    CHECK(expand_streams(spec, expander, directory, inputs));
  }
  if (!spec.access.empty()) {
    TRY(inputs.access, expand_access(spec, expander, directory));
  }
  if (spec.private_tmp || spec.private_home) {
    CHECK(expand_private(spec, expander, directory, inputs));
  }
  CHECK(check_distinct(inputs.files));
  CHECK(check_own_sources(spec, expander, inputs.files));
  CHECK(check_sizes(inputs, share != nullptr));
  return inputs;
}

Result<std::vector<std::string>> expand_gates(const Spec& spec, const items::Item& item) {
  const Expander expander({.item = item, .attempt = 0, .slot = {}}, spec.expand);
  std::vector<std::string> gates;
  for (const std::string& gate : spec.gates) {
    TRY(std::string text, expander.string(gate, {.what = "--wait-for"}));
    gates.push_back(std::move(text));
  }
  return gates;
}

}  // namespace indexrun::inputs
