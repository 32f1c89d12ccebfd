// SPDX-License-Identifier: Apache-2.0
// --limit: resource limits by name (getrlimit(2)).
#pragma once

#include "base/result.h"
#include "confine/policy.h"
#include "confine/prepared.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace indexrun::confine {

/// NAME=SOFT[:HARD] each. Without HARD both are SOFT, but for cpu the hard limit is 5 s later, so
/// that the program hears of it by XCPU before it is killed. Values:
///  - as, core, data, fsize, memlock, msgqueue, rss, stack: bytes, or with k, M, G or T (also
///  Ki...)
///    as multiples of 1024
///  - cpu: whole seconds, or a duration of whole seconds; rttime: a duration
///  - locks, nice, nofile, nproc, rtprio, sigpending: a count
///  - unlimited; max: the present hard limit
/// In the order given; of two for one resource the stronger one. Errors kConfig: an unknown name
/// (with a near miss), a value of another form, soft above hard, a name twice at one level, a
/// stronger level that loosens a weaker one.
Result<std::vector<ResourceLimit>> parse_limits(const std::vector<LimitText>& texts);

/// "nofile", by RLIMIT_...
[[nodiscard]] std::string_view limit_name(int resource);
/// "1024" or "unlimited".
[[nodiscard]] std::string limit_text(std::uint64_t value);

}  // namespace indexrun::confine
