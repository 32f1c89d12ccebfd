// SPDX-License-Identifier: Apache-2.0
// A value is checked by nlohmann's parser, event by event and without building a tree; then the
// fields are cut out of its text, so that numbers stay as they are written.
#include "items/json_item.h"

#include "base/quote.h"
#include "items/columns.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace indexrun::items {
namespace {

/// Takes the events of one value.
class Checker {
 public:
  using Json = nlohmann::ordered_json;

  // The names are nlohmann's.
  bool null() { return true; }
  bool boolean(bool /*value*/) { return true; }
  bool number_integer(Json::number_integer_t /*value*/) { return true; }
  bool number_unsigned(Json::number_unsigned_t /*value*/) { return true; }
  bool number_float(Json::number_float_t /*value*/, const std::string& /*text*/) { return true; }
  bool string(std::string& value) {
    last_ = std::move(value);
    return true;
  }
  bool binary(Json::binary_t& /*value*/) { return true; }
  bool key(std::string& /*name*/) {
    return ++keys_ <= kMostFields ||
           refuse("has more than " + std::to_string(kMostFields) + " fields");
  }
  bool start_object(std::size_t /*size*/) { return open(); }
  bool start_array(std::size_t /*size*/) { return open(); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) {
    constexpr int kOutOfRange = 406;
    if (error.id == kOutOfRange) {
      return refuse("holds a number that is too large, up to byte " + std::to_string(position) +
                    "; as a string it is taken as it is written");
    }
    return refuse("is not valid JSON, from byte " + std::to_string(position) + " on");
  }

  [[nodiscard]] std::string take_fault() { return std::move(fault_); }
  [[nodiscard]] std::string take_string() { return std::move(last_); }

 private:
  bool open() {
    return ++depth_ <= kDeepestJson ||
           refuse("is nested more than " + std::to_string(kDeepestJson) + " levels deep");
  }
  bool close() {
    --depth_;
    return true;
  }
  bool refuse(std::string fault) {
    fault_ = std::move(fault);
    return false;
  }

  std::size_t depth_ = 0;
  std::size_t keys_ = 0;
  std::string fault_;
  std::string last_;
};

/// The parser itself: json::sax_parse() would bring along the readers of every binary format.
void parse(std::string_view text, Checker& checker) {
  using Adapter = decltype(nlohmann::detail::input_adapter(text.begin(), text.end()));
  nlohmann::detail::parser<nlohmann::ordered_json, Adapter> parser(
      nlohmann::detail::input_adapter(text.begin(), text.end()), nullptr, false);
  // False is in the checker's fault already.
  static_cast<void>(parser.sax_parse(&checker));
}

/// Where a string that begins at `from` ends: the place after its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t from) {
  std::size_t at = from + 1;
  while (text[at] != '"') {
    at += text[at] == '\\' ? 2U : 1U;
  }
  return at + 1;
}

std::string without_blanks(std::string_view text) {
  std::string compact;
  compact.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '"' ? end_of_string(text, at) : at + 1;
    if (std::string_view(" \t\r\n").find(text[at]) == std::string_view::npos) {
      compact.append(text.substr(at, end - at));
    }
    at = end;
  }
  return compact;
}

/// The text of a value: what a string stands for, anything else as it is.
std::string decoded(std::string_view value) {
  if (!value.starts_with('"')) {
    return std::string(value);
  }
  if (value.find('\\') == std::string_view::npos) {
    return std::string(value.substr(1, value.size() - 2));
  }
  Checker checker;
  parse(value, checker);
  return checker.take_string();
}

/// Cuts the fields out of a valid value without blanks.
class Cutter {
 public:
  Cutter(std::string_view text, std::vector<Field>& fields) : rest_(text), fields_(fields) {}

  /// An object, with the names of its values after `prefix`.
  void object(const std::string& prefix) {
    do {
      rest_.remove_prefix(1);  // the brace or the comma
      const std::string name = prefix + decoded(take());
      rest_.remove_prefix(1);  // the colon
      if (rest_.starts_with('{') && !rest_.starts_with("{}")) {
        object(name + ".");
      } else {
        fields_.push_back({name, decoded(take())});
      }
    } while (rest_.starts_with(','));
    rest_.remove_prefix(1);
  }

  void array() {
    for (std::size_t number = 1; rest_.size() > 1; ++number) {
      rest_.remove_prefix(1);
      fields_.push_back({std::to_string(number), decoded(take())});
    }
  }

 private:
  /// Takes one value off the front.
  std::string_view take() {
    constexpr std::string_view kEnds = ",}]:";
    std::size_t depth = 0;
    std::size_t at = 0;
    while (depth > 0 || kEnds.find(rest_[at]) == std::string_view::npos) {
      const char c = rest_[at];
      depth += c == '{' || c == '[' ? 1U : 0U;
      depth -= c == '}' || c == ']' ? 1U : 0U;
      at = c == '"' ? end_of_string(rest_, at) : at + 1;
    }
    const std::string_view value = rest_.substr(0, at);
    rest_.remove_prefix(at);
    return value;
  }

  std::string_view rest_;
  std::vector<Field>& fields_;
};

std::string fault_of_names(const std::vector<Field>& fields) {
  std::vector<std::string_view> names;
  names.reserve(fields.size());
  for (const Field& field : fields) {
    if (field.name.empty() || field.name.ends_with('.')) {
      return "has a key without a name";
    }
    names.push_back(field.name);
  }
  std::ranges::sort(names);
  const auto twice = std::ranges::adjacent_find(names);
  return twice == names.end() ? std::string() : "has two fields called " + quote(*twice);
}

std::string fault_of_item(const Item& item, std::string_view value) {
  if (value == "null") {
    return "is null, expected an item";
  }
  if (item.text.empty()) {
    return "is an empty string, expected an item";
  }
  if (item.text.find('\0') != std::string::npos) {
    return "holds a NUL byte";
  }
  if (item.fields.size() > kMostFields) {
    return "has more than " + std::to_string(kMostFields) + " fields";
  }
  return fault_of_names(item.fields);
}

}  // namespace

std::string json_fault(std::string_view text) {
  // nlohmann's parser takes NUL for the end, and passes over a byte order mark.
  if (text.find('\0') != std::string_view::npos || text.starts_with("\xef\xbb\xbf")) {
    return "is not valid JSON: found a NUL byte or a byte order mark";
  }
  Checker checker;
  parse(text, checker);
  return checker.take_fault();
}

Result<void> read_json_item(std::string_view text, Item& item) {
  std::string fault = json_fault(text);
  if (fault.empty()) {
    const std::string value = without_blanks(text);
    item.text = decoded(value);
    if (value.starts_with('{') && value != "{}") {
      Cutter(value, item.fields).object("");
    } else if (value.starts_with('[') && value != "[]") {
      Cutter(value, item.fields).array();
    }
    fault = fault_of_item(item, value);
  }
  if (!fault.empty()) {
    return Error{.failure = Failure::kItem,
                 .stage = "items",
                 .object = item.origin,
                 .problem = std::move(fault)};
  }
  return {};
}

}  // namespace indexrun::items
