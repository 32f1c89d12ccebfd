// SPDX-License-Identifier: Apache-2.0
// The path is walked as the kernel does it, so that every link and folder on it is known.
#include "gates/folders.h"

#include "base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

#include <linux/magic.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace indexrun::gates {

namespace {

constexpr int kMostLinks = 40;
constexpr std::uint32_t kMoved = IN_DELETE_SELF | IN_MOVE_SELF;
constexpr std::uint32_t kNames = IN_CREATE | IN_MOVED_TO | kMoved;
constexpr std::uint32_t kContent = kNames | IN_MODIFY | IN_CLOSE_WRITE;

/// All changes go through this kernel, which tells of them. Network file systems, and what another
/// program serves, change behind its back.
bool tells(const std::string& folder) {
  // Not in linux/magic.h: their own headers have them.
  constexpr std::uint64_t kXfs = 0x58465342;
  constexpr std::uint64_t kZfs = 0x2fc12fc1;
  constexpr std::uint64_t kBcachefs = 0xca451a4e;
  constexpr std::uint64_t kLocal[] = {
      EXT4_SUPER_MAGIC,  TMPFS_MAGIC,      RAMFS_MAGIC, OVERLAYFS_SUPER_MAGIC,
      BTRFS_SUPER_MAGIC, F2FS_SUPER_MAGIC, kXfs,        kZfs,
      kBcachefs,
  };
  struct statfs status {};
  return ::statfs(folder.c_str(), &status) == 0 &&
         std::ranges::find(kLocal, static_cast<std::uint64_t>(status.f_type)) != std::end(kLocal);
}

std::string read_link(const std::string& path) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
  target.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return target;
}

/// Takes the first name off `rest`; empty at its end.
std::string next_name(std::string& rest) {
  const std::size_t begin = std::min(rest.find_first_not_of('/'), rest.size());
  const std::size_t end = std::min(rest.find('/', begin), rest.size());
  std::string name = rest.substr(begin, end - begin);
  rest.erase(0, end);
  return name;
}

}  // namespace

void Folders::enter(const std::string& folder, std::uint32_t events) {
  const int watch = fd_.valid() ? ::inotify_add_watch(fd_.get(), folder.c_str(),
                                                      events | IN_ONLYDIR | IN_MASK_ADD)
                                : -1;
  if (watch < 0) {
    pause_ = kSlowLook;
  } else {
    wanted_.push_back(watch);
  }
}

void Folders::end_at(const std::string& folder) {
  enter(folder, kContent);
  if (!tells(folder)) {
    pause_ = kSlowLook;
  }
}

void Folders::walk(const std::string& path) {
  std::string at = path.starts_with('/') ? "/" : ".";
  std::string rest = path;
  for (int links = 0; links <= kMostLinks;) {
    const std::string name = next_name(rest);
    std::string here = at;
    here.append(at == "/" ? "" : "/").append(name);
    struct stat status {};
    if (name.empty() || ::lstat(here.c_str(), &status) != 0) {
      return end_at(at);
    }
    if (S_ISLNK(status.st_mode)) {
      // Watched before it is read: a link that is turned round in between is told of.
      enter(at, kNames);
      if (!tells(at)) {
        pause_ = kSlowLook;
      }
      std::string target = read_link(here);
      at = target.starts_with('/') ? "/" : at;
      rest.insert(0, target);
      ++links;
    } else if (S_ISDIR(status.st_mode)) {
      at = std::move(here);
      enter(at, kMoved);
    } else {
      return end_at(at);
    }
  }
  pause_ = kSlowLook;
}

void Folders::watch(const std::vector<std::string>& paths) {
  if (paths.empty()) {
    pause_ = Milliseconds(0);
    return;
  }
  if (!fd_.valid()) {
    fd_.reset(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  }
  pause_ = kSafetyLook;
  wanted_.clear();
  for (const std::string& path : paths) {
    walk(path);
  }
  for (const int watch : watched_) {
    if (std::ranges::find(wanted_, watch) == wanted_.end()) {
      ::inotify_rm_watch(fd_.get(), watch);  // or it went with its folder
    }
  }
  watched_.swap(wanted_);
}

void Folders::add_to(Alarms& alarms) const {
  if (pause_ > Milliseconds(0)) {
    alarms.on(fd_.get(), POLLIN);
    alarms.by(Deadline::in(pause_));
  }
}

void Folders::drain() const {
  std::array<char, 4096> events{};
  while (fd_.valid() && ::read(fd_.get(), events.data(), events.size()) > 0) {
  }
}

}  // namespace indexrun::gates
