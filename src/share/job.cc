// SPDX-License-Identifier: Apache-2.0
#include "share/job.h"

#include "base/quote.h"
#include "base/redact.h"

namespace indexrun::share {

std::string name_of(const items::Item& item) {
  const std::string name = "item " + std::to_string(item.position);
  return redact::begun() ? name : name + " (" + quote(item.text) + ")";
}

}  // namespace indexrun::share
