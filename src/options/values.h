// SPDX-License-Identifier: Apache-2.0
// The simple syntax of values: numbers, durations, modes, words from a list.
#pragma once

#include "base/deadline.h"
#include "base/result.h"
#include "options/setting.h"

#include <cstdint>
#include <span>
#include <string_view>

#include <sys/types.h>

namespace indexrun::options {

Result<std::uint64_t> number_value(const Setting& setting);
/// From 1.
Result<std::uint64_t> positive_value(const Setting& setting);
Result<Milliseconds> duration_value(const Setting& setting);
/// A whole number from `least` to `most`; a minus sign may be before it.
Result<int> integer_value(const Setting& setting, int least, int most);
/// Octal digits, 0 to 0777.
Result<mode_t> mode_value(const Setting& setting);
/// The position of the value in `words`; anything else is an error that names them all.
Result<std::size_t> word_value(const Setting& setting, std::span<const std::string_view> words);
/// Values that are empty although the option's row forbids it.
Result<void> check_not_empty(const Setting& setting);

}  // namespace indexrun::options
