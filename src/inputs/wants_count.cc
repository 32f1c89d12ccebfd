// SPDX-License-Identifier: Apache-2.0
// Does any template need to know how many items there are?
#include "base/file.h"
#include "inputs/expand.h"
#include "inputs/source.h"
#include "templates/expand.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include <sys/stat.h>

namespace indexrun::inputs {
namespace {

using templates::mentions_count;

/// A pipe can be read only once, and a path with a placeholder has no file yet. What cannot be read
/// is reported when it is needed.
bool file_wants_count(const std::string& path, const templates::Style& style, std::size_t limit) {
  struct stat info {};
  if (path.find('{') != std::string::npos) {
    return true;
  }
  if (::stat(path.c_str(), &info) != 0) {
    return false;
  }
  return !S_ISREG(info.st_mode) || mentions_count(read_file(path, limit).bytes, style);
}

bool output_wants_count(const Spec& spec, const Output& output) {
  if (mentions_count(output.path)) {
    return true;
  }
  switch (output.content) {
    case Output::Content::kItem:
      return false;
    case Output::Content::kText:
      return mentions_count(output.text);
    case Output::Content::kRender:
      return file_wants_count(
          output.text,
          {.open = spec.delimiters.first, .close = spec.delimiters.second, .nameless = false},
          kLargestRender);
  }
  return false;
}

}  // namespace

bool wants_count(const Spec& spec) {
  if (!spec.expand) {
    return false;
  }
  const auto text = [](const std::string& template_text) { return mentions_count(template_text); };
  const auto given = [](const auto& template_text) {
    return template_text && mentions_count(*template_text);
  };
  const auto streams = [](const auto& stream) { return stream && mentions_count(stream->path); };
  return std::any_of(spec.command.begin(), spec.command.end(), text) ||
         std::any_of(spec.gates.begin(), spec.gates.end(), text) ||
         std::any_of(spec.variables.begin(), spec.variables.end(),
                     [](const Variable& variable) { return mentions_count(variable.value); }) ||
         streams(spec.standard_output) || streams(spec.standard_error) || given(spec.write_env) ||
         given(spec.stdin_text) || given(spec.directory) || given(spec.private_tmp) ||
         given(spec.private_home) ||
         std::any_of(spec.access.begin(), spec.access.end(),
                     [](const Access& access) { return mentions_count(access.path); }) ||
         std::any_of(spec.outputs.begin(), spec.outputs.end(),
                     [&](const Output& output) { return output_wants_count(spec, output); }) ||
         std::any_of(spec.env_files.begin(), spec.env_files.end(), [](const std::string& path) {
           return file_wants_count(path, {}, kLargestEnvFile);
         });
}

}  // namespace indexrun::inputs
