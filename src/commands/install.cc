// SPDX-License-Identifier: Apache-2.0
// This executable as a file of another place.
#include "base/atomic_file.h"
#include "base/file.h"
#include "commands/commands.h"

#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::commands {

namespace {

constexpr mode_t kMode = 0755;
constexpr const char* kSelf = "/proc/self/exe";

Error unreadable(int number) {
  return Error{.failure = Failure::kInput,
               .stage = "install",
               .object = kSelf,
               .problem = "this executable cannot be read",
               .system_error = number,
               .hint = number == ENOENT ? "mount /proc" : ""};
}

Result<void> copy(int from, AtomicFile& to) {
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    const ssize_t n = read_fully(from, buffer.data(), buffer.size());
    if (n < 0) {
      return unreadable(errno);
    }
    if (n == 0) {
      return {};
    }
    CHECK(to.write(std::string_view(buffer.data(), static_cast<std::size_t>(n))));
  }
}

// As with cp and install(1), a directory means the same name inside it.
std::string target_of(const std::string& path) {
  struct stat info {};
  const bool directory = ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
  return directory ? path + (path.ends_with('/') ? "indexrun" : "/indexrun") : path;
}

}  // namespace

Result<int> install(Session& session) {
  const UniqueFd self = open_file(kSelf, O_RDONLY);
  if (!self.valid()) {
    return unreadable(errno);
  }
  TRY(AtomicFile file, AtomicFile::create("install", target_of(session.options.install_path)));
  CHECK(copy(self.get(), file));
  CHECK(file.commit(kMode));
  return 0;
}

}  // namespace indexrun::commands
