// SPDX-License-Identifier: Apache-2.0
// The records of a CSV text (RFC 4180), as they stand: a table makes fields of them.
#pragma once

#include "items/block_reader.h"
#include "items/line_rules.h"
#include "items/scan_kernel.h"

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Records end with LF or CRLF outside quotes; the last one may have no newline; a UTF-8 byte order
/// mark at the very start is no part of the first. Wherever met, these are kConfig errors because
/// they make it uncertain where records end: a NUL byte, an empty line (unless skip_blank), a quote
/// inside a field without quotes, anything but a comma or a line end after a closing quote, a quote
/// that is still open at the end. With `comments`, a line that begins with '#' where a record would
/// is none. An item's text is the record without its line end; its origin "name:line".
class Records final : public BlockReader {
 public:
  Records(std::unique_ptr<Bytes> bytes, LineRules rules)
      : BlockReader(std::move(bytes)), rules_(rules) {}

  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;

 private:
  Result<bool> begin_record();
  Result<std::uint64_t> pass(std::uint64_t count, std::string* text);
  Result<std::uint64_t> finish();
  void keep(std::string_view part, std::string* text);
  [[nodiscard]] std::string place(std::uint64_t newlines) const;
  [[nodiscard]] Error defect(RecordStop stop) const;

  LineRules rules_;
  RecordState state_;
  std::uint64_t begun_line_ = 0;  ///< newlines before the record that was passed last
  bool too_long_ = false;         ///< the record that was passed last is longer than is kept
};

}  // namespace indexrun::items
