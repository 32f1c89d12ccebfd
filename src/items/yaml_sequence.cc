// SPDX-License-Identifier: Apache-2.0
// From YAML's tree to JSON values, which json_item.cc makes items of.
#include "items/yaml_sequence.h"

#include "base/json.h"
#include "base/yaml.h"
#include "items/json_item.h"

#include <algorithm>
#include <string>
#include <utility>

namespace indexrun::items {
namespace {

/// A plain scalar that JSON writes the same way: a number, true or false.
bool is_json_literal(const YamlNode& node) {
  constexpr std::string_view kFirst = "-0123456789tf";
  return node.plain && !node.text.empty() && kFirst.find(node.text[0]) != std::string_view::npos &&
         json_fault(node.text).empty();
}

std::string to_json(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::kNull:
      return "null";
    case YamlNode::Kind::kScalar:
      return is_json_literal(node) ? node.text : json_string(node.text);
    case YamlNode::Kind::kSequence:
    case YamlNode::Kind::kMapping:
      break;
  }
  const bool mapping = node.kind == YamlNode::Kind::kMapping;
  std::string json = mapping ? "{" : "[";
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const bool value = mapping && i % 2 == 1;
    json.append(i == 0 ? "" : value ? ":" : ",");
    json.append(mapping && !value ? json_string(node.children[i].text) : to_json(node.children[i]));
  }
  return json.append(mapping ? "}" : "]");
}

class Elements final : public Reader {
 public:
  explicit Elements(std::unique_ptr<Bytes> bytes) : bytes_(std::move(bytes)) {}

  Result<void> read() {
    std::string text;
    for (;;) {
      TRY(const std::string_view block, bytes_->block());
      text.append(block);
      if (block.empty() || text.size() > kYamlLimit) {
        break;
      }
    }
    TRY(root_, parse_yaml(text, name(), {"items", "a sequence of items"}));
    if (root_.kind != YamlNode::Kind::kSequence) {
      return Error{.failure = Failure::kConfig,
                   .stage = "items",
                   .object = where(root_.place),
                   .problem = "is no YAML sequence, expected one item an element",
                   .hint = "begin each item with a dash and a blank"};
    }
    return {};
  }

  Result<std::uint64_t> skip(std::uint64_t count) override {
    const std::uint64_t passed = std::min<std::uint64_t>(count, root_.children.size() - position_);
    position_ += passed;
    return passed;
  }

  Result<std::optional<Item>> next() override {
    if (position_ == root_.children.size()) {
      return std::optional<Item>{};
    }
    const YamlNode& node = root_.children[position_++];
    Item item;
    item.origin = where(node.place);
    const bool text = node.kind == YamlNode::Kind::kScalar;
    CHECK(read_json_item(text ? json_string(node.text) : to_json(node), item));
    return std::optional(std::move(item));
  }

  [[nodiscard]] Result<void> unchanged() const override { return bytes_->unchanged(); }
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] const std::string& name() const override { return bytes_->name(); }

 private:
  std::unique_ptr<Bytes> bytes_;
  YamlNode root_;
  std::size_t position_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_yaml(std::unique_ptr<Bytes> bytes) {
  auto reader = std::make_unique<Elements>(std::move(bytes));
  CHECK(reader->read());
  return std::unique_ptr<Reader>(std::move(reader));
}

}  // namespace indexrun::items
