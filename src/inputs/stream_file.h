// SPDX-License-Identifier: Apache-2.0
// A file for one of the program's outputs.
#pragma once

#include <string>

namespace indexrun::inputs {

/// Opened when the program starts; missing directories are made then. What was in it goes.
struct StreamFile {
  std::string path;   ///< in Spec a template, in Inputs as seen from the directory of indexrun
  bool copy = false;  ///< besides our own output (--tee-...); else instead of it
};

}  // namespace indexrun::inputs
