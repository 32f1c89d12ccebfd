// SPDX-License-Identifier: Apache-2.0
// Lists that are compressed by gzip (RFC 1952), such as a key of a ConfigMap's binaryData.
#pragma once

#include "items/bytes.h"

#include <memory>
#include <string_view>

namespace indexrun::items {

/// Whether a file that begins with these bytes is compressed by gzip.
[[nodiscard]] bool is_gzip(std::string_view begin);

/// The bytes that `packed` holds in gzip's form, of one member or several. Memory is constant.
/// Bytes that are damaged, cut off, or followed by something else are a kConfig error when they are
/// reached: what came before them may be part of an item that is wrong. No memory is kInput.
std::unique_ptr<Bytes> unpack(std::unique_ptr<Bytes> packed);

}  // namespace indexrun::items
