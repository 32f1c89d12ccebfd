// SPDX-License-Identifier: Apache-2.0
// The grammar of a message, checked in one place for every refusal.
#include "support/matchers.h"

#include <algorithm>
#include <string_view>

namespace indexrun::test {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

bool is_printable(const std::string& line) {
  return std::none_of(line.begin(), line.end(),
                      [](char byte) { return (byte >= 0 && byte < ' ') || byte == 0x7f; });
}

/// What is wrong with the refusal, or nothing.
std::string fault(const Ran& ran, const Refusal& expected) {
  if (ran.exit != expected.exit) {
    return "expected exit status " + std::to_string(expected.exit);
  }
  if (!ran.out.empty()) {
    return "expected nothing on standard output";
  }
  std::vector<std::string> lines = lines_of(ran.err);
  if (lines.empty() || lines.size() > 2 || ran.err.back() != '\n') {
    return "expected one line of error and at most one of hint";
  }
  std::string start =
      "indexrun: " + (expected.stage.empty() ? "" : expected.stage + ": " + expected.object);
  if (lines[0].rfind(start, 0) != 0) {
    return "expected the error to begin with '" + start + "'";
  }
  for (const std::string& part : expected.says) {
    if (lines[0].find(part) == std::string::npos) {
      return "expected the error to say '" + part + "'";
    }
  }
  std::string hint = lines.size() == 2 ? lines[1] : "";
  if (!hint.empty() && hint.rfind("indexrun: hint: ", 0) != 0) {
    return "expected the second line to begin with 'indexrun: hint: '";
  }
  if (hint.find(expected.hint) == std::string::npos) {
    return "expected a hint that says '" + expected.hint + "'";
  }
  if (!is_printable(lines[0]) || !is_printable(hint)) {
    return "expected no control characters";
  }
  return {};
}

MATCHER_P(RefusesAs, expected,
          "is refused with " + std::to_string(expected.exit) + " by " + expected.stage + ": " +
              expected.object) {
  std::string wrong = fault(arg, expected);
  *result_listener << wrong;
  return wrong.empty();
}

MATCHER_P(ExitsWith, status, "exits with " + std::to_string(status)) {
  return arg.exit == status;
}

MATCHER_P(PrintsExactly, out, "succeeds and prints exactly '" + out + "'") {
  return arg.exit == 0 && arg.out == out && arg.err.empty();
}

MATCHER_P(DiesBySignal, signal, "is killed by signal " + std::to_string(signal)) {
  return arg.signal == signal;
}

}  // namespace

testing::Matcher<const Ran&> Refuses(Refusal refusal) {
  return RefusesAs(std::move(refusal));
}
testing::Matcher<const Ran&> Exits(int status) {
  return ExitsWith(status);
}
testing::Matcher<const Ran&> Prints(const std::string& out) {
  return PrintsExactly(out);
}
testing::Matcher<const Ran&> DiesBy(int signal) {
  return DiesBySignal(signal);
}

}  // namespace indexrun::test
