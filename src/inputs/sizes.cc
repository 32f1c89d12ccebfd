// SPDX-License-Identifier: Apache-2.0
// The kernel's limits on argument and environment strings.
#include "inputs/sizes.h"

#include <algorithm>
#include <string>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

namespace indexrun::inputs {
namespace {

constexpr std::size_t kLeastRoom = std::size_t{128} * 1024;
constexpr std::size_t kMostRoom = std::size_t{6} * 1024 * 1024;

std::string count(std::size_t bytes) {
  return std::to_string(bytes) + " bytes";
}

Error too_large(std::string object, std::string problem) {
  return Error{.failure = Failure::kItem,
               .stage = "inputs",
               .object = std::move(object),
               .problem = std::move(problem),
               .hint =
                   "hand the item over in a file (--write FILE) or on standard input "
                   "(--stdin '{item}')"};
}

Error too_large(std::string object, std::string problem, bool share) {
  return share ? too_many_items(std::move(object), std::move(problem))
               : too_large(std::move(object), std::move(problem));
}

Result<void> check_strings(const Inputs& inputs, bool share) {
  const std::size_t most = longest_string();
  for (std::size_t i = 0; i < inputs.argv.size(); ++i) {
    if (const std::size_t size = inputs.argv[i].size(); size > most) {
      return too_large(i == 0 ? "COMMAND" : "argument " + std::to_string(i),
                       "has " + count(size) + ", but an argument can have at most " + count(most),
                       share);
    }
  }
  for (const std::string& entry : inputs.environment.entries()) {
    if (entry.size() > most) {
      return too_large("variable " + entry.substr(0, entry.find('=')),
                       "name and value have " + count(entry.size()) +
                           ", but a variable can have at most " + count(most),
                       share);
    }
  }
  return {};
}

std::size_t room_needed(const std::vector<std::string>& strings) {
  std::size_t size = 0;
  for (const std::string& string : strings) {
    size += string.size() + 1 + sizeof(char*);
  }
  return size;
}

}  // namespace

std::size_t longest_string() {
  constexpr std::size_t kPages = 32;
  const long page = ::sysconf(_SC_PAGESIZE);
  return kPages * static_cast<std::size_t>(page > 0 ? page : 4096) - 1;
}

std::size_t total_room() {
  struct rlimit stack {};
  if (::getrlimit(RLIMIT_STACK, &stack) != 0) {
    return kLeastRoom;
  }
  return std::clamp<rlim_t>(stack.rlim_cur / 4, kLeastRoom, kMostRoom);
}

Error too_many_items(std::string object, std::string problem) {
  Error error = too_large(std::move(object), std::move(problem));
  error.hint =
      "hand the items over in a file (--write FILE) or on standard input (--stdin '{items}')";
  return error;
}

Result<void> check_sizes(const Inputs& inputs, bool share) {
  CHECK(check_strings(inputs, share));
  if (inputs.argv.empty()) {
    return {};
  }
  // The kernel copies the program's name once more.
  const std::size_t arguments = room_needed(inputs.argv) + inputs.argv.front().size() + 1;
  const std::size_t variables = room_needed(inputs.environment.entries());
  // No system call where the sum is below what every kernel grants.
  if (arguments + variables <= kLeastRoom) {
    return {};
  }
  const std::size_t room = total_room();
  if (arguments + variables <= room) {
    return {};
  }
  return too_large("COMMAND",
                   "arguments need " + count(arguments) + " and variables " + count(variables) +
                       ", but together they can have at most " + count(room),
                   share);
}

}  // namespace indexrun::inputs
