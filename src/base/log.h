// SPDX-License-Identifier: Apache-2.0
// Messages to stderr, through spdlog: one write(2) a line, nothing on stdout. The logger is made
// when the first message is really printed, so a silent run pays nothing.
#pragma once

#include "base/error.h"

#include <string>
#include <string_view>

namespace indexrun::log {

enum class Level {
  kError,    ///< why this worker fails: always printed
  kWarning,  ///< unless --quiet
  kChosen,   ///< -v: what was chosen
  kHow,      ///< -vv: how
};
enum class Format { kText, kJson };

struct Settings {
  Level level = Level::kWarning;
  Format format = Format::kText;
};

void configure(Settings settings);
[[nodiscard]] bool enabled(Level level);

/// From now on messages are appended to `into` instead of being written to stderr, by somebody who
/// writes other lines there and keeps them whole; back to stderr with nullptr.
void divert(std::string* into);

/// From now on nobody gets any: stderr takes nothing, and writing there would wait for ever.
void give_up();

/// Text: "indexrun: <message>" (JSON: {"time","level","message"}). Control characters in `message`
/// are escaped, so a message is always one line.
void print(Level level, std::string_view message);
inline void warning(std::string_view message) {
  print(Level::kWarning, message);
}

/// An error and its hint.
void print(const Error& error);

}  // namespace indexrun::log

/// Logs only if the level is on; the message is not even built otherwise.
#define INDEXRUN_LOG(level, message)          \
  do {                                        \
    if (::indexrun::log::enabled(level)) {    \
      ::indexrun::log::print(level, message); \
    }                                         \
  } while (false)
#define LOG_CHOSEN(message) INDEXRUN_LOG(::indexrun::log::Level::kChosen, message)
#define LOG_HOW(message) INDEXRUN_LOG(::indexrun::log::Level::kHow, message)
