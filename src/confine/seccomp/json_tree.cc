// SPDX-License-Identifier: Apache-2.0
// The values come from nlohmann's parser, event by event; the places from the text itself, which is
// known to be valid as far as events have come.
#include "confine/seccomp/json_tree.h"

#include "base/quote.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace indexrun::confine {
namespace {

/// Where the string that begins at `from` ends: behind its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t from) {
  std::size_t at = from + 1;
  while (text[at] != '"') {
    at += text[at] == '\\' ? 2U : 1U;
  }
  return at + 1;
}

/// Walks over the tokens of a text that is valid JSON so far.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}

  /// Where the next token begins; afterwards the walk stands behind it.
  std::size_t next() {
    at_ = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size());
    const std::size_t start = at_;
    if (start == text_.size()) {
      return start;
    }
    const char first = text_[start];
    if (first == '"') {
      at_ = end_of_string(text_, start);
    } else if (std::string_view("{}[]").find(first) != std::string_view::npos) {
      ++at_;
    } else {
      at_ = std::min(text_.find_first_of(" \t\r\n,:{}[]\"", start), text_.size());
    }
    return start;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

class Builder {
 public:
  using Json = nlohmann::ordered_json;
  using Kind = JsonNode::Kind;

  explicit Builder(const JsonSource& source) : source_(source), tokens_(source.text) {}

  // The names are nlohmann's.
  bool null() { return add(Kind::kNull); }
  bool boolean(bool value) { return add(Kind::kFlag, value ? 1 : 0); }
  bool number_integer(Json::number_integer_t /*value*/) { return add(Kind::kOtherNumber); }
  bool number_unsigned(Json::number_unsigned_t value) { return add(Kind::kNumber, value); }
  bool number_float(Json::number_float_t /*value*/, const std::string& /*text*/) {
    return add(Kind::kOtherNumber);
  }
  bool string(std::string& value) { return add(Kind::kText, 0, std::move(value)); }
  bool binary(Json::binary_t& /*value*/) { return false; }
  bool key(std::string& name) {
    const std::size_t offset = tokens_.next();
    std::vector<JsonMember>& members = open_.back()->members;
    for (const JsonMember& member : members) {
      if (member.name == name) {
        error_ = source_.error(offset,
                               {"found ", quote(name),
                                " a second time, expected each name once; "
                                "the first is at ",
                                source_.place(member.offset)},
                               "programs do not agree on which of the two counts: remove one");
        return false;
      }
    }
    if (members.size() == kWidestObject) {
      error_ = source_.error(
          offset, {"has more than ", std::to_string(kWidestObject), " members in one object"},
          "no seccomp profile has");
      return false;
    }
    members.push_back({std::move(name), offset, {}});
    return true;
  }
  bool start_object(std::size_t /*size*/) { return open(Kind::kObject); }
  bool start_array(std::size_t /*size*/) { return open(Kind::kList); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) {
    // "[json.exception...] parse error at line 1, column 2: syntax error while parsing ..."
    std::string_view text = error.what();
    const std::size_t column = text.find("column ");
    const std::size_t colon = column == std::string_view::npos ? column : text.find(": ", column);
    text =
        colon == std::string_view::npos ? text.substr(text.find("] ") + 2) : text.substr(colon + 2);
    error_ = source_.error(position == 0 ? 0 : std::min(position - 1, source_.text.size()),
                           {"is not valid JSON: ", printable(text)},
                           "JSON has no comments, no trailing commas and no single quotes");
    return false;
  }

  JsonNode root;
  [[nodiscard]] Error take_error() { return std::move(error_); }

 private:
  JsonNode* place() {
    if (open_.empty()) {
      return &root;
    }
    JsonNode& parent = *open_.back();
    return parent.kind == Kind::kObject ? &parent.members.back().value
                                        : &parent.elements.emplace_back();
  }
  bool add(Kind kind, std::uint64_t number = 0, std::string text = {}) {
    JsonNode& node = *place();
    node.kind = kind;
    node.offset = tokens_.next();
    node.number = number;
    node.text = std::move(text);
    return true;
  }
  bool open(Kind kind) {
    JsonNode* node = place();
    node->kind = kind;
    node->offset = tokens_.next();
    open_.push_back(node);
    if (open_.size() > kDeepestProfile) {
      error_ = source_.error(
          node->offset, {"is nested more than ", std::to_string(kDeepestProfile), " levels deep"},
          "no seccomp profile is");
      return false;
    }
    return true;
  }
  bool close() {
    tokens_.next();
    open_.pop_back();
    return true;
  }

  const JsonSource& source_;
  Tokens tokens_;
  /// The objects and lists that are not closed yet. A parent gets no further element while one of
  /// its children is open, so they stay where they are.
  std::vector<JsonNode*> open_;
  Error error_;
};

}  // namespace

std::string_view JsonNode::what() const {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kFlag:
      return number != 0 ? "true" : "false";
    case Kind::kNumber:
      return "a number";
    case Kind::kOtherNumber:
      return "a number that is negative, beyond 64 bits or no whole one";
    case Kind::kText:
      return "a string";
    case Kind::kList:
      return "a list";
    case Kind::kObject:
      return "an object";
  }
  return "something else";
}

std::string JsonSource::place(std::size_t offset) const {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t start = before.rfind('\n');
  const std::size_t column = before.size() - (start == std::string_view::npos ? 0 : start + 1) + 1;
  return std::string(name) + ":" + std::to_string(line) + ":" + std::to_string(column);
}

Error JsonSource::error(std::size_t offset, std::initializer_list<std::string_view> problem,
                        std::string_view hint) const {
  // In parts, as a chain of + costs some 200 bytes of code for each link, and there are many
  // errors.
  Error error{.failure = Failure::kConfig, .stage = "confine", .object = place(offset)};
  for (const std::string_view part : problem) {
    error.problem += part;
  }
  error.hint = hint;
  return error;
}

Result<JsonNode> read_json(const JsonSource& source) {
  const std::string_view text = source.text;
  // nlohmann's parser takes NUL for the end, and passes over a byte order mark.
  if (text.starts_with("\xef\xbb\xbf")) {
    return source.error(0, {"begins with a byte order mark, expected plain UTF-8"},
                        "save the file without it");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return source.error(nul, {"found a NUL byte, expected JSON"},
                        "is this a text file, and in UTF-8?");
  }
  Builder builder(source);
  using Adapter = decltype(nlohmann::detail::input_adapter(text.begin(), text.end()));
  // The parser itself: json::sax_parse() would bring along the readers of every binary format.
  nlohmann::detail::parser<nlohmann::ordered_json, Adapter> parser(
      nlohmann::detail::input_adapter(text.begin(), text.end()), nullptr, false);
  if (!parser.sax_parse(&builder)) {
    return builder.take_error();
  }
  return std::move(builder.root);
}

}  // namespace indexrun::confine
