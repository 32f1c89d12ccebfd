// SPDX-License-Identifier: Apache-2.0
// The rules of rows_access.h.
#include "base/decimal.h"
#include "base/quote.h"
#include "options/lists.h"
#include "options/presets.h"
#include "options/rows_access.h"
#include "options/rule.h"
#include "options/values.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::options {

namespace {

Done add_path(const Setting& s, Options& o) {
  using Right = inputs::Access::Right;
  const Right right = s.id() == Id::kRo   ? Right::kRead
                      : s.id() == Id::kRw ? Right::kWrite
                                          : Right::kExecute;
  o.inputs.access.push_back({right, s.value(), false});
  o.confine.access.paths = true;
  o.confine.access.narrows = o.confine.access.narrows || right != Right::kWrite;
  return {};
}

Error not_a_port(const Setting& s, const std::string& text) {
  return usage_error(where(s),
                     "found " + quote(text) + ", expected a port from 1 to 65535, or none alone");
}

Done add_ports(const Setting& s, Options& o) {
  constexpr std::uint64_t kLastPort = 65535;
  auto& ports = s.id() == Id::kTcpBind ? o.confine.access.tcp_bind : o.confine.access.tcp_connect;
  TRY(const std::vector<std::string> texts, split_list(s));
  // Given before: either none, which stays alone, or ports, with which no none goes.
  const bool none_before = ports && ports->empty();
  if (texts.size() == 1 && texts.front() == "none") {
    if (ports && !none_before) {
      return usage_error(where(s), "none contradicts the ports named before");
    }
    ports.emplace();
    return {};
  }
  if (none_before) {
    return usage_error(where(s), quote(s.value()) + " contradicts none, named before");
  }
  if (!ports) {
    ports.emplace();
  }
  for (const std::string& text : texts) {
    const auto port = parse_decimal(text);
    if (!port || *port == 0 || *port > kLastPort) {
      return not_a_port(s, text);
    }
    ports->push_back(static_cast<std::uint16_t>(*port));
  }
  return {};
}

Done add_scopes(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"signal", "abstract-unix"};
  TRY(std::vector<std::string> names, split_list(s));
  for (std::string& name : names) {
    Setting one = s;
    one.values[0] = std::move(name);
    TRY(const std::size_t word, word_value(one, kWords));
    (word == 0 ? o.confine.access.scope_signal : o.confine.access.scope_abstract_unix) = true;
  }
  return {};
}

Done set_landlock(const Setting& s, Options& o) {
  static constexpr std::string_view kWords[] = {"strict", "best-effort"};
  TRY(const std::size_t word, word_value(s, kWords));
  o.confine.access.best_effort = word == 1;
  return {};
}

Done set_confine(const Setting& s, Options& o) {
  TRY(const std::size_t word, word_value(s, kPresets));
  o.confine.batch = word == 1;
  return {};
}

constexpr Rule kRules[] = {
    {Id::kRo, add_path},
    {Id::kRw, add_path},
    {Id::kExec, add_path},
    {Id::kTcpBind, add_ports},
    {Id::kTcpConnect, add_ports},
    {Id::kScope, add_scopes},
    {Id::kLandlock, set_landlock},
    {Id::kPrivateTmp, SET(o.inputs.private_tmp)},
    {Id::kPrivateHome, SET(o.inputs.private_home)},
    {Id::kConfine, set_confine},
};
static_assert(follow(kRules, kAccessRows), "a rule for each row, in the same order");

}  // namespace

std::span<const Rule> access_rules() {
  return kRules;
}

}  // namespace indexrun::options
