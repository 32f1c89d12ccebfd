// SPDX-License-Identifier: Apache-2.0
// Combinations are numbered, not stored: a position is taken apart into one digit a parameter.
#include "items/product.h"

#include "base/quote.h"
#include "items/progression.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace indexrun::items {
namespace {

constexpr std::uint64_t kMost = std::uint64_t{1} << 63;
constexpr std::uint64_t kMostToExcludeFrom = std::uint64_t{1} << 24;

Error wrong(const char* option, std::string problem, std::string hint = "") {
  return Error{.failure = Failure::kConfig,
               .stage = "items",
               .object = option,
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

/// One parameter: its values are a list or, if that is empty, a progression.
struct Parameter {
  std::string name;
  std::vector<std::string> list;
  Progression numbers;

  [[nodiscard]] std::uint64_t count() const { return list.empty() ? numbers.count : list.size(); }
  [[nodiscard]] std::string at(std::uint64_t place) const {
    return list.empty() ? numbers.at(place) : list[place];
  }
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view value) const {
    if (list.empty()) {
      return numbers.find(value);
    }
    const auto found = std::ranges::find(list, value);
    return found == list.end() ? std::nullopt
                               : std::optional(static_cast<std::uint64_t>(found - list.begin()));
  }
  [[nodiscard]] bool distinct() const {
    std::vector<std::string_view> sorted(list.begin(), list.end());
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) == sorted.end();
  }
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_name(std::string_view name) {
  constexpr std::string_view kFirst = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  constexpr std::string_view kMore = "0123456789-.";
  return !name.empty() && kFirst.find(name.front()) != std::string_view::npos &&
         std::ranges::all_of(name, [&](char c) {
           return kFirst.find(c) != std::string_view::npos ||
                  kMore.find(c) != std::string_view::npos;
         });
}

/// "a,b" as "a" and "b"; nothing if one of them is empty.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    parts.push_back(text.substr(0, text.find(',')));
    if (parts.back().empty()) {
      return {};
    }
    if (parts.back().size() == text.size()) {
      return parts;
    }
    text.remove_prefix(parts.back().size() + 1);
  }
}

Result<Parameter> parse_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  Parameter parameter{.name = std::string(text.substr(0, equals)), .list = {}, .numbers = {}};
  if (equals == std::string_view::npos || !is_name(parameter.name)) {
    return wrong("--param",
                 "found " + quote(text) + ", expected NAME=VALUE,VALUE... or NAME=A..B[..STEP]",
                 "a name is made of letters, digits, _, - and . and begins with a letter or _");
  }
  const std::string_view values = text.substr(equals + 1);
  if (is_progression(values)) {
    std::string fault;
    const auto numbers = parse_progression(values, fault);
    if (!numbers) {
      return wrong("--param", parameter.name + ": " + fault,
                   "whole numbers only; other values are listed, separated by commas");
    }
    parameter.numbers = *numbers;
    return parameter;
  }
  const auto list = split(values);
  if (list.empty()) {
    return wrong("--param", "a value of " + quote(text) + " is empty",
                 "is it a variable that is not set?");
  }
  for (const std::string_view value : list) {
    if (is_progression(value)) {
      return wrong("--param", "found the range " + quote(value) + " among the values of " +
                                  parameter.name + ", expected one range and nothing else");
    }
    if (is_blank(value.front()) || is_blank(value.back())) {
      return wrong(
          "--param",
          "the value " + quote(value) + " of " + parameter.name + " begins or ends with a blank",
          "separate values by a comma alone");
    }
  }
  parameter.list.assign(list.begin(), list.end());
  return parameter;
}

/// Combinations with all of these values are no items: the parameter's number and its value's.
using Exclusion = std::vector<std::pair<std::size_t, std::uint64_t>>;

Result<Exclusion> parse_exclusion(std::string_view text, const std::vector<Parameter>& parameters) {
  Exclusion exclusion;
  for (const std::string_view condition : split(text)) {
    const std::size_t equals = condition.find('=');
    const auto named = std::ranges::find(parameters, condition.substr(0, equals), &Parameter::name);
    if (equals == std::string_view::npos || named == parameters.end()) {
      return wrong("--exclude",
                   "found " + quote(condition) + ", expected the NAME=VALUE of a " + "parameter");
    }
    const auto value = named->find(condition.substr(equals + 1));
    if (!value) {
      return wrong("--exclude",
                   quote(condition.substr(equals + 1)) + " is no value of " + named->name,
                   "each NAME=VALUE names one value of a parameter");
    }
    const auto which = static_cast<std::size_t>(named - parameters.begin());
    if (std::ranges::find(exclusion, which, &Exclusion::value_type::first) != exclusion.end()) {
      return wrong("--exclude",
                   quote(text) + " has two values of " + named->name + ", which nothing can meet",
                   "give --exclude once for each of them");
    }
    exclusion.emplace_back(which, *value);
  }
  if (exclusion.empty()) {
    return wrong("--exclude", "found " + quote(text) + ", expected NAME=VALUE[,NAME=VALUE...]");
  }
  return exclusion;
}

