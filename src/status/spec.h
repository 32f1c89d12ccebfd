// SPDX-License-Identifier: Apache-2.0
// What the user says about exit statuses and the termination message.
#pragma once

#include <string>
#include <string_view>
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
  bool redact = false;  ///< --redact: items stand in no message
};

/// The option that only a supervisor can keep, since it needs the program's end; empty if none.
[[nodiscard]] inline std::string_view supervised_option(const Spec& spec) {
  if (!spec.map_exit.empty()) {
    return "--map-exit";
  }
  return spec.message == Message::kAlways ? "--message always" : "";
}

}  // namespace indexrun::status
