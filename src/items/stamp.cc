// SPDX-License-Identifier: Apache-2.0
#include "items/stamp.h"

#include "items/checks.h"
#include "items/file.h"

#include <string>

namespace indexrun::items {
namespace {

std::string path_of(const Spec& spec) {
  if (const std::string* path = list_path(spec.source)) {
    return *path == "-" ? "" : *path;
  }
  if (const auto* directory = std::get_if<Directory>(&spec.source)) {
    // The files of a mounted volume lie behind this link.
    const std::string data = directory->path + "/..data/.";
    struct stat status {};
    return stat(data.c_str(), &status) == 0 ? data : directory->path;
  }
  return {};
}

bool same(const struct stat& one, const struct stat& other) {
  return one.st_dev == other.st_dev && one.st_ino == other.st_ino && one.st_size == other.st_size &&
         one.st_mtim.tv_sec == other.st_mtim.tv_sec && one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

}  // namespace

Stamp::Stamp(const Spec& spec) : path_(path_of(spec)) {
  if (!path_.empty()) {
    // A path that leads nowhere is for whoever opens it to report.
    static_cast<void>(stat(path_.c_str(), &status_));
  }
}

Result<void> Stamp::check() const {
  struct stat now {};
  if (path_.empty() || (stat(path_.c_str(), &now) == 0 && same(status_, now))) {
    return {};
  }
  return list_changed(path_);
}

}  // namespace indexrun::items
