// SPDX-License-Identifier: Apache-2.0
// The syntax of a gate. A wrong one would be waited for in vain, so it is judged before the wait.
#include "gates/gate.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <algorithm>
#include <array>
#include <climits>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace indexrun::gates {

namespace {

constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;

Error wrong(std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "gates",
               .object = "--wait-for",
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

bool is_address(int family, const std::string& text) {
  std::array<char, sizeof(in6_addr)> address{};
  return text.find('\0') == std::string::npos &&
         ::inet_pton(family, text.c_str(), address.data()) == 1;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_name_byte(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

bool is_name(std::string_view text) {
  if (text.ends_with('.')) {
    text.remove_suffix(1);
  }
  if (text.empty() || text.size() > kLongestName) {
    return false;
  }
  std::string_view label;
  for (std::size_t at = 0; at <= text.size(); at += label.size() + 1) {
    label = text.substr(at, text.find('.', at) - at);
    if (label.empty() || label.size() > kLongestLabel || label.starts_with('-') ||
        label.ends_with('-') || !std::ranges::all_of(label, is_name_byte)) {
      return false;
    }
  }
  // No top-level domain is a number: 10.0.0.256 is an address gone wrong (RFC 1123, 2.1).
  return !std::ranges::all_of(label, is_digit);
}

Result<std::string> parse_host(std::string_view text, const std::string& whole) {
  if (text.starts_with('[') && text.ends_with(']')) {
    std::string address(text.substr(1, text.size() - 2));
    if (!is_address(AF_INET6, address)) {
      return wrong(whole + ": " + quote(address) + " is no IPv6 address");
    }
    return address;
  }
  std::string host(text);
  if (text.find(':') != std::string_view::npos) {
    return wrong(whole + ": found more than one colon in HOST:PORT",
                 "an IPv6 address stands in brackets: tcp:[::1]:80");
  }
  if (!is_address(AF_INET, host) && !is_name(text)) {
    return wrong(whole + ": " + quote(host) + " is neither an address nor the name of a host");
  }
  return host;
}

Result<void> parse_peer(std::string_view text, Gate& gate) {
  const std::string whole = quote(gate.text);
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || (text.ends_with(']') && text.starts_with('['))) {
    return wrong(whole + " has no port, expected tcp:HOST:PORT");
  }
  const std::string_view port = text.substr(colon + 1);
  const auto number = parse_decimal(port);
  if (!number || *number == 0 || *number > UINT16_MAX) {
    return wrong(whole + ": found port " + quote(port) + ", expected a number from 1 to 65535",
                 number ? "" : "names of services are not looked up");
  }
  TRY(gate.host, parse_host(text.substr(0, colon), whole));
  gate.port = static_cast<std::uint16_t>(*number);
  return {};
}

Result<void> parse_path(std::string_view text, Gate& gate) {
  if (text.empty()) {
    return wrong(quote(gate.text) + " has no path, expected " +
                 gate.text.substr(0, gate.text.find(':')) + ":PATH");
  }
  if (text.size() >= PATH_MAX) {
    return wrong("found a path of " + std::to_string(text.size()) + " bytes, expected fewer than " +
                 std::to_string(PATH_MAX));
  }
  gate.path = text;
  return {};
}

}  // namespace

Result<Gate> parse_gate(std::string_view text) {
  struct Form {
    std::string_view prefix;
    Kind kind;
  };
  static constexpr Form kForms[] = {
      {"file:", Kind::kFile}, {"nonempty:", Kind::kNonempty}, {"tcp:", Kind::kTcp}};
  for (const Form& form : kForms) {
    if (text.starts_with(form.prefix)) {
      Gate gate{.kind = form.kind, .text = std::string(text), .path = {}, .host = {}};
      const std::string_view rest = text.substr(form.prefix.size());
      CHECK(form.kind == Kind::kTcp ? parse_peer(rest, gate) : parse_path(rest, gate));
      return gate;
    }
  }
  return wrong("found " + quote(text) + ", expected file:PATH, nonempty:PATH or tcp:HOST:PORT");
}

}  // namespace indexrun::gates
