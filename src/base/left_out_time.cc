// SPDX-License-Identifier: Apache-2.0
// Linked in place of what glibc does with time zones, and with scanf(3) to read them, in static
// builds only: 86 kB. The only time that is written, that of spdlog's messages in JSON, is UTC.
// Should anything else of those files of glibc be needed one day, these are defined twice, and the
// link fails.
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <ctime>

// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

// What a locale of libstdc++ writes dates with, which nobody asks it for.
void __strftime_l() {
  std::abort();
}

void __wcsftime_l() {
  std::abort();
}

std::size_t strftime(char* /*text*/, std::size_t /*size*/, const char* /*format*/,
                     const std::tm* /*time*/) noexcept {
  std::abort();
}

std::tm* localtime_r(const std::time_t* /*time*/, std::tm* /*result*/) noexcept {
  std::abort();
}

std::tm* gmtime_r(const std::time_t* time, std::tm* result) noexcept {
  const std::chrono::sys_seconds now{std::chrono::seconds(*time)};
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(today);
  const std::chrono::hh_mm_ss clock(now - today);
  const std::chrono::sys_days new_year = date.year() / 1 / 1;
  *result = {};
  result->tm_year = static_cast<int>(date.year()) - 1900;
  result->tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
  result->tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
  result->tm_wday = static_cast<int>(std::chrono::weekday(today).c_encoding());
  result->tm_yday = static_cast<int>((today - new_year).count());
  result->tm_hour = static_cast<int>(clock.hours().count());
  result->tm_min = static_cast<int>(clock.minutes().count());
  result->tm_sec = static_cast<int>(clock.seconds().count());
  return result;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
