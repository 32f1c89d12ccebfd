// SPDX-License-Identifier: Apache-2.0
// Values against the kind that the row of the table says.
#include "options/config_values.h"

#include "base/decimal.h"
#include "base/quote.h"

#include <algorithm>
#include <utility>

namespace indexrun::options {

using Kind = YamlNode::Kind;

std::string described(const YamlNode& node) {
  switch (node.kind) {
    case Kind::kNull:
      return "nothing";
    case Kind::kScalar:
      return "a text";
    case Kind::kSequence:
      return node.children.empty() ? "an empty sequence"
                                   : "a sequence of " + std::to_string(node.children.size());
    case Kind::kMapping:
      return "a mapping";
  }
  return {};
}

Error wrong(const YamlNode& node, std::string_view key, std::string_view expected) {
  const std::string found = node.kind == Kind::kScalar ? quote(node.text) : described(node);
  std::string hint;
  if (node.kind == Kind::kNull && expected == "a text") {
    hint = "write '' for the empty text, and quotes around null and ~";
  }
  const Option* option = find_option(key);
  if (hint.empty() && option != nullptr && expected.starts_with("a text") &&
      node.kind != Kind::kScalar) {
    hint.append("as on the command line: --").append(option->name);
    hint.append(" ").append(option->values[0]);
  }
  return usage_error(where(node.place).append(": ").append(key),
                     "found " + found + ", expected " + std::string(expected), std::move(hint));
}

Result<void> check_keys(const YamlNode& mapping) {
  std::vector<const YamlNode*> keys;
  keys.reserve(mapping.children.size() / 2);
  for (std::size_t i = 0; i < mapping.children.size(); i += 2) {
    const YamlNode& key = mapping.children[i];
    if (key.text == "<<" && key.plain) {
      return usage_error(where(key.place), "found a merge key, expected plain keys",
                         "write the keys out");
    }
    keys.push_back(&key);
  }
  std::sort(keys.begin(), keys.end(), [](const YamlNode* a, const YamlNode* b) {
    return a->text != b->text ? a->text < b->text : a < b;
  });
  const auto twice =
      std::adjacent_find(keys.begin(), keys.end(),
                         [](const YamlNode* a, const YamlNode* b) { return a->text == b->text; });
  if (twice != keys.end()) {
    const YamlNode& second = **std::next(twice);
    return usage_error(where(second.place), "the key " + quote(second.text) + " stands twice",
                       "the first is at " + where((*twice)->place));
  }
  return {};
}

namespace {

Result<void> expect_text(const YamlNode& node, std::string_view key) {
  if (node.kind != Kind::kScalar) {
    return wrong(node, key, "a text");
  }
  return {};
}

/// Reads one key's value.
class KeyReader {
 public:
  KeyReader(const Option& option, Level level, std::vector<Setting>& settings)
      : option_(option), level_(level), settings_(settings) {}

  Result<void> read(const YamlNode& value) {
    switch (option_.yaml) {
      case Yaml::kNone:
        break;
      case Yaml::kFlag:
        return flag(value);
      case Yaml::kScalar:
        CHECK(expect_text(value, option_.name));
        add(option_, value, value.text);
        return {};
      case Yaml::kList:
        return list(value);
      case Yaml::kMapping:
        return mapping(value);
      case Yaml::kPair:
        return pair(value);
      case Yaml::kLevel:
        return level(value);
    }
    return {};
  }

 private:
  void add(const Option& option, const YamlNode& at, std::string first, std::string second = {}) {
    Setting& setting = settings_.emplace_back();
    setting.option = &option;
    setting.values = {std::move(first), std::move(second)};
    setting.level = level_;
    setting.place = at.place;
    setting.key = option_.name;
  }

  Result<void> flag(const YamlNode& value) {
    const bool set = value.text == "true";
    if (value.kind != Kind::kScalar || !value.plain || (!set && value.text != "false")) {
      return wrong(value, option_.name, "true or false");
    }
    if (set) {
      add(option_, value, {});
    }
    return {};
  }

  Result<void> list(const YamlNode& value) {
    if (value.kind == Kind::kScalar) {
      add(option_, value, value.text);
      return {};
    }
    if (value.kind != Kind::kSequence) {
      return wrong(value, option_.name, "a text or a sequence of texts");
    }
    if (value.children.empty()) {
      return wrong(value, option_.name, "a sequence of at least 1 text");
    }
    // A sequence separates the items already: commas within one are its own.
    const Option& each = option_.id == Id::kItems ? option(Id::kItem) : option_;
    for (const YamlNode& one : value.children) {
      CHECK(expect_text(one, option_.name));
      add(each, one, one.text);
    }
    return {};
  }

  Result<void> mapping(const YamlNode& value) {
    if (value.kind != Kind::kMapping) {
      return wrong(value, option_.name, "a mapping of texts to texts");
    }
    CHECK(check_keys(value));
    for (std::size_t i = 0; i < value.children.size(); i += 2) {
      const YamlNode& key = value.children[i];
      const YamlNode& text = value.children[i + 1];
      CHECK(expect_text(text, option_.name));
      if (option_.arity() == 2) {
        add(option_, key, key.text, text.text);
      } else if (key.text.find('=') != std::string::npos) {
        return wrong(key, option_.name, "a name without '='");
      } else {
        add(option_, key, key.text + "=" + text.text);
      }
    }
    return {};
  }

  Result<void> pair(const YamlNode& value) {
    if (value.kind != Kind::kSequence || value.children.size() != 2) {
      return wrong(value, option_.name, "a sequence of 2 texts");
    }
    CHECK(expect_text(value.children[0], option_.name));
    CHECK(expect_text(value.children[1], option_.name));
    add(option_, value, value.children[0].text, value.children[1].text);
    return {};
  }

  Result<void> level(const YamlNode& value) {
    std::optional<std::uint64_t> times = parse_decimal(value.text);
    if (value.text == "true" || value.text == "false") {
      times = value.text == "true" ? 1 : 0;
    }
    if (value.kind != Kind::kScalar || !value.plain || !times || *times > 2) {
      return wrong(value, option_.name, "0, 1, 2, true or false");
    }
    for (std::uint64_t i = 0; i < *times; ++i) {
      add(option_, value, {});
    }
    return {};
  }

  const Option& option_;
  Level level_;
  std::vector<Setting>& settings_;
};

}  // namespace

Result<void> read_value(const Option& option, const YamlNode& value, Level level,
                        std::vector<Setting>& settings) {
  return KeyReader(option, level, settings).read(value);
}

Result<void> read_command(const YamlNode& value, std::vector<std::string>& command) {
  if (value.kind != Kind::kSequence || value.children.empty()) {
    return wrong(value, kCommandKey,
                 "a sequence of at least 1 text: the program and its arguments");
  }
  for (const YamlNode& one : value.children) {
    CHECK(expect_text(one, kCommandKey));
    command.push_back(one.text);
  }
  return {};
}

}  // namespace indexrun::options
