// SPDX-License-Identifier: Apache-2.0
// Paths and contents of output files.
#include "inputs/outputs.h"

#include "base/quote.h"
#include "inputs/paths.h"
#include "inputs/source.h"
#include "inputs/whole_share.h"

#include <cstddef>
#include <utility>

namespace indexrun::inputs {
namespace {

std::string_view option_of(const Output& output) {
  switch (output.content) {
    case Output::Content::kItem:
      return "--write";
    case Output::Content::kText:
      return "--write-text";
    case Output::Content::kRender:
      return "--render";
  }
  return "";
}

Result<std::string> render(const Spec& spec, const Output& output, const Expander& expander) {
  TRY(const std::string source, expander.path(output.text, {.what = "--render"}));
  TRY(std::string content, read_source(source, source != output.text, kLargestRender));
  const templates::Style style{
      .open = spec.delimiters.first, .close = spec.delimiters.second, .nameless = false};
  return expander.file(content, source, style);
}

/// Fills in what the file is to hold.
Result<void> add_content(OutputFile& file, const Output& output, const Written& written,
                         const Expander& expander, const Spec& spec) {
  switch (output.content) {
    case Output::Content::kItem:
      if (written.share != nullptr) {
        TRY(file.share_bytes, measure_lines(*written.share));
      } else {
        file.content = written.item.text + '\n';
      }
      return {};
    case Output::Content::kText: {
      TRY(file.content, expander.bytes(output.text, {.what = "--write-text", .name = output.path}));
      return {};
    }
    case Output::Content::kRender: {
      TRY(file.content, render(spec, output, expander));
      return {};
    }
  }
  return {};
}

Error conflict(const OutputFile& first, const OutputFile& second, std::string_view problem) {
  return Error{.failure = Failure::kConfig,
               .stage = "inputs",
               .object = second.path,
               .problem = std::string(problem) + quote(first.path),
               .hint = "give each output a path of its own"};
}

}  // namespace

Result<std::vector<OutputFile>> expand_outputs(const Spec& spec, const Written& written,
                                               const Expander& expander,
                                               std::string_view directory) {
  std::vector<OutputFile> files;
  files.reserve(spec.outputs.size());
  for (const Output& output : spec.outputs) {
    TRY(const std::string path, expander.path(output.path, {.what = option_of(output)}));
    OutputFile file{beneath(directory, path), {}, spec.write_mode};
    CHECK(add_content(file, output, written, expander, spec));
    files.push_back(std::move(file));
  }
  return files;
}

Result<std::optional<std::string>> item_file(const Spec& spec,
                                             const std::vector<OutputFile>& files) {
  for (std::size_t i = 0; i < spec.outputs.size(); ++i) {
    if (spec.outputs[i].content == Output::Content::kItem) {
      TRY(std::string path, absolute(files[i].path));
      return std::optional(std::move(path));
    }
  }
  return std::optional<std::string>();
}

Result<void> check_distinct(const std::vector<OutputFile>& files) {
  if (files.size() < 2) {
    return {};
  }
  std::vector<std::string> spelled;
  spelled.reserve(files.size());
  for (const OutputFile& file : files) {
    TRY(const std::string path, absolute(file.path));
    spelled.push_back(one_spelling(path));
  }
  for (std::size_t second = 1; second < files.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      const std::string& a = spelled[first];
      const std::string& b = spelled[second];
      if (a == b) {
        return conflict(files[first], files[second], "is the same file as the output ");
      }
      if (b.starts_with(a + '/') || a.starts_with(b + '/')) {
        return conflict(files[first], files[second],
                        "cannot be written, as one is the directory of the other, beside ");
      }
    }
  }
  return {};
}

}  // namespace indexrun::inputs
