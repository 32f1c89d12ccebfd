// SPDX-License-Identifier: Apache-2.0
#include "base/redact.h"

#include "base/quote.h"

#include <algorithm>
#include <cstddef>
#include <deque>

namespace indexrun::redact {

namespace {

constexpr std::size_t kMostSecrets = 4096;
constexpr std::size_t kShortest = 4;

/// Null until begun, so that nothing runs before main and nothing is paid for.
std::deque<std::string>* secrets = nullptr;

void replace_all(std::string& text, std::string_view secret) {
  for (std::size_t at = text.find(secret); at != std::string::npos;
       at = text.find(secret, at + kMark.size())) {
    text.replace(at, secret.size(), kMark);
  }
}

void add(std::string text) {
  if (std::ranges::find(*secrets, text) != secrets->end()) {
    return;
  }
  secrets->push_back(std::move(text));
  if (secrets->size() > kMostSecrets) {
    secrets->pop_front();
  }
}

}  // namespace

void begin() {
  if (secrets == nullptr) {
    secrets = new std::deque<std::string>;
  }
}

bool begun() {
  return secrets != nullptr;
}

void conceal(std::string_view secret) {
  if (!begun() || secret.empty()) {
    return;
  }
  // Quoted, a long one is cut: that form comes first, as the whole does not stand in it.
  add(quote(secret));
  if (secret.size() >= kShortest) {
    add(std::string(secret));
    add(printable(secret));
  }
}

std::string redacted(std::string_view text) {
  std::string result(text);
  if (begun()) {
    for (const std::string& secret : *secrets) {
      replace_all(result, secret);
    }
  }
  return result;
}

}  // namespace indexrun::redact
