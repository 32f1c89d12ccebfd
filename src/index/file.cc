// SPDX-License-Identifier: Apache-2.0
// Reading an index file in either of its two forms.
#include "index/file.h"

#include "base/log.h"
#include "base/patient_read.h"
#include "index/annotations.h"
#include "index/number.h"

#include <cerrno>
#include <string_view>

namespace indexrun::index {
namespace {

constexpr std::size_t kLargestFile = std::size_t{1} << 20;

Error bad_file(const std::string& path, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = path,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Error unreadable(const std::string& path, int number) {
  Error error = bad_file(path, "cannot read the index file");
  error.system_error = number;
  if (may_pass(number)) {
    error.failure = Failure::kInput;
  } else if (number == EFBIG) {
    error.problem = "is larger than 1 MiB, expected a number or a dump of the pod's annotations";
    error.system_error = 0;
  } else if (number == EISDIR) {
    error.hint = "name the file in it; a subPath that does not exist is mounted as a directory";
  } else if (number == ENOENT) {
    error.hint = "mount a downwardAPI volume there with fieldPath metadata.annotations['" +
                 std::string(kIndexKey) + "']";
  }
  return error;
}

Result<std::uint64_t> read_dump(const std::string& path, std::string_view dump) {
  TRY(const auto value, find_annotation(dump, kIndexKey, path));
  if (!value) {
    return bad_file(path, "holds no " + std::string(kIndexKey),
                    "the pod is not one of an Indexed Job: set completionMode: Indexed");
  }
  LOG_HOW(path + " is a dump that holds " + std::string(kIndexKey));
  return read_number(*value, path);
}

}  // namespace

Result<std::uint64_t> read_index_file(const std::string& path) {
  const PatientContent content = read_patiently(path, kLargestFile);
  if (!content.end.fine()) {
    return content.end.to_error(unreadable(path, content.end.error));
  }
  std::string_view text = content.bytes;
  if (text.empty()) {
    return bad_file(path, "is empty, expected a number or a dump of the pod's annotations",
                    "the downward API writes an empty file when the pod is not one of an Indexed "
                    "Job (completionMode: Indexed), or when the fieldPath is misspelled");
  }
  if (text.find('=') != std::string_view::npos) {
    return read_dump(path, text);
  }
  if (text.ends_with('\n')) {
    text.remove_suffix(text.ends_with("\r\n") ? 2 : 1);
  }
  return read_number(text, path);
}

}  // namespace indexrun::index
