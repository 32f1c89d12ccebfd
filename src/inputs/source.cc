// SPDX-License-Identifier: Apache-2.0
// Template files, read whole.
#include "inputs/source.h"

#include "base/file.h"

#include <cerrno>
#include <utility>

namespace indexrun::inputs {
namespace {

bool is_lasting(int number) {
  return number == ENOENT || number == ENOTDIR || number == EISDIR || number == EACCES ||
         number == ELOOP || number == ENAMETOOLONG;
}

}  // namespace

Result<std::string> read_source(const std::string& path, bool from_item) {
  FileContent content = read_file(path);
  if (content.error == 0) {
    return std::move(content.bytes);
  }
  Error error{.failure = Failure::kInput,
              .stage = "inputs",
              .object = path,
              .problem = "cannot be read",
              .system_error = content.error};
  if (is_lasting(content.error)) {
    error.failure = from_item ? Failure::kItem : Failure::kConfig;
    error.hint =
        "relative paths of template files start from the directory indexrun was started "
        "in, also with --chdir";
  }
  return error;
}

}  // namespace indexrun::inputs
