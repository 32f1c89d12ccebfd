// SPDX-License-Identifier: Apache-2.0
// A worker whose output is its source would leave the next one a source of its own making.
#include "inputs/own_sources.h"

#include "base/atomic_file.h"
#include "base/quote.h"
#include "inputs/paths.h"

#include <optional>
#include <string>
#include <utility>

#include <fnmatch.h>
#include <sys/stat.h>

namespace indexrun::inputs {
namespace {

/// What stands at a path now, or will as soon as the missing directories on it are made; nothing if
/// there is nothing.
using Location = std::optional<struct stat>;

Result<Location> location_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) {
    return Location(info);
  }
  // "missing/../file" leads somewhere once the parents of the output are made.
  if (path.find("..") != std::string::npos) {
    TRY(const std::string whole, absolute(path));
    if (::stat(one_spelling(whole).c_str(), &info) == 0) {
      return Location(info);
    }
  }
  return Location();
}

bool same(const Location& a, const struct stat& b) {
  return a && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

struct Source {
  std::string path;
  struct stat info;
};

Result<std::vector<Source>> sources_of(const Spec& spec, const Expander& expander) {
  std::vector<std::string> paths = spec.sources;
  for (const Output& output : spec.outputs) {
    if (output.content == Output::Content::kRender) {
      TRY(std::string path, expander.path(output.text, {.what = "--render"}));
      paths.push_back(std::move(path));
    }
  }
  for (const std::string& text : spec.env_files) {
    TRY(std::string path, expander.path(text, {.what = "--env-file"}));
    paths.push_back(std::move(path));
  }
  std::vector<Source> sources;
  sources.reserve(paths.size());
  for (std::string& path : paths) {
    TRY(const Location location, location_of(path));
    if (location) {
      sources.push_back({std::move(path), *location});
    }
  }
  return sources;
}

/// What is wrong with an output at `path` beside `source`; empty if nothing is.
Result<std::string> problem_of(const std::string& path, const Source& source) {
  if (!S_ISDIR(source.info.st_mode)) {
    TRY(const Location location, location_of(path));
    return same(location, source.info)
               ? "is the same file as " + quote(source.path) + ", which the workers use themselves"
               : std::string();
  }
  // A link may stand in the directory, or lead into it.
  for (const std::string& spelled : {path, follow_links(path).path}) {
    TRY(const Location parent, location_of(parent_of(spelled)));
    if (same(parent, source.info)) {
      return "lies in " + quote(source.path) + ", whose files the workers read";
    }
  }
  return std::string();
}

/// Whether a worker that comes later would take a file at `path` for an item.
Result<bool> matches(const std::string& path, const std::string& pattern) {
  TRY(const std::string file, absolute(path));
  TRY(const std::string files, absolute(pattern));
  return fnmatch(one_spelling(files).c_str(), one_spelling(file).c_str(),
                 FNM_PATHNAME | FNM_PERIOD | FNM_NOESCAPE) == 0;
}

Error refused(const std::string& path, std::string problem) {
  return Error{.failure = Failure::kConfig,
               .stage = "inputs",
               .object = path,
               .problem = std::move(problem),
               .hint =
                   "give the output a path of its own, so that no worker reads what another one "
                   "wrote"};
}

}  // namespace

Result<void> check_own_sources(const Spec& spec, const Expander& expander,
                               const std::vector<OutputFile>& files) {
  if (files.empty()) {
    return {};
  }
  TRY(const std::vector<Source> sources, sources_of(spec, expander));
  for (const OutputFile& file : files) {
    if (!spec.source_pattern.empty()) {
      TRY(const bool matching, matches(file.path, spec.source_pattern));
      if (matching) {
        return refused(file.path, "matches " + quote(spec.source_pattern) +
                                      ", so it would be one more item for other workers");
      }
    }
    for (const Source& source : sources) {
      TRY(std::string problem, problem_of(file.path, source));
      if (!problem.empty()) {
        return refused(file.path, std::move(problem));
      }
    }
  }
  return {};
}

}  // namespace indexrun::inputs
