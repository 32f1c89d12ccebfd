// SPDX-License-Identifier: Apache-2.0
// SHA-256 over items, to notice a list that changed between two runs.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace indexrun::items {

/// Each item counts as its text and a newline, so the digest of a list of lines is what sha256sum
/// gives for a file with LF line ends, a final newline and no byte order mark.
class Digest {
 public:
  Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest();

  void add(std::string_view text);
  /// 64 lower case hexadecimal digits. Nothing can be added afterwards.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace indexrun::items
