// SPDX-License-Identifier: Apache-2.0
// Matching component by component. Not glob(3): in a static program it brings along the lookup of
// user names, for ~, and it sorts by the locale.
#include "items/glob.h"

#include "base/file.h"
#include "base/quote.h"
#include "items/entries.h"
#include "items/file_bytes.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>

namespace indexrun::items {
namespace {

constexpr const char* kOption = "--glob";

bool is_pattern(std::string_view component) {
  return component.find_first_of("*?[") != std::string_view::npos;
}

class Paths final : public Reader {
 public:
  /// Finds what matches `rest` under `prefix`, which is empty or ends with a slash.
  Result<void> find(const std::string& prefix, std::string_view rest);
  void sort() { std::ranges::sort(paths_); }
  [[nodiscard]] bool empty() const { return paths_.empty(); }

  Result<std::uint64_t> skip(std::uint64_t count) override {
    const std::uint64_t passed = std::min<std::uint64_t>(count, paths_.size() - position_);
    position_ += passed;
    return passed;
  }
  Result<std::optional<Item>> next() override {
    if (position_ == paths_.size()) {
      return std::optional<Item>{};
    }
    Item item;
    item.text = paths_[position_++];
    item.origin = name_;
    return std::optional(std::move(item));
  }
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] bool distinct() const override { return true; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Result<void> take(const std::string& path, std::string_view rest);

  std::vector<std::string> paths_;
  std::size_t position_ = 0;
  std::string name_ = kOption;
};

Error unreadable(const std::string& path, int number) {
  return Error{.failure = failure_of_read(number),
               .stage = "items",
               .object = path,
               .problem = std::string("cannot be read for ") + kOption,
               .system_error = number};
}

/// One component matched `path`: a file at the end of the pattern, else a directory to go into.
Result<void> Paths::take(const std::string& path, std::string_view rest) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) {
    const int number = errno;
    const bool missing = number == ENOENT || number == ENOTDIR;
    // A link that leads nowhere has a name that matches: leaving it out would shift the numbers.
    const bool named = rest.empty() && lstat(path.c_str(), &status) == 0;
    return missing && !named ? Result<void>() : unreadable(path, number);
  }
  if (rest.empty() && S_ISREG(status.st_mode)) {
    paths_.push_back(path);
  }
  return !rest.empty() && S_ISDIR(status.st_mode) ? find(path, rest) : Result<void>();
}

Result<void> Paths::find(const std::string& prefix, std::string_view rest) {
  // The slashes that follow a component belong to the prefix of the next one.
  std::string base = prefix;
  const std::size_t slashes = std::min(rest.find_first_not_of('/'), rest.size());
  base.append(rest.substr(0, slashes));
  rest.remove_prefix(slashes);
  const std::string component(rest.substr(0, rest.find('/')));
  rest.remove_prefix(component.size());
  if (!is_pattern(component)) {
    return take(base + component, rest);
  }
  const std::string directory = base.empty() ? "." : base;
  const UniqueFd fd = open_file(directory, O_RDONLY | O_DIRECTORY);
  if (!fd.valid()) {
    return errno == ENOENT || errno == ENOTDIR ? Result<void>() : unreadable(directory, errno);
  }
  Entries entries(fd.get());
  while (const dirent* entry = entries.next()) {
    if (fnmatch(component.c_str(), entry->d_name, FNM_NOESCAPE | FNM_PERIOD) == 0) {
      CHECK(take(base + entry->d_name, rest));
    }
  }
  return entries.error() == 0 ? Result<void>() : unreadable(directory, entries.error());
}

Error refused(std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = kOption,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

Result<std::unique_ptr<Reader>> open_glob(const std::string& pattern) {
  if (pattern.find("**") != std::string::npos) {
    return refused("found ** in " + quote(pattern) + ", expected * within one folder",
                   "write one */ for each level of folders");
  }
  if (!is_pattern(pattern)) {
    return refused(
        "found no *, ? or [...] in " + quote(pattern),
        "quote the pattern, so that no shell replaces it by files; to name one file give "
        "--items");
  }
  auto paths = std::make_unique<Paths>();
  CHECK(paths->find("", pattern));
  if (paths->empty()) {
    const bool of_a_shell = pattern.find_first_of("{~$") != std::string::npos;
    return refused("no file matches " + quote(pattern),
                   of_a_shell ? "{a,b}, ~ and $NAME are ordinary text, only *, ? and [...] are not"
                              : "names that begin with a dot, and folders, do not match");
  }
  paths->sort();
  return std::unique_ptr<Reader>(std::move(paths));
}

}  // namespace indexrun::items
