// SPDX-License-Identifier: Apache-2.0
// The downward API's file of all annotations or all labels of a pod.
#pragma once

#include "base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace indexrun::index {

/// The annotation, and label, that holds the index of a pod of an Indexed Job.
inline constexpr std::string_view kIndexKey = "batch.kubernetes.io/job-completion-index";

/// The value of `key` in a dump of `metadata.annotations` or `metadata.labels`: lines key="value"
/// joined by LF, each value written by Go's strconv.Quote; a final LF is allowed. Nothing if the
/// key is not there. A line of another form, or the key given twice, is a kConfig error about
/// `source` that names the line.
Result<std::optional<std::string>> find_annotation(std::string_view dump, std::string_view key,
                                                   std::string_view source);

/// What a double-quoted Go string literal stands for (strconv.Unquote): the escapes
/// \a \b \f \n \r \t \v \\ \" \NNN \xNN \uNNNN \UNNNNNNNN. Nothing if it is not exactly one such
/// literal.
[[nodiscard]] std::optional<std::string> unquote_go(std::string_view literal);

}  // namespace indexrun::index
