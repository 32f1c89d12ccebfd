// SPDX-License-Identifier: Apache-2.0
#include "support/waiting.h"

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace indexrun::test {
namespace {

std::string content(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool holds_signalfd(const std::string& process) {
  std::error_code gone;
  for (const auto& entry : std::filesystem::directory_iterator(process + "/fdinfo", gone)) {
    if (content(entry.path()).find("sigmask:") != std::string::npos) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool waits(pid_t pid) {
  const std::string process = "/proc/" + std::to_string(pid);
  const auto until = std::chrono::steady_clock::now() + kDeadline;
  while (std::chrono::steady_clock::now() < until) {
    const bool asleep = content(process + "/stat").find(") S ") != std::string::npos;
    if (asleep && holds_signalfd(process)) {
      return true;
    }
    const timespec moment{0, 1'000'000};
    nanosleep(&moment, nullptr);
  }
  return false;
}

std::string wake_ups(pid_t pid) {
  const std::string status = content("/proc/" + std::to_string(pid) + "/status");
  return status.substr(status.find("voluntary_ctxt_switches"));
}

}  // namespace indexrun::test
