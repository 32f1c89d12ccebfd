// SPDX-License-Identifier: Apache-2.0
// Opening a folder of items and numbering what is in it.
#include "items/folder.h"

#include "base/decimal.h"
#include "base/file.h"
#include "base/quote.h"
#include "items/entries.h"
#include "items/file_bytes.h"
#include "items/nth_name.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>

namespace indexrun::items {
namespace {

Error unreadable(const std::string& path, int number) {
  Error error{.failure = failure_of_read(number),
              .stage = "items",
              .object = path,
              .problem = "cannot read the directory of items",
              .system_error = number};
  if (number == ENOTDIR) {
    error.hint = "a list in one file is given with --items-file";
  } else if (number == ENOENT) {
    error.hint = "mount the ConfigMap or volume there, or correct --items-dir";
  }
  return error;
}

Error not_an_item(const std::string& path, const char* name, const char* problem, int number) {
  return Error{.failure = number == 0 ? Failure::kConfig : failure_of_read(number),
               .stage = "items",
               .object = path + "/" + name,
               .problem = problem,
               .system_error = number,
               .hint = "keep only the files of the items in the directory"};
}

/// Every entry must be a regular file, perhaps behind a link.
Result<void> check_entry(const std::string& path, int fd, const dirent& entry) {
  if (entry.d_type == DT_REG) {
    return {};
  }
  struct stat status {};
  if (fstatat(fd, entry.d_name, &status, 0) != 0) {
    return not_an_item(path, entry.d_name, "cannot look at the item", errno);
  }
  if (S_ISDIR(status.st_mode)) {
    return not_an_item(path, entry.d_name, "is a directory, expected one file per item", 0);
  }
  if (!S_ISREG(status.st_mode)) {
    return not_an_item(path, entry.d_name, "is not a regular file", 0);
  }
  return {};
}

}  // namespace

// A mounted volume that is being replaced is empty for a moment before it is gone: what changed
// under the survey is looked at again, and what still changes is for changed() to tell.
Result<Folder> Folder::open(const std::string& path) {
  constexpr int kTries = 8;
  for (int tried = 1;; ++tried) {
    TRY(Folder folder, look_at(path));
    const auto surveyed = folder.survey();
    if (tried < kTries && folder.changed()) {
      continue;
    }
    CHECK(surveyed);
    CHECK(folder.check_numbers());
    return folder;
  }
}

Result<Folder> Folder::look_at(const std::string& path) {
  constexpr const char* kData = "..data";
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  Folder folder;
  folder.path_ = path;
  folder.fd_ = open_existing(path, kFlags);
  if (!folder.fd_.valid()) {
    return unreadable(path, errno);
  }
  // A link in a mounted volume. A folder of that name is the copy of one, and not what is in use.
  struct stat data {};
  if (fstatat(folder.fd_.get(), kData, &data, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(data.st_mode)) {
    UniqueFd fd(openat(folder.fd_.get(), kData, kFlags));
    folder.fd_ = fd.valid() ? std::move(fd) : std::move(folder.fd_);
  }
  if (fstat(folder.fd_.get(), &folder.status_) != 0) {
    return unreadable(path, errno);
  }
  return folder;
}

Result<void> Folder::survey() {
  Entries entries(fd_.get());
  while (const dirent* entry = entries.next()) {
    CHECK(check_entry(path_, fd_.get(), *entry));
    const std::string_view name = entry->d_name;
    width_ = count_ == 0 || width_ == name.size() ? name.size() : 0;
    const auto number = decimal_ ? parse_decimal(name) : std::nullopt;
    decimal_ = decimal_ && name.find_first_not_of("0123456789") == std::string_view::npos;
    canonical_ = canonical_ && (name == "0" || name[0] != '0');
    highest_ = std::max(highest_, number.value_or(decimal_ ? UINT64_MAX : 0));
    if (count_++ < kKeptNames) {
      few_.emplace_back(name);
    }
  }
  if (entries.error() != 0) {
    return unreadable(path_, entries.error());
  }
  if (count_ > kKeptNames) {
    few_ = {};
  }
  std::ranges::sort(few_);
  return {};
}

/// Different names without leading zeros, or of the same width, are different numbers; if the
/// highest of n different numbers is n-1, they are 0 to n-1.
Result<void> Folder::check_numbers() const {
  if (!decimal_ || count_ == 0) {
    return {};
  }
  const bool unique = canonical_ || width_ != 0;
  if (unique && highest_ == count_ - 1) {
    return {};
  }
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = path_,
               .problem = "all names are numbers, but they are not exactly 0 to " +
                          std::to_string(count_ - 1) + " (highest: " + std::to_string(highest_) +
                          (unique ? ")" : "; some have leading zeros)"),
               .hint = "name the files 0 to " + std::to_string(count_ - 1) +
                       ", or give them names that are not all numbers"};
}

Result<std::string> Folder::name(std::uint64_t position) const {
  if (decimal_) {
    std::string number = std::to_string(position);
    number.insert(0, width_ > number.size() ? width_ - number.size() : 0, '0');
    return number;
  }
  if (!few_.empty()) {
    return few_[position];
  }
  NthName found = nth_name(fd_.get(), position);
  if (found.error != 0) {
    return unreadable(path_, found.error);
  }
  return std::move(found.name);
}

Result<std::vector<std::string>> Folder::names() const {
  std::vector<std::string> names;
  if (decimal_) {
    for (std::uint64_t position = 0; position < count_; ++position) {
      TRY(names.emplace_back(), name(position));
    }
    return names;
  }
  Entries entries(fd_.get());
  while (const dirent* entry = entries.next()) {
    names.emplace_back(entry->d_name);
  }
  if (entries.error() != 0) {
    return unreadable(path_, entries.error());
  }
  std::ranges::sort(names);
  return names;
}

bool Folder::changed() const {
  struct stat now {};
  return fstat(fd_.get(), &now) != 0 || now.st_nlink == 0 ||
         now.st_mtim.tv_sec != status_.st_mtim.tv_sec ||
         now.st_mtim.tv_nsec != status_.st_mtim.tv_nsec;
}

}  // namespace indexrun::items
