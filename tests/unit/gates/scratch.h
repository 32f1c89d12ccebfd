// SPDX-License-Identifier: Apache-2.0
// A folder for one test.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

namespace indexrun::gates {

class Scratch : public ::testing::Test {
 protected:
  Scratch() {
    std::string pattern = ::testing::TempDir() + "gates.XXXXXX";
    root_ = ::mkdtemp(pattern.data());
  }
  ~Scratch() override { std::filesystem::remove_all(root_); }

  [[nodiscard]] std::string at(const std::string& name) const { return root_ + "/" + name; }
  void make(const std::string& folder) const { std::filesystem::create_directories(at(folder)); }
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(at(name)) << content;
  }

 private:
  std::string root_;
};

}  // namespace indexrun::gates
