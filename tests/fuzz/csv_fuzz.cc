// SPDX-License-Identifier: Apache-2.0
// Any bytes as CSV: passing over records and reading them agree on how many there are and on what
// is wrong, however the bytes are cut; and the fields of a record, quoted again, are the record.
#include "items/columns.h"
#include "items/records.h"
#include "pieces.h"

#include <cstdint>
#include <string_view>

using indexrun::items::LineRules;
using indexrun::items::Records;

namespace {

/// Splits what was read and puts it together again with every field in quotes.
void check_fields(std::string_view record) {
  const auto fields = indexrun::items::split_csv(record);
  std::string quoted;
  for (const std::string& field : fields) {
    quoted += quoted.empty() ? "\"" : ",\"";
    for (const char c : field) {
      quoted.append(c == '"' ? 2 : 1, c);
    }
    quoted += '"';
  }
  require(indexrun::items::split_csv(quoted) == fields);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_reader(
      data, size,
      [](auto bytes, LineRules rules) {
        return std::make_unique<Records>(std::move(bytes), rules);
      },
      check_fields);
  return 0;
}
