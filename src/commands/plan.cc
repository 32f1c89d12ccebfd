// SPDX-License-Identifier: Apache-2.0
#include "commands/plan.h"

#include "base/quote.h"
#include "commands/confinement.h"
#include "commands/plan_access.h"
#include "confine/batch.h"
#include "inputs/whole_share.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace indexrun::commands {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLabelWidth = 9;
constexpr std::size_t kShownRanges = 20;

std::string octal(mode_t mode) {
  std::string digits = "0";
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> static_cast<unsigned>(shift)) & 7U));
  }
  return digits;
}

/// One shell word. Control characters make it the $'...' form, in which a tab and a backslash
/// followed by a t do not look alike.
std::string word(std::string_view text) {
  const bool visible = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (visible && printable(text) == text) {
    return shell_quote(text);
  }
  std::string escaped;
  for (const char c : text) {
    escaped.append(c == '\\' || c == '\'' ? "\\" : "").append(1, c);
  }
  return "$'" + printable(escaped) + "'";
}

void add_line(std::string& text, std::string_view label, std::string_view value) {
  text.append(label);
  text.append(kLabelWidth - std::min(kLabelWidth - 1, label.size()), ' ');
  text.append(value).append("\n");
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string joined;
  for (const std::string& one : words) {
    joined.append(joined.empty() ? "" : separator).append(word(one));
  }
  return joined;
}

std::string describe(const inputs::OutputFile& file) {
  return word(file.path) + " (" + std::to_string(file.size()) + " bytes, mode " + octal(file.mode) +
         ")";
}

/// "3 of 10, positions 0-2".
std::string describe(const Plan& plan) {
  const std::string positions = plan.part->text(kShownRanges);
  return std::to_string(plan.part->size) + " of " + std::to_string(plan.item.count.value_or(0)) +
         (positions.empty() ? "" : ", positions " + positions);
}

/// Every part of a preset by itself.
confine::Policy effective(const confine::Policy& policy) {
  return policy.batch ? confine::with_batch(policy) : policy;
}

std::optional<std::uint64_t> stdin_bytes(const inputs::Inputs& inputs) {
  if (inputs.stdin_share_bytes || !inputs.stdin_text) {
    return inputs.stdin_share_bytes;
  }
  return inputs.stdin_text->size();
}

Json files_of(const inputs::Inputs& inputs) {
  Json files = Json::array();
  for (const inputs::OutputFile& file : inputs.files) {
    files.push_back({{"path", file.path}, {"bytes", file.size()}, {"mode", octal(file.mode)}});
  }
  return files;
}

Json environment_of(const inputs::Inputs& inputs) {
  Json environment = Json::object();
  for (const std::string& name : inputs.changed) {
    if (const auto value = inputs.environment.get(name)) {
      environment[name] = *value;
    }
  }
  return environment;
}

/// What is inherited, or null for everything.
Json inherited_of(const inputs::Spec& spec) {
  return spec.env_clear ? Json(spec.env_keep) : Json();
}

/// A share is not told again here: its items stand at the end.
Json stdin_of(const inputs::Inputs& inputs) {
  if (inputs.stdin_share_bytes) {
    return inputs::kItems;
  }
  return inputs.stdin_text ? Json(*inputs.stdin_text) : Json();
}

Json stream_of(const std::optional<inputs::StreamFile>& file) {
  return file ? Json({{"path", file->path}, {"copy", file->copy}}) : Json();
}

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json();
}

/// "3 of 10, task 4", and the item or share of that index.
void add_item(std::string& text, const Plan& plan) {
  const items::Item& item = plan.item;
  if (item.absent) {
    add_line(text, "index", "none (--no-index)");
    return;
  }
  std::string index = std::to_string(item.position);
  if (const auto of = item.share_size ? item.tasks : item.count) {
    index += " of " + std::to_string(*of);
  }
  if (item.task != item.position) {
    index += ", task " + std::to_string(item.task);
  }
  add_line(text, "index", index + " (" + printable(plan.index_source) + ")");
  if (!item.role.empty()) {
    add_line(text, "role", item.role);
  }
  add_line(text, item.share_size ? "items" : "item",
           (plan.part != nullptr ? describe(plan) : word(item.text)) + " (" +
               printable(item.origin) + ")");
}

