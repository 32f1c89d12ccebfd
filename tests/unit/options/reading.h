// SPDX-License-Identifier: Apache-2.0
// What the tests of options/ share: a command line, the variables and a file, read as main does.
#pragma once

#include "options/options.h"
#include "options/setting.h"

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace indexrun::options {

using Words = std::vector<std::string>;

/// Everything that read() is given, and what it leaves behind.
struct Reading {
  Words words;  ///< after argv[0]
  Environment environment;
  Options partial;

  Result<Options> run() {
    std::vector<const char*> argv{"indexrun"};
    for (const std::string& word : words) {
      argv.push_back(word.c_str());
    }
    const int count = static_cast<int>(argv.size());
    argv.push_back(nullptr);
    return read(count, argv.data(), environment, partial);
  }
};

inline Reading reading(Words words, std::string_view variable = {}) {
  Reading all{std::move(words), {}, {}};
  if (!variable.empty()) {
    all.environment.set(kOptionsVariable, variable);
  }
  return all;
}

inline Result<Options> read_line(Words words, std::string_view variable = {}) {
  return reading(std::move(words), variable).run();
}

/// The whole first line of the error, or "" if there is none.
inline std::string error_of(const Result<Options>& result) {
  return result ? std::string() : result.error().message();
}

/// A YAML file that lives as long as the test.
class TemporaryConfig {
 public:
  explicit TemporaryConfig(std::string_view text) {
    static int number = 0;
    path_ = testing::TempDir() + "options_" + std::to_string(getpid()) + "_" +
            std::to_string(++number) + ".yaml";
    std::ofstream(path_, std::ios::binary) << text;
  }
  TemporaryConfig(const TemporaryConfig&) = delete;
  TemporaryConfig& operator=(const TemporaryConfig&) = delete;
  ~TemporaryConfig() { unlink(path_.c_str()); }

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace indexrun::options
