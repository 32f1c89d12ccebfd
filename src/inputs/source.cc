// SPDX-License-Identifier: Apache-2.0
// Template files, read whole.
#include "inputs/source.h"

#include "base/patient_read.h"

#include <cerrno>
#include <utility>

namespace indexrun::inputs {
namespace {

Error failed(const std::string& path, int number, bool from_item, std::size_t limit) {
  Error error{.failure = from_item ? Failure::kItem : Failure::kConfig,
              .stage = "inputs",
              .object = path,
              .problem = "cannot be read",
              .system_error = number};
  if (number == EFBIG) {
    error.problem = "is longer than " + std::to_string(limit >> 20) + " MiB";
    error.system_error = 0;
    error.hint = "name a smaller file: it is read whole and expanded";
  } else if (may_pass(number)) {
    error.failure = Failure::kInput;
  } else if (number == ENOENT) {
    error.hint =
        "a relative path of a template file starts from the directory indexrun was "
        "started in, also with --chdir";
  }
  return error;
}

}  // namespace

Result<std::string> read_source(const std::string& path, bool from_item, std::size_t limit) {
  PatientContent content = read_patiently(path, limit);
  if (!content.end.fine()) {
    return content.end.to_error(failed(path, content.end.error, from_item, limit));
  }
  return std::move(content.bytes);
}

}  // namespace indexrun::inputs
