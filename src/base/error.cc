// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "base/quote.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace indexrun {

std::string system_error_text(int number) {
  const char* text = strerrordesc_np(number);
  return text != nullptr ? std::string(text) : "error " + std::to_string(number);
}

bool may_pass(int number) {
  constexpr std::array kPassing{EIO, ESTALE, ENOMEM, EMFILE, ENFILE, EAGAIN, ETIMEDOUT, EINTR};
  return std::find(kPassing.begin(), kPassing.end(), number) != kPassing.end();
}

std::string Error::message() const {
  std::string line(stage);
  if (!object.empty()) {
    line += ": " + printable(object);
  }
  line += ": " + problem;
  if (system_error != 0) {
    line += ": " + system_error_text(system_error);
  }
  return line;
}

}  // namespace indexrun
