// SPDX-License-Identifier: Apache-2.0
#include "share/outputs.h"

#include "inputs/paths.h"

namespace indexrun::share {

namespace {

bool is_within(const std::string& path, const std::string& directory) {
  return path.size() > directory.size() && path.starts_with(directory) &&
         path[directory.size()] == '/';
}

}  // namespace

Result<std::vector<std::string>> output_paths(const inputs::Inputs& inputs) {
  std::vector<std::string> paths;
  paths.reserve(inputs.files.size());
  for (const inputs::OutputFile& file : inputs.files) {
    TRY(const std::string path, inputs::absolute(file.path));
    paths.push_back(inputs::one_spelling(path));
  }
  return paths;
}

Result<void> check_apart(const Job& job, const Job& other) {
  for (const std::string& mine : job.outputs) {
    for (const std::string& theirs : other.outputs) {
      if (mine == theirs || is_within(mine, theirs) || is_within(theirs, mine)) {
        return Error{.failure = Failure::kConfig,
                     .stage = "share",
                     .object = mine,
                     .problem = "would be written for " + name_of(job.item) + " while " +
                                name_of(other.item) + " still uses it",
                     .hint = "give each item or slot an output of its own, with {index} or {slot}"};
      }
    }
  }
  return {};
}

}  // namespace indexrun::share
