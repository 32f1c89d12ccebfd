// SPDX-License-Identifier: Apache-2.0
// Keys against the table of options.
#include "options/config_file.h"

#include "base/file.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "base/yaml.h"
#include "options/config_values.h"

#include <cerrno>
#include <utility>

namespace indexrun::options {

namespace {

Error unknown_key(const YamlNode& key) {
  std::vector<std::string_view> names{kCommandKey, kRolesKey};
  for (const Option& row : table()) {
    if (row.yaml != Yaml::kNone) {
      names.push_back(row.name);
    }
  }
  std::string hint;
  if (const Option* found = find_option(key.text)) {
    hint = std::string("--").append(found->name).append(" is for the command line only");
  } else if (const auto near = near_miss(key.text, names)) {
    hint = std::string("did you mean ").append(*near).append("?");
  } else {
    hint = "the keys are the long names of the options, without dashes";
  }
  return usage_error(where(key.place), "unknown key " + quote(key.text), std::move(hint));
}

Result<void> read_key(const YamlNode& key, const YamlNode& value, Subcommand subcommand,
                      FileSettings& file) {
  if (key.text == kCommandKey) {
    std::vector<std::string> words;
    CHECK(read_command(value, words));
    if (subcommand == Subcommand::kRun || subcommand == Subcommand::kShow) {
      file.command = std::move(words);
      file.command_place = value.place;
    }
    return {};
  }
  if (key.text == kRolesKey) {
    std::vector<RoleSection> sections;
    CHECK(read_roles(value, subcommand, sections));
    if (option(Id::kRole).belongs_to(subcommand)) {
      file.roles = std::move(sections);
    }
    return {};
  }
  const Option* option = find_option(key.text);
  if (option == nullptr || option->yaml == Yaml::kNone) {
    return unknown_key(key);
  }
  const std::size_t before = file.settings.size();
  CHECK(read_value(*option, value, Level::kFile, file.settings));
  if (!option->belongs_to(subcommand)) {
    file.settings.resize(before);
  }
  return {};
}

}  // namespace

Result<void> read_config(const std::string& bytes, std::string_view path, Subcommand subcommand,
                         FileSettings& file) {
  TRY(const YamlNode root, parse_yaml(bytes, path, {"options", "a mapping of options"}));
  if (root.kind != YamlNode::Kind::kMapping) {
    return usage_error(where(root.place),
                       "found " + described(root) + ", expected a mapping of option names");
  }
  CHECK(check_keys(root));
  for (std::size_t i = 0; i < root.children.size(); i += 2) {
    CHECK(read_key(root.children[i], root.children[i + 1], subcommand, file));
  }
  return {};
}

Result<void> read_config_file(std::string_view path, Subcommand subcommand, FileSettings& file) {
  const FileContent content = read_file(std::string(path), kYamlLimit);
  if (content.error == EFBIG) {
    return usage_error(std::string(path), "is longer than 1 MiB, expected a file of options");
  }
  if (content.error != 0) {
    Error error = usage_error(std::string(path), "cannot be read");
    error.system_error = content.error;
    return error;
  }
  return read_config(content.bytes, path, subcommand, file);
}

}  // namespace indexrun::options
