// SPDX-License-Identifier: Apache-2.0
// Explicit sources of the index, and detection where there is none.
#include "index/read.h"

#include "base/log.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "index/base.h"
#include "index/detect.h"
#include "index/engines.h"
#include "index/file.h"
#include "index/number.h"

#include <string>
#include <vector>

namespace indexrun::index {
namespace {

Error config(std::string object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = std::move(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Result<Index> from_number(const Spec& spec) {
  TRY(const std::uint64_t task, read_number(*spec.number, "--index"));
  return place(task, spec.base.value_or(0), "--index");
}

Result<Index> from_variable(const Spec& spec, const Environment& environment) {
  const std::string& name = *spec.variable;
  const auto text = environment.get(name);
  if (!text) {
    return config(name, "is not set, but --index-env names it",
                  "declare it in the container's env, or correct the name");
  }
  if (text->empty()) {
    return config(name, "is empty, expected a plain decimal number",
                  "the container is not in a pod of an Indexed Job (completionMode: Indexed), or "
                  "the annotation that the variable comes from is missing");
  }
  // A variable of the table keeps its engine's meaning: SGE_TASK_ID begins at 1 however it is
  // named.
  const Engine* engine = engine_with_variable(name);
  if (engine != nullptr && engine->variable == name) {
    return require_engine(*engine, environment, spec.base);
  }
  TRY(const std::uint64_t task, read_number(*text, name));
  return place(task, spec.base.value_or(0), name);
}

Result<Index> from_file(const Spec& spec) {
  TRY(const std::uint64_t task, read_index_file(*spec.file));
  return place(task, spec.base.value_or(0), *spec.file);
}

Result<Index> from_engine(const Spec& spec, const Environment& environment) {
  const Engine* engine = engine_named(*spec.engine);
  if (engine != nullptr) {
    return require_engine(*engine, environment, spec.base);
  }
  std::vector<std::string_view> names;
  for (const Engine& known : engines()) {
    names.push_back(known.name);
  }
  const auto near = near_miss(*spec.engine, names);
  return config("--engine", "unknown engine " + quote(*spec.engine),
                (near ? "did you mean " + std::string(*near) + "? " : "") +
                    "known engines: " + engine_names());
}

Result<Index> find(const Spec& spec, const Environment& environment) {
  if (spec.number) {
    return from_number(spec);
  }
  if (spec.variable) {
    return from_variable(spec, environment);
  }
  if (spec.file) {
    return from_file(spec);
  }
  if (spec.engine) {
    return from_engine(spec, environment);
  }
  LOG_HOW("no index given; looking for " + detected_variables());
  return detect(environment, spec.base);
}

std::string describe(const Index& index) {
  std::string text = "task " + std::to_string(index.task) + " from " + index.source;
  if (!index.engine.empty()) {
    text += " (" + index.engine + ")";
  }
  if (index.base != 0) {
    text += ", position " + std::to_string(index.position);
  }
  return text;
}

}  // namespace

Result<std::uint64_t> first_task(const Spec& spec, const Environment& environment) {
  const Engine* engine = spec.engine     ? engine_named(*spec.engine)
                         : spec.variable ? engine_with_variable(*spec.variable)
                                         : nullptr;
  if (engine != nullptr) {
    return base_of(*engine, spec.base);
  }
  if (!spec.base && !spec.engine && !spec.variable) {
    if (const auto detected = detect(environment, spec.base)) {
      return detected->base;
    }
  }
  return spec.base.value_or(0);
}

Result<Index> read(const Spec& spec, const Environment& environment) {
  TRY(Index index, find(spec, environment));
  LOG_CHOSEN(describe(index));
  return index;
}

}  // namespace indexrun::index
