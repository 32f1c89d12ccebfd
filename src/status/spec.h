// SPDX-License-Identifier: Apache-2.0
// What the user says about exit statuses and the termination message.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace indexrun::status {

enum class Message { kAlways, kFailure, kNever };

inline constexpr const char* kDefaultMessageFile = "/dev/termination-log";

struct Spec {
  std::vector<std::string> exit_codes;  ///< --exit-code CLASS=N
  std::vector<std::string> map_exit;    ///< --map-exit FROM=TO, FROM is 0..255 or sig:NAME
  bool allow_term_success = false;
  Message message = Message::kFailure;
  std::string message_file = kDefaultMessageFile;
};

}  // namespace indexrun::status
