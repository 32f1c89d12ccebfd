// SPDX-License-Identifier: Apache-2.0
// Reading an index, and telling the ways apart in which a text is not one.
#include "index/number.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <algorithm>
#include <string>

namespace indexrun::index {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool holds_pair(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t at = text.find(open);
  return at != std::string_view::npos && text.find(close, at) != std::string_view::npos;
}

bool has_not_ascii(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) > 0x7f; });
}

/// What is wrong with a text that is not empty, holds no reference and is not a number.
std::string_view fault(std::string_view text) {
  if (text.find_first_not_of(kDigits) == std::string_view::npos) {
    return ", which is more than 18446744073709551615";
  }
  if (text.find('\0') != std::string_view::npos) {
    return ", which holds a NUL byte";
  }
  if (text.find_first_of(" \t\r\n\v\f") != std::string_view::npos) {
    return ", which holds blanks";
  }
  if (text.front() == '-' || text.front() == '+') {
    return ", which has a sign";
  }
  if (text.starts_with("0x") || text.starts_with("0X")) {
    return ", which is hexadecimal";
  }
  if (has_not_ascii(text)) {
    return ", which is not ASCII";
  }
  const bool numeric = kDigits.find(text.front()) != std::string_view::npos;
  if (numeric && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos) {
    return ", which is not written as a whole number";
  }
  return "";
}

Error not_an_index(std::string_view source, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = std::string(source),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

}  // namespace

bool holds_reference(std::string_view text) {
  return holds_pair(text, "$(", ")") || holds_pair(text, "${", "}") || holds_pair(text, "{{", "}}");
}

Result<std::uint64_t> read_number(std::string_view text, std::string_view source) {
  if (text.empty()) {
    return not_an_index(source, "is empty, expected a plain decimal number");
  }
  if (const auto number = parse_decimal(text)) {
    return *number;
  }
  if (holds_reference(text)) {
    return not_an_index(source,
                        "is " + quote(text) + ", a reference that was never replaced by its value",
                        "Kubernetes expands $(NAME) in an env value only if NAME is declared "
                        "before it, and appends "
                        "JOB_COMPLETION_INDEX last: leave this out (JOB_COMPLETION_INDEX is found "
                        "without help), or "
                        "use valueFrom.fieldRef with fieldPath "
                        "metadata.annotations['batch.kubernetes.io/job-completion-index']");
  }
  return not_an_index(source, "found " + quote(text) + std::string(fault(text)) +
                                  "; expected a plain decimal number");
}

}  // namespace indexrun::index
