// SPDX-License-Identifier: Apache-2.0
#include "commands/worker.h"

#include "index/read.h"
#include "inputs/expand.h"
#include "items/select.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace indexrun::commands {

namespace {

/// What the workers use besides templates, so that no output replaces it.
std::vector<std::string> sources_of(const options::Options& options) {
  std::vector<std::string> sources = options.inputs.sources;
  if (const auto* file = std::get_if<items::File>(&options.items.source);
      file != nullptr && file->path != "-") {
    sources.push_back(file->path);
  }
  if (const auto* directory = std::get_if<items::Directory>(&options.items.source)) {
    sources.push_back(directory->path);
  }
  if (options.index.file) {
    sources.push_back(*options.index.file);
  }
  if (options.status.message != status::Message::kNever) {
    sources.push_back(options.status.message_file);
  }
  return sources;
}

}  // namespace

Result<Worker> read_worker(Session& session) {
  options::Options& options = session.options;
  options.items.count_wanted = inputs::wants_count(options.inputs);
  TRY(index::Index index, index::read(options.index, session.environment));
  session.record.set("index", index.position);
  session.record.set("task", index.task);
  if (!index.engine.empty()) {
    session.record.set("engine", index.engine);
  }
  TRY(items::Item item, items::select(options.items, index, session.environment));
  if (item.again) {
    session.record.set("index", item.position);
    session.record.set("task", item.task);
  }
  session.record.set("item", item.text);
  options.inputs.sources = sources_of(options);
  TRY(inputs::Inputs inputs,
      inputs::expand(options.inputs, item, inputs::Turn{}, session.environment));
  return Worker{std::move(index), std::move(item), std::move(inputs)};
}

}  // namespace indexrun::commands