class Combinations final : public Reader {
 public:
  Result<void> build(const Product& product);
  Result<std::uint64_t> skip(std::uint64_t count) override;
  Result<std::optional<Item>> next() override;
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] bool distinct() const override { return distinct_; }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Result<void> add(std::string_view text);
  Result<void> count();
  void locate(std::uint64_t position);
  bool excluded(std::uint64_t position);

  std::vector<Parameter> parameters_;
  std::vector<Exclusion> exclusions_;
  std::vector<std::uint64_t> places_;  ///< of one combination: each parameter's value
  std::uint64_t count_ = 1;            ///< exclusions too
  std::uint64_t position_ = 0;
  bool zip_ = false;
  bool distinct_ = true;
  std::string name_ = "--param";
};

Result<void> Combinations::build(const Product& product) {
  zip_ = product.zip;
  for (const std::string& text : product.parameters) {
    CHECK(add(text));
  }
  CHECK(count());
  for (const std::string& text : product.exclude) {
    TRY(Exclusion exclusion, parse_exclusion(text, parameters_));
    exclusions_.push_back(std::move(exclusion));
  }
  if (!exclusions_.empty() && count_ > kMostToExcludeFrom) {
    return wrong("--exclude", "there are " + std::to_string(count_) +
                                  " combinations to exclude from, at most " +
                                  std::to_string(kMostToExcludeFrom) + " are taken");
  }
  places_.resize(parameters_.size());
  return {};
}

Result<void> Combinations::add(std::string_view text) {
  TRY(Parameter parameter, parse_parameter(text));
  if (std::ranges::find(parameters_, parameter.name, &Parameter::name) != parameters_.end()) {
    return wrong(name_.c_str(), quote(parameter.name) + " is given twice");
  }
  distinct_ = distinct_ && parameter.distinct();
  parameters_.push_back(std::move(parameter));
  return {};
}

Result<void> Combinations::count() {
  if (zip_) {
    count_ = parameters_.front().count();
  }
  for (const Parameter& parameter : parameters_) {
    if (zip_ && parameter.count() != count_) {
      return wrong("--zip", quote(parameter.name) + " has " + std::to_string(parameter.count()) +
                                " values, expected " + std::to_string(count_) + " as " +
                                quote(parameters_.front().name));
    }
    if (!zip_ && (__builtin_mul_overflow(count_, parameter.count(), &count_) || count_ > kMost)) {
      return wrong(name_.c_str(), "there are more than 2^63 combinations");
    }
  }
  return {};
}

/// Takes a position apart.
void Combinations::locate(std::uint64_t position) {
  for (std::size_t i = parameters_.size(); i > 0; --i) {
    const std::uint64_t values = parameters_[i - 1].count();
    places_[i - 1] = zip_ ? position : position % values;
    position = zip_ ? position : position / values;
  }
}

bool Combinations::excluded(std::uint64_t position) {
  if (exclusions_.empty()) {
    return false;
  }
  locate(position);
  return std::ranges::any_of(exclusions_, [this](const Exclusion& exclusion) {
    return std::ranges::all_of(exclusion, [this](const auto& condition) {
      return places_[condition.first] == condition.second;
    });
  });
}

Result<std::uint64_t> Combinations::skip(std::uint64_t count) {
  std::uint64_t passed = 0;
  if (exclusions_.empty()) {
    passed = std::min(count, count_ - position_);
    position_ += passed;
    return passed;
  }
  for (; passed < count && position_ < count_; ++position_) {
    passed += excluded(position_) ? 0U : 1U;
  }
  return passed;
}

Result<std::optional<Item>> Combinations::next() {
  while (position_ < count_ && excluded(position_)) {
    ++position_;
  }
  if (position_ == count_) {
    return std::optional<Item>{};
  }
  locate(position_++);
  Item item;
  item.origin = name_;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    Field field{parameters_[i].name, parameters_[i].at(places_[i])};
    item.text.append(i == 0 ? "" : " ").append(field.name).append("=").append(field.value);
    item.fields.push_back(std::move(field));
  }
  return std::optional(std::move(item));
}

}  // namespace

Result<std::unique_ptr<Reader>> open_product(const Product& product) {
  auto reader = std::make_unique<Combinations>();
  CHECK(reader->build(product));
  return std::unique_ptr<Reader>(std::move(reader));
}

}  // namespace indexrun::items
