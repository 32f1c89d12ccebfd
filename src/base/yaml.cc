// SPDX-License-Identifier: Apache-2.0
// yaml-cpp's events become the tree. Its own nodes are not used: they merge aliases into a graph
// and guess at types.
#include "base/yaml.h"

#include "base/quote.h"

#include <sstream>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

namespace indexrun {

namespace {

constexpr std::size_t kDepth = 8;

/// What is wrong, and where; stays within this file.
struct Refused {
  YAML::Mark mark;
  std::string problem;
  std::string hint;
};

class Builder : public YAML::EventHandler {
 public:
  explicit Builder(std::string_view file) : file_(file) {}

  [[nodiscard]] YamlNode take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw Refused{mark, "a second document begins here, expected one", ""};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, "?", anchor);
    add(mark, YamlNode::Kind::kNull);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    throw Refused{mark, "found an alias, expected a plain value", "write the value out"};
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, tag, anchor);
    YamlNode& node = add(mark, YamlNode::Kind::kScalar);
    node.text = value;
    node.plain = tag == "?";
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    check(mark, tag, anchor);
    open(mark, YamlNode::Kind::kSequence);
  }
  void OnSequenceEnd() override { stack_.pop_back(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    check(mark, tag, anchor);
    open(mark, YamlNode::Kind::kMapping);
  }
  void OnMapEnd() override { stack_.pop_back(); }

 private:
  static void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      throw Refused{mark, "found an anchor, expected a plain value", "write the value out"};
    }
    if (!tag.empty() && tag != "?" && tag != "!" && tag != "tag:yaml.org,2002:str") {
      throw Refused{mark, "found the tag " + quote(tag) + ", expected a plain value",
                    "all values are texts: leave the tag out"};
    }
  }

  void open(const YAML::Mark& mark, YamlNode::Kind kind) {
    if (stack_.size() >= kDepth) {
      throw Refused{mark, "nested too deeply", ""};
    }
    stack_.push_back(&add(mark, kind));
  }

  YamlNode& add(const YAML::Mark& mark, YamlNode::Kind kind) {
    YamlNode* node = &root_;
    if (!stack_.empty()) {
      YamlNode& parent = *stack_.back();
      if (parent.kind == YamlNode::Kind::kMapping && parent.children.size() % 2 == 0 &&
          kind != YamlNode::Kind::kScalar) {
        throw Refused{mark, "found a key that is no text", "put quotes around it"};
      }
      node = &parent.children.emplace_back();
    }
    node->kind = kind;
    node->place = {file_, mark.line + 1, mark.column + 1};
    return *node;
  }

  std::string_view file_;
  int documents_ = 0;
  YamlNode root_;
  // Pointers into `children` stay valid: only the innermost node, the last of the stack, grows.
  std::vector<YamlNode*> stack_;
};

Error wrong(YamlReader reader, std::string object, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = reader.stage,
               .object = std::move(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

/// Where yaml-cpp would stop in silence (0x04), read UTF-16, or drop bytes.
Result<void> check_bytes(const std::string& bytes, std::string_view file, YamlReader reader) {
  YamlPlace place{file, 1, 1};
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    const bool control = value < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
    if (control || value == 0x7f || value >= 0xfe) {
      return wrong(
          reader, where(place),
          "found the byte " + quote(std::string_view(&byte, 1)) + ", expected YAML as UTF-8 text");
    }
    ++place.column;
    if (byte == '\n') {
      ++place.line;
      place.column = 1;
    }
  }
  return {};
}

/// yaml-cpp takes a quote that is open at the end of the text as closed if a line has just ended.
/// A comment there changes nothing else, and makes it see the defect.
std::string closed(const std::string& bytes) {
  const std::size_t last = bytes.find_last_not_of(" \t");
  const bool blank = last == std::string::npos || bytes[last] == '\n' || bytes[last] == '\r';
  if (!blank) {
    return bytes;
  }
  return bytes + (last + 1 == bytes.size() ? "#" : "\n#");
}

}  // namespace

std::string where(const YamlPlace& place) {
  std::string text(place.file);
  if (place.line > 0) {
    text.append(":").append(std::to_string(place.line));
    text.append(":").append(std::to_string(place.column));
  }
  return text;
}

Result<YamlNode> parse_yaml(const std::string& bytes, std::string_view file, YamlReader reader) {
  const auto refused = [&](const YAML::Mark& mark, std::string problem, std::string hint) {
    return wrong(reader, where({file, mark.line + 1, mark.column + 1}), std::move(problem),
                 std::move(hint));
  };
  if (bytes.size() > kYamlLimit) {
    return wrong(reader, std::string(file),
                 std::string("is longer than 1 MiB, expected ").append(reader.expected));
  }
  CHECK(check_bytes(bytes, file, reader));
  try {
    std::istringstream stream(closed(bytes));
    YAML::Parser parser(stream);
    Builder builder(file);
    if (!parser.HandleNextDocument(builder)) {
      return wrong(reader, std::string(file),
                   std::string("is empty, expected ").append(reader.expected));
    }
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Refused& failure) {
    return refused(failure.mark, failure.problem, failure.hint);
  } catch (const YAML::Exception& failure) {
    return refused(failure.mark, "invalid YAML: " + failure.msg, "");
  } catch (const std::exception& failure) {
    return wrong(reader, std::string(file), std::string("invalid YAML: ") + failure.what());
  }
}

}  // namespace indexrun
