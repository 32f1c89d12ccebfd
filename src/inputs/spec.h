// SPDX-License-Identifier: Apache-2.0
// What the user says about the program and its input: templates, not yet expanded.
#pragma once

#include "inputs/inputs.h"
#include "inputs/stream_file.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace indexrun::inputs {

/// A file to write; `path` is a template.
struct Output {
  enum class Content {
    kItem,    ///< --write: the item and a newline
    kText,    ///< --write-text: `text`, a template
    kRender,  ///< --render: the file `text` (a template for its path), its content a template
  };
  std::string path;
  Content content = Content::kItem;
  std::string text{};
};

/// NAME=TEMPLATE; the name is never expanded.
struct Variable {
  std::string name;
  std::string value;
};

struct Spec {
  std::vector<std::string> command;  ///< COMMAND and its arguments
  std::vector<Output> outputs;
  mode_t write_mode = 0644;
  std::vector<Variable> variables;     ///< --env: names are unique
  std::vector<std::string> env_files;  ///< --env-file paths, templates; --env beats them
  /// Which of env_files stand at one level and so may not set the same variable: equal numbers.
  /// A file without a number is a level by itself.
  std::vector<int> env_file_levels;
  /// Nothing of the inherited environment is handed on but PATH, by which the program is found, and
  /// what env_keep names: a variable, or the beginning of one followed by "*".
  bool env_clear = false;             ///< --env-clear, or any --env-keep
  std::vector<std::string> env_keep;  ///< --env-keep
  /// HOME, USER and LOGNAME of the user that the program will be, not expanded; stronger than what
  /// is inherited, weaker than the files and --env.
  std::vector<Variable> login;
  /// Paths that the workers use besides the templates named here: the items file or directory, the
  /// index file, the termination message file. No output may be one of them, or lie directly in one
  /// that is a directory. Not expanded; relative ones start from where indexrun was started.
  std::vector<std::string> sources;
  /// --glob: no output may match it, as the next worker would take it for an item.
  std::string source_pattern;
  std::optional<std::string> write_env;  ///< --write-env path, a template
  std::optional<std::string> stdin_text;
  std::optional<StreamFile> standard_output;  ///< --stdout, --tee-stdout
  std::optional<StreamFile> standard_error;   ///< --stderr, --tee-stderr
  std::optional<std::string> directory;       ///< --chdir
  std::vector<std::string> gates;             ///< --wait-for: see expand_gates()
  std::vector<Access> access;                 ///< --ro, --rw, --exec: the paths are templates
  std::optional<std::string> private_tmp;     ///< --private-tmp, a template
  std::optional<std::string> private_home;    ///< --private-home
  bool expand = true;                         ///< false: --no-template
  std::pair<std::string, std::string> delimiters{"{", "}"};  ///< --delims, for --render only
};

}  // namespace indexrun::inputs
