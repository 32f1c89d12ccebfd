// SPDX-License-Identifier: Apache-2.0
// How lines, and the records of other formats, are taken.
#pragma once

namespace indexrun::items {

struct LineRules {
  bool skip_blank = false;  ///< blank lines are no items instead of a kConfig error
  bool comments = false;    ///< lines whose first byte that is not blank is '#' are no items
  bool header = true;       ///< the first row of CSV and TSV names the fields and is no item
};

}  // namespace indexrun::items
