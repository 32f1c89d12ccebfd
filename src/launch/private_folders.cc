// SPDX-License-Identifier: Apache-2.0
#include "launch/private_folders.h"

#include "base/fd.h"
#include "base/file.h"
#include "base/log.h"
#include "base/quote.h"
#include "launch/directories.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

Error not_made(std::string_view variable, const std::string& path, int number) {
  return Error{.failure = Failure::kInput,
               .stage = "launch",
               .object = variable == "HOME" ? "--private-home" : "--private-tmp",
               .problem = "no directory can be made in " + quote(path),
               .system_error = number,
               .hint = number == EROFS || number == EACCES
                           ? "name a directory of a writable volume, such as an emptyDir"
                           : ""};
}

}  // namespace

Result<PrivateFolders> PrivateFolders::make(const inputs::Inputs& inputs,
                                            const confine::Prepared& prepared) {
  PrivateFolders folders;
  if (inputs.private_tmp) {
    CHECK(folders.add("TMPDIR", *inputs.private_tmp, prepared));
  }
  if (inputs.private_home) {
    CHECK(folders.add("HOME", *inputs.private_home, prepared));
  }
  return folders;
}

Result<void> PrivateFolders::add(std::string_view variable, const std::string& parent,
                                 const confine::Prepared& prepared) {
  const confine::Identity* owner = prepared.identity ? &*prepared.identity : nullptr;
  if (const int number = make_directories(parent + "/", owner); number != 0) {
    return not_made(variable, parent, number);
  }
  // Absolute, as we may have left this directory by the time it is removed, and the program may go
  // elsewhere.
  std::array<char, PATH_MAX> real;
  if (::realpath(parent.c_str(), real.data()) == nullptr) {
    return not_made(variable, parent, errno);
  }
  const std::string above(real.data());
  std::string path = (above == "/" ? "" : above) + "/indexrun-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) {
    return not_made(variable, parent, errno);
  }
  const UniqueFd made = open_file(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  struct stat status {};
  if (!made.valid() || ::fstat(made.get(), &status) != 0) {
    return not_made(variable, parent, errno);
  }
  folders_.push_back(
      {variable, std::string(variable) + "=" + path, {status.st_dev, status.st_ino}});
  if (owner != nullptr && ::fchown(made.get(), owner->uid, owner->gid) != 0) {
    return not_made(variable, parent, errno);
  }
  return {};
}

PrivateFolders& PrivateFolders::operator=(PrivateFolders&& other) noexcept {
  if (this != &other) {
    remove();
    folders_ = std::exchange(other.folders_, {});
  }
  return *this;
}

PrivateFolders::~PrivateFolders() {
  remove();
}

void PrivateFolders::remove() {
  for (const Folder& folder : folders_) {
    int number = remove_tree(folder.path(), folder.identity);
    // What the program left running may have been writing.
    for (int again = 0; again < 3 && number == ENOTEMPTY; ++again) {
      number = remove_tree(folder.path(), folder.identity);
    }
    if (number != 0 && number != ENOENT) {
      log::warning("launch: " + quote(folder.path()) +
                   " cannot be removed: " + system_error_text(number));
    }
  }
  folders_.clear();
}

}  // namespace indexrun::launch
