// SPDX-License-Identifier: Apache-2.0
#include "launch/oom.h"

#include "base/decimal.h"
#include "base/file.h"

#include <algorithm>
#include <array>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::launch {

namespace {

/// Both files are shorter.
constexpr std::size_t kLongest = 4096;

template <typename Visit>
void each_line(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::optional<std::uint64_t> read_kills(int fd) {
  std::array<char, kLongest> buffer;
  const ssize_t size = ::pread(fd, buffer.data(), buffer.size(), 0);
  return size > 0 ? find_oom_kills({buffer.data(), static_cast<std::size_t>(size)}) : std::nullopt;
}

/// With a cgroup namespace the group is the root of what is mounted; without one the runtime mounts
/// the group itself, though its path is that of the host. On a host the path leads there.
UniqueFd open_counter(std::string_view root, std::string_view group, std::string_view file) {
  for (const std::string_view path : {group, std::string_view()}) {
    UniqueFd fd =
        open_file(std::string(root).append(path).append("/").append(file), O_RDONLY | O_NOCTTY);
    if (fd.valid()) {
      return fd;
    }
  }
  return {};
}

}  // namespace

std::optional<std::uint64_t> find_oom_kills(std::string_view text) {
  constexpr std::string_view kKey = "oom_kill ";
  std::optional<std::uint64_t> kills;
  each_line(text, [&](std::string_view line) {
    if (line.starts_with(kKey)) {
      kills = parse_decimal(line.substr(kKey.size()));
    }
  });
  return kills;
}

std::optional<std::string_view> find_cgroup(std::string_view text, std::string_view controller) {
  std::optional<std::string_view> found;
  each_line(text, [&](std::string_view line) {  // "4:memory:/path", "0::/path"
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string_view::npos ? first : line.find(':', first + 1);
    if (second == std::string_view::npos) {
      return;
    }
    const std::string_view controllers = line.substr(first + 1, second - first - 1);
    bool listed = controllers == controller;
    for (std::string_view rest = controllers; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      listed = listed || rest.substr(0, comma) == controller;
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (listed && !found) {
      found = line.substr(second + 1);
    }
  });
  return found;
}

OomCounter OomCounter::open() {
  OomCounter counter;
  const FileContent groups = read_file("/proc/self/cgroup", std::size_t{64} * 1024);
  if (const auto v1 = find_cgroup(groups.bytes, "memory")) {
    counter.fd_ = open_counter("/sys/fs/cgroup/memory", *v1, "memory.oom_control");
  } else if (const auto v2 = find_cgroup(groups.bytes, "")) {
    counter.fd_ = open_counter("/sys/fs/cgroup", *v2, "memory.events");
  }
  const auto before = counter.fd_.valid() ? read_kills(counter.fd_.get()) : std::nullopt;
  if (!before) {
    counter.fd_.reset();
  }
  counter.before_ = before.value_or(0);
  return counter;
}

std::optional<std::uint64_t> OomCounter::kills() const {
  const auto now = fd_.valid() ? read_kills(fd_.get()) : std::nullopt;
  return now && *now >= before_ ? std::optional(*now - before_) : std::nullopt;
}

}  // namespace indexrun::launch