std::string describe(const inputs::StreamFile& file) {
  return word(file.path) + (file.copy ? " (a copy)" : "");
}

}  // namespace

std::string to_text(const Plan& plan) {
  std::string text;
  add_item(text, plan);
  for (const inputs::OutputFile& file : plan.inputs.files) {
    add_line(text, "write", describe(file));
  }
  if (const inputs::Spec& spec = plan.options.inputs; spec.env_clear) {
    std::vector<std::string> kept{"PATH"};
    kept.insert(kept.end(), spec.env_keep.begin(), spec.env_keep.end());
    add_line(text, "inherit", join(kept, ","));
  }
  for (const std::string& name : plan.inputs.changed) {
    if (const auto value = plan.inputs.environment.get(name)) {
      add_line(text, "env", name + "=" + word(*value));
    }
  }
  if (const auto bytes = stdin_bytes(plan.inputs)) {
    add_line(text, "stdin", std::to_string(*bytes) + " bytes");
  }
  if (plan.inputs.standard_output) {
    add_line(text, "stdout", describe(*plan.inputs.standard_output));
  }
  if (plan.inputs.standard_error) {
    add_line(text, "stderr", describe(*plan.inputs.standard_error));
  }
  if (plan.inputs.directory) {
    add_line(text, "chdir", word(*plan.inputs.directory));
  }
  for (const std::string& gate : plan.gates) {
    add_line(text, "wait", word(gate));
  }
  const confine::Policy confinement = effective(plan.options.confine);
  for (const auto& [label, value] : confinement_lines(confinement)) {
    add_line(text, label, value);
  }
  for (const PlanLine& line : access_lines(confinement, plan.inputs)) {
    add_line(text, line.label, line.value);
  }
  if (!plan.inputs.argv.empty()) {
    add_line(text, "command", join(plan.inputs.argv, " "));
  }
  if (plan.explanation != nullptr) {
    text += "\n" + to_text(*plan.explanation);
  }
  return text;
}

std::string to_line(const Plan& plan) {
  std::string line = std::to_string(plan.item.position) + "\t";
  if (plan.part != nullptr) {
    line += plan.part->text(kShownRanges) + "\t" + std::to_string(plan.part->size) + "\t";
  } else {
    line += word(plan.item.text) + "\t";
  }
  if (!plan.inputs.argv.empty()) {
    return line + join(plan.inputs.argv, " ") + "\n";
  }
  std::vector<std::string> paths;
  for (const inputs::OutputFile& file : plan.inputs.files) {
    paths.push_back(file.path);
  }
  return line + join(paths, " ") + "\n";
}

std::string to_json(const Plan& plan) {
  return to_open_json(plan) + "null}\n";
}

std::string to_open_json(const Plan& plan) {
  const items::Item& item = plan.item;
  Json fields = Json::object();
  for (const items::Field& field : item.fields) {
    if (!item.share_size) {
      fields[field.name] = field.value;
    }
  }
  Json json = Json::object();
  json["index"] = item.absent ? Json() : Json(item.position);
  json["task"] = item.absent ? Json() : Json(item.task);
  json["index_source"] = plan.index_source;
  json["count"] = or_null(item.count);
  json["tasks"] = or_null(item.tasks);
  json["role"] = item.role.empty() ? Json() : Json(item.role);
  json["sha256"] = item.digest.empty() ? Json() : Json(item.digest);
  json["item"] = item.share_size || item.absent ? Json() : Json(item.text);
  json["origin"] = item.origin;
  json["fields"] = std::move(fields);
  json["command"] = plan.inputs.argv;
  json["files"] = files_of(plan.inputs);
  json["env"] = environment_of(plan.inputs);
  json["env_keep"] = inherited_of(plan.options.inputs);
  json["stdin"] = stdin_of(plan.inputs);
  json["stdout"] = stream_of(plan.inputs.standard_output);
  json["stderr"] = stream_of(plan.inputs.standard_error);
  json["chdir"] = or_null(plan.inputs.directory);
  json["wait_for"] = plan.gates;
  const confine::Policy confinement = effective(plan.options.confine);
  json["confine"] = confinement_json(confinement);
  add_access(json["confine"], confinement, plan.inputs);
  json["effective"] = plan.explanation != nullptr ? to_json(*plan.explanation) : Json();
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.pop_back();
  return text + R"(,"items":)";
}

}  // namespace indexrun::commands
