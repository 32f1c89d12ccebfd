// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. Members are named as in std::expected, which g++ 12 has not got
// in C++20 mode.
#pragma once

#include "base/error.h"

#include <optional>
#include <utility>
#include <variant>

namespace indexrun {

/// A T or the Error that stood in its way. Reading the wrong one is a programming error and throws
/// std::bad_variant_access.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& { return std::get<1>(state_); }
  [[nodiscard]] Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error: `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit

  [[nodiscard]] bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }
  [[nodiscard]] const Error& error() const& { return error_.value(); }
  [[nodiscard]] Error&& error() && { return std::move(error_).value(); }

 private:
  std::optional<Error> error_;
};

}  // namespace indexrun

#define INDEXRUN_JOIN_(a, b) a##b
#define INDEXRUN_JOIN(a, b) INDEXRUN_JOIN_(a, b)

/// TRY(auto item, select(spec)): declares `item`, or returns the error from this function.
#define TRY(declaration, expression)                         \
  auto INDEXRUN_JOIN(try_, __LINE__) = (expression);         \
  if (!INDEXRUN_JOIN(try_, __LINE__)) {                      \
    return std::move(INDEXRUN_JOIN(try_, __LINE__)).error(); \
  }                                                          \
  declaration = std::move(INDEXRUN_JOIN(try_, __LINE__)).value()

/// CHECK(write(file)): returns the error of a Result<void> (or any other) from this function.
#define CHECK(expression)                                \
  if (auto check_result = (expression); !check_result) { \
    return std::move(check_result).error();              \
  }                                                      \
  static_assert(true)
