// SPDX-License-Identifier: Apache-2.0
// A worker in a folder of its own: Spec and item as a test wants them, everything expanded.
#pragma once

#include "inputs/expand.h"
#include "support/temp_dir.h"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace indexrun::inputs {

class Worker : public testing::Test {
 protected:
  Worker() {
    item.text = "foo";
    item.origin = "--items";
    item.position = 3;
    item.task = 3;
  }

  [[nodiscard]] Result<Inputs> expanded() const { return expand(spec, item, Turn{}, inherited); }

  [[nodiscard]] Inputs inputs() const {
    auto result = expanded();
    if (!result) {
      ADD_FAILURE() << result.error().message();
      return {};
    }
    return std::move(result).value();
  }

  /// The error; its class is kInternal if there was none.
  [[nodiscard]] Error error() const {
    auto result = expanded();
    return result ? Error{.problem = "no error"} : result.error();
  }

  void add_write(const std::string& path) { spec.outputs.push_back({.path = path}); }
  void add_text(const std::string& path, const std::string& text) {
    spec.outputs.push_back({.path = path, .content = Output::Content::kText, .text = text});
  }
  void add_render(const std::string& source, const std::string& path) {
    spec.outputs.push_back({.path = path, .content = Output::Content::kRender, .text = source});
  }

  Spec spec;
  items::Item item;
  Environment inherited;
  test::TempDir dir_;
};

}  // namespace indexrun::inputs
