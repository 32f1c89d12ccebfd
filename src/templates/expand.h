// SPDX-License-Identifier: Apache-2.0
// Expansion of a template: text and an item -> text. One pass; a value is never looked at again.
#pragma once

#include "base/result.h"
#include "templates/grammar.h"
#include "templates/values.h"

#include <string>
#include <string_view>

namespace indexrun::templates {

/// `text` with every placeholder replaced by the bytes of its value. Errors have the stage
/// "templates" and, as `object`, the number of the line in `text` from 1, which the caller
/// completes to a place that the user knows. Classes: kConfig for a placeholder that can never
/// work, kItem for a value of this item that its padding cannot take.
Result<std::string> expand(std::string_view text, const Values& values, const Style& style = {});

/// True if `text` has a placeholder {count} or {tasks}, which need the whole list of items. Fields
/// are not known yet: one of such a name counts too.
[[nodiscard]] bool mentions_count(std::string_view text, const Style& style = {});

/// The first bare {} of `text`; with `every_form`, the first of the nameless forms {} {.} {/} {//}
/// {/.} {#}. Nothing if it has none.
[[nodiscard]] std::string_view find_nameless(std::string_view text, bool every_form);

}  // namespace indexrun::templates
