// SPDX-License-Identifier: Apache-2.0
// Reads /proc, and again until it says what is waited for.
#include "support/processes.h"

#include "support/run.h"

#include <chrono>
#include <fstream>
#include <sstream>

#include <poll.h>

namespace indexrun::test {

std::vector<pid_t> children_of(pid_t pid) {
  const std::string number = std::to_string(pid);
  std::ifstream list("/proc/" + number + "/task/" + number + "/children");
  std::vector<pid_t> children;
  for (pid_t child = 0; list >> child;) {
    children.push_back(child);
  }
  return children;
}

char state_of(pid_t pid) {
  std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
  std::string text;
  std::getline(stat, text);
  const std::size_t name_end = text.rfind(") ");
  return name_end == std::string::npos ? '-' : text[name_end + 2];
}

std::string status_of(pid_t pid, const std::string& name) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.compare(0, name.size() + 1, name + ":") == 0) {
      return line.substr(line.find_first_not_of(" \t", name.size() + 1));
    }
  }
  return {};
}

bool eventually(const std::function<bool()>& so) {
  const auto until = std::chrono::steady_clock::now() + kDeadline;
  while (!so()) {
    if (std::chrono::steady_clock::now() > until) {
      return false;
    }
    static_cast<void>(::poll(nullptr, 0, 1));
  }
  return true;
}

pid_t program_of(pid_t supervisor) {
  pid_t program = -1;
  static_cast<void>(eventually([&] {
    const std::vector<pid_t> children = children_of(supervisor);
    program = children.empty() ? -1 : children.front();
    return program > 0;
  }));
  return program;
}

}  // namespace indexrun::test
