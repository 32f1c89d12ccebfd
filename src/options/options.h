// SPDX-License-Identifier: Apache-2.0
// The product of options/: one Spec for each stage.
#pragma once

#include "base/environment.h"
#include "base/log.h"
#include "base/result.h"
#include "confine/policy.h"
#include "gates/spec.h"
#include "index/spec.h"
#include "inputs/spec.h"
#include "items/spec.h"
#include "launch/spec.h"
#include "share/spec.h"
#include "status/spec.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

enum class Subcommand { kRun, kStage, kShow, kCount, kInstall, kSeccomp, kHelp, kVersion };
enum class Output { kText, kJson };

/// Where an option stands that the command line does not give.
struct Origin {
  std::string_view option;  ///< the long name, of the table; "COMMAND"
  std::string where;        ///< "job.yaml:3:5: user", "INDEXRUN_OPTIONS: --user"
};

/// What holds for the workers of one role, all levels together.
struct RoleOptions {
  std::string name;
  inputs::Spec inputs;
  gates::Spec gates;
  std::optional<std::chrono::milliseconds> timeout;
  std::vector<Origin> origins;
};

struct Options {
  Subcommand subcommand = Subcommand::kRun;
  index::Spec index;
  items::Spec items;
  inputs::Spec inputs;
  confine::Policy confine;
  gates::Spec gates;
  launch::Spec launch;
  share::Spec share;
  status::Spec status;
  log::Settings log;
  Output output = Output::kText;  ///< show, count
  bool all = false;               ///< show --all
  bool explain = false;           ///< show --confine
  bool items_only = false;        ///< count --items-only
  std::string install_path;       ///< install PATH
  std::string profile;            ///< seccomp compile PROFILE
  std::string output_file;        ///< seccomp compile: where to; empty: stdout
  std::string help;               ///< kHelp, kVersion: the text to print
  std::vector<Origin> origins;    ///< for locate()
  /// Roles that the file has settings for; `inputs` and the time limit are those of the others.
  std::vector<RoleOptions> roles;
};

/// Stages name options as on the command line, and the command as "COMMAND" and "argument N": where
/// error.object begins with such a name and it was given elsewhere, that place is told instead.
/// Anything else stays as it is.
void locate(const Options& options, Error& error);

/// The same with the places of one role.
void locate(std::span<const Origin> origins, Error& error);

/// What the file has for a role; a null pointer if it has nothing of its own.
[[nodiscard]] const RoleOptions* find_role(const Options& options, std::string_view name);

/// The inputs of a role.
[[nodiscard]] const inputs::Spec& inputs_of(const Options& options, std::string_view role);

/// From here on `options` are those of a worker with this role: inputs, wait, time limit, origins.
/// The other roles are forgotten, so inputs_of() is options.inputs.
void take_role(Options& options, std::string_view role);

/// The version of this build: "1.2.3".
[[nodiscard]] std::string_view version();

/// Reads everything the user said: the arguments (argv[0] is skipped), INDEXRUN_OPTIONS, the YAML
/// file of --config or INDEXRUN_CONFIG, strongest first, and takes both variables out of
/// `environment`. Every Error is kConfig with stage "options".
///
/// On an Error the part of the answer that decides how the error is reported (status, log) is
/// still wanted: `partial` receives it as far as the command line says it.
Result<Options> read(int argc, const char* const* argv, Environment& environment, Options& partial);

}  // namespace indexrun::options
