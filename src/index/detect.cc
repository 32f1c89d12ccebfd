// SPDX-License-Identifier: Apache-2.0
// Asking the engines in the order of their table.
#include "index/detect.h"

#include "base/decimal.h"
#include "base/log.h"
#include "base/quote.h"
#include "index/base.h"
#include "index/number.h"

#include <string>
#include <string_view>

namespace indexrun::index {
namespace {

constexpr std::string_view kIndexedHint =
    "the pod is not one of an Indexed Job (completionMode: Indexed), or its annotation "
    "batch.kubernetes.io/job-completion-index is missing";

struct Found {
  std::string_view variable;
  std::string_view text;
};

/// The engine's variable if it is set, else the older one of the same meaning.
std::optional<Found> look(const Engine& engine, const Environment& environment) {
  if (const auto text = environment.get(engine.variable)) {
    return Found{engine.variable, *text};
  }
  const auto text = engine.older.empty() ? std::nullopt : environment.get(engine.older);
  return text ? std::optional(Found{engine.older, *text}) : std::nullopt;
}

bool says_no_array(const Engine& engine, std::string_view text) {
  return text.empty() || text == "undefined" ||
         (!engine.no_array.empty() && text == engine.no_array);
}

Error config(std::string_view object, std::string problem, std::string hint) {
  return Error{.failure = Failure::kConfig,
               .stage = "index",
               .object = std::string(object),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Error disagreement(const Index& one, const Index& other) {
  const auto describe = [](const Index& index) {
    return index.engine + " (" + index.source + "=" + std::to_string(index.task) +
           ") says position " + std::to_string(index.position);
  };
  return config({}, describe(one) + ", " + describe(other),
                "say which one counts: --engine " + one.engine + " or --engine " + other.engine);
}

Error nothing_found(const Environment& environment, std::string_view seen) {
  const bool pod = environment.get("KUBERNETES_SERVICE_HOST").has_value();
  std::string problem = "no index found";
  if (!seen.empty()) {
    problem.append(" (").append(seen).append(")");
  }
  return config({}, problem + "; looked for " + detected_variables(),
                pod ? "this pod is not one of an Indexed Job: set completionMode: Indexed and "
                      "completions in its Job, or give --index N to try it by hand"
                    : "in Kubernetes, set completionMode: Indexed in the Job; by hand, give "
                      "--index N; for a program that needs none, --no-index");
}

/// What detection has seen so far.
struct Search {
  std::optional<Index> index;
  std::optional<Error> malformed;  ///< the first variable that held no number
  std::string set_but_no_array;    ///< "SGE_TASK_ID is 'undefined'", for the final message
};

/// Whether a failure of one engine ends the search even though another one may know the index. A
/// mere text in a variable of an HPC scheduler does not: it may be anything.
bool is_final(const Engine& engine, std::string_view text) {
  return engine.name == kKubernetes || holds_reference(text) || parse_decimal(text).has_value();
}

Result<void> try_engine(const Engine& engine, const Environment& environment,
                        std::optional<std::uint64_t> base, Search& search) {
  const auto found = look(engine, environment);
  if (!found) {
    return {};
  }
  auto answer = ask_engine(engine, environment, base);
  if (!answer) {
    if (is_final(engine, found->text)) {
      return std::move(answer).error();
    }
    if (!search.malformed) {
      search.malformed = std::move(answer).error();
    }
    return {};
  }
  if (!*answer) {
    search.set_but_no_array = std::string(found->variable) + " is " + quote(found->text);
    LOG_HOW(search.set_but_no_array + ": not an array task");
    return {};
  }
  Index& index = **answer;
  if (search.index && search.index->position != index.position) {
    return disagreement(*search.index, index);
  }
  if (search.index) {
    LOG_HOW(index.engine + " (" + index.source + ") gives the same position");
  } else {
    search.index = std::move(index);
  }
  return {};
}

}  // namespace

Result<std::optional<Index>> ask_engine(const Engine& engine, const Environment& environment,
                                        std::optional<std::uint64_t> base) {
  const auto found = look(engine, environment);
  if (!found) {
    return std::optional<Index>{};
  }
  if (engine.name == kKubernetes && found->text.empty()) {
    return config(found->variable, "is empty, expected a plain decimal number",
                  std::string(kIndexedHint));
  }
  if (engine.name != kKubernetes && says_no_array(engine, found->text)) {
    return std::optional<Index>{};
  }
  TRY(const std::uint64_t task, read_number(found->text, found->variable));
  TRY(const std::uint64_t first, base_of(engine, base));
  TRY(Index index, place(task, first, found->variable));
  TRY(index.announced, announced_range(engine, environment, task));
  index.engine = engine.name;
  return std::optional(std::move(index));
}

Result<Index> require_engine(const Engine& engine, const Environment& environment,
                             std::optional<std::uint64_t> base) {
  TRY(auto index, ask_engine(engine, environment, base));
  if (index) {
    return std::move(*index);
  }
  const auto found = look(engine, environment);
  const std::string problem = found ? "is " + quote(found->text) : "is not set";
  return config(found ? found->variable : engine.variable,
                problem + ": this is not a task of an array of " + std::string(engine.name),
                engine.name == kKubernetes ? std::string(kIndexedHint)
                                           : "submit it as an array, or give --index N");
}

Result<Index> detect(const Environment& environment, std::optional<std::uint64_t> base) {
  Search search;
  for (const Engine& engine : engines()) {
    if (engine.use == Use::kDetected) {
      CHECK(try_engine(engine, environment, base, search));
    }
  }
  if (search.index) {
    return std::move(*search.index);
  }
  if (search.malformed) {
    return std::move(*search.malformed);
  }
  return nothing_found(environment, search.set_but_no_array);
}

}  // namespace indexrun::index
