// SPDX-License-Identifier: Apache-2.0
// The product of inputs/: everything expanded, only plain strings from here on.
#pragma once

#include "base/environment.h"
#include "inputs/stream_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace indexrun::inputs {

struct OutputFile {
  std::string path;
  std::string content;
  mode_t mode = 0644;
  /// Set: the content is not here, but every item of the worker's share and a newline each: so many
  /// bytes.
  std::optional<std::uint64_t> share_bytes = {};

  [[nodiscard]] std::uint64_t size() const { return share_bytes.value_or(content.size()); }
};

/// A path that the program may reach, with everything beneath it.
struct Access {
  enum class Right {
    kRead,     ///< --ro
    kWrite,    ///< --rw: read and write
    kExecute,  ///< --exec: read and execute
  };
  Right right = Right::kRead;
  std::string path;
  bool from_item = false;  ///< the path follows from the item
};

struct Inputs {
  std::vector<std::string> argv;          ///< empty for stage
  Environment environment;                ///< the workload's whole environment
  std::vector<std::string> changed;       ///< names in `environment` that indexrun set, in order
  std::optional<std::string> stdin_text;  ///< bytes for standard input; inherited if not given
  /// Set: standard input is every item of the worker's share and a newline each: so many bytes.
  std::optional<std::uint64_t> stdin_share_bytes;
  std::optional<StreamFile> standard_output;
  std::optional<StreamFile> standard_error;
  std::optional<std::string> directory;  ///< working directory; inherited if not given
  std::vector<OutputFile> files;         ///< to be written before the program starts, in order
  std::vector<Access> access;            ///< if there is any, all else is out of reach
  /// Where the launch makes a directory of its own, for TMPDIR and HOME. The variables are set
  /// then.
  std::optional<std::string> private_tmp;
  std::optional<std::string> private_home;
};

}  // namespace indexrun::inputs
