// SPDX-License-Identifier: Apache-2.0
#include "launch/resolve.h"

#include "base/log.h"
#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

constexpr std::string_view kDefaultPath = "/bin:/usr/bin";  // confstr(3), _CS_PATH
constexpr std::array<std::string_view, 5> kSubcommands{"run", "stage", "show", "count", "install"};

/// 0 if `path` is a file that this process may execute, else the errno execve(2) would give.
int executable(int directory, const std::string& path) {
  if (::faccessat(directory, path.c_str(), X_OK, 0) != 0) {
    return errno;
  }
  struct stat status {};
  if (::fstatat(directory, path.c_str(), &status, 0) != 0) {
    return errno;
  }
  return S_ISREG(status.st_mode) ? 0 : EACCES;
}

/// A program that is there, but not for us: neither a directory of that name nor a directory of
/// PATH that this user may not search.
bool blocked_file(int directory, const std::string& path) {
  struct stat status {};
  return ::fstatat(directory, path.c_str(), &status, 0) == 0 && S_ISREG(status.st_mode);
}

Error not_found(const std::string& command, std::string where, int number) {
  const bool ours =
      std::find(kSubcommands.begin(), kSubcommands.end(), command) != kSubcommands.end();
  return Error{.failure = Failure::kNotfound,
               .stage = "launch",
               .object = command,
               .problem = "the program was not found" + std::move(where),
               .system_error = number,
               .hint = ours ? "to use indexrun's own " + quote(command) +
                                  " write it as the very first argument"
                            : ""};
}

std::string join(std::string_view directory, const std::string& command) {
  if (directory.empty()) {
    return command;  // the working directory
  }
  std::string path(directory);
  if (path.back() != '/') {
    path += '/';
  }
  return path + command;
}

Result<std::string> search(const std::string& command, std::string_view path, int directory) {
  std::string blocked;
  for (std::string_view rest = path;;) {
    const std::size_t colon = rest.find(':');
    std::string candidate = join(rest.substr(0, colon), command);
    const int number = executable(directory, candidate);
    if (number == 0) {
      // Without a slash execve(2) means the working directory all the same.
      return candidate;
    }
    if (number == EACCES && blocked.empty() && blocked_file(directory, candidate)) {
      blocked = std::move(candidate);
    }
    if (colon == std::string_view::npos) {
      break;
    }
    rest.remove_prefix(colon + 1);
  }
  if (!blocked.empty()) {
    return Error{.failure = Failure::kNoexec,
                 .stage = "launch",
                 .object = blocked,
                 .problem = "found in PATH, but this user may not execute it",
                 .system_error = EACCES,
                 .hint = "chmod +x it, or set defaultMode: 0755 on its volume"};
  }
  return not_found(command, " in PATH " + quote(path, 200), 0);
}

}  // namespace

Result<std::string> resolve(const std::string& command, const Environment& environment,
                            int directory) {
  if (command.empty()) {
    return not_found("COMMAND", ": its name is empty", 0);
  }
  if (command.find('/') == std::string::npos) {
    TRY(std::string path,
        search(command, environment.get("PATH").value_or(kDefaultPath), directory));
    LOG_HOW("launch: " + quote(command) + " is " + printable(path));
    return path;
  }
  const int number = executable(directory, command);
  if (number == ENOENT) {
    return not_found(command, "", number);
  }
  if (number != 0 && number != EBADF) {
    return exec_failure(command, directory, number);
  }
  return command;
}

}  // namespace indexrun::launch
