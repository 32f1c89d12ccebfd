// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include "base/file.h"
#include "base/json.h"
#include "base/quote.h"
#include "base/redact.h"

#include <memory>
#include <string>

#include <unistd.h>

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/base_sink.h>

namespace indexrun::log {

namespace {

std::string* diverted = nullptr;
bool given_up = false;

// One write(2) a line, so that lines of several processes on one pipe do not mix. A stderr that
// cannot be written changes nothing about the run.
class StderrSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    const std::string_view text(line.data(), line.size());
    if (diverted != nullptr) {
      diverted->append(text);
    } else if (!given_up) {
      (void)write_fully(STDERR_FILENO, text);
    }
  }
  void flush_() override {}
};

Settings settings;
constinit spdlog::logger* logger = nullptr;  // made by the first message, never destroyed

spdlog::logger& the_logger() {
  if (logger == nullptr) {
    auto sink = std::make_shared<StderrSink>();
    const char* pattern = settings.format == Format::kJson
                              ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                              : "indexrun: %v";
    sink->set_formatter(
        std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc, "\n"));
    logger = new spdlog::logger("indexrun", std::move(sink));
    logger->set_level(spdlog::level::trace);
  }
  return *logger;
}

spdlog::level::level_enum severity(Level level) {
  switch (level) {
    case Level::kError:
      return spdlog::level::err;
    case Level::kWarning:
      return spdlog::level::warn;
    case Level::kChosen:
      return spdlog::level::info;
    case Level::kHow:
      return spdlog::level::debug;
  }
  return spdlog::level::err;
}

void write(Level level, const std::string& text) {
  if (redact::begun()) {
    const std::string shown = redact::redacted(text);
    the_logger().log(severity(level), spdlog::string_view_t(shown.data(), shown.size()));
    return;
  }
  the_logger().log(severity(level), spdlog::string_view_t(text.data(), text.size()));
}

}  // namespace

void configure(Settings wanted) {
  settings = wanted;
  delete logger;
  logger = nullptr;
}

void divert(std::string* into) {
  diverted = into;
}

void give_up() {
  given_up = true;
}

bool enabled(Level level) {
  return level <= settings.level;
}

void print(Level level, std::string_view message) {
  if (!enabled(level)) {
    return;
  }
  write(level, settings.format == Format::kJson ? "\"message\":" + json_string(message)
                                                : printable(message));
}

void print(const Error& error) {
  if (settings.format == Format::kJson) {
    write(Level::kError,
          "\"stage\":" + json_string(error.stage) + ",\"message\":" + json_string(error.message()) +
              ",\"hint\":" + (error.hint.empty() ? "null" : json_string(error.hint)));
    return;
  }
  write(Level::kError, printable(error.message()));
  if (!error.hint.empty()) {
    write(Level::kError, "hint: " + printable(error.hint));
  }
}

}  // namespace indexrun::log
