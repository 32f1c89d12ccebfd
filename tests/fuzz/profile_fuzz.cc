// SPDX-License-Identifier: Apache-2.0
// Any bytes as a seccomp profile: read or refused with a place inside, and what is read means the
// same each time.
#include "base/log.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/resolve.h"
#include "pieces.h"

#include <cstdint>
#include <string_view>

using indexrun::confine::Circumstances;
using indexrun::confine::JsonSource;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  indexrun::log::give_up();
  const JsonSource source{"p", {reinterpret_cast<const char*>(data), size}};
  const auto profile = read_profile(source, {.bounding = 0x15, .kernel = {5, 10}});
  if (!profile) {
    require(profile.error().failure == indexrun::Failure::kConfig);
    require(profile.error().object.starts_with("p:"));
    require(!profile.error().problem.empty());
    return 0;
  }
  const auto again = read_profile(source, {.bounding = 0x15, .kernel = {5, 10}});
  require(again && again->entries.size() == profile->entries.size());
  const auto rules = resolve(source, *profile);
  require(rules || rules.error().failure == indexrun::Failure::kConfig);
  for (std::size_t i = 0; rules && i < rules->interfaces.size(); ++i) {
    const auto& calls = rules->interfaces[i].calls;
    for (std::size_t n = 1; n < calls.size(); ++n) {
      require(calls[n - 1].number < calls[n].number);
    }
  }
  return 0;
}
