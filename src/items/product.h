// SPDX-License-Identifier: Apache-2.0
// Items that are computed: the numbers of a range, the combinations of parameters.
#pragma once

#include "items/reader.h"
#include "items/spec.h"

#include <memory>
#include <string>

namespace indexrun::items {

/// The numbers of --range (parse_progression()). A text that is none is a kConfig error.
Result<std::unique_ptr<Reader>> open_range(const Range& range);

/// All combinations of the parameters, the last one fastest; with `zip` the first values of all,
/// then the second ones, and so on. An item's text is "a=1 b=2", its fields are the parameters.
/// Nothing grows with the number of combinations. kConfig errors: a parameter that is not NAME=LIST
/// or NAME=A..B[..STEP], an empty value, a name that no placeholder could have or that stands
/// twice, lists of different lengths under `zip`, more than 2^63 combinations; an exclusion of a
/// parameter or value that there is not; exclusions from more than 2^24 combinations, which are
/// counted one by one.
Result<std::unique_ptr<Reader>> open_product(const Product& product);

}  // namespace indexrun::items
