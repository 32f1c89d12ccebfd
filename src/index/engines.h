// SPDX-License-Identifier: Apache-2.0
// The one table of engines that number their tasks: which variables they set, where their numbers
// begin, and what they write when there is no array. Detection, --engine and --index-env read it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace indexrun::index {

/// Who says where an engine's numbers begin.
enum class Numbering {
  kFixed,   ///< always at Engine::base
  kChosen,  ///< at what the user chose on submission, never below Engine::base: see --base
};

/// Whether the mere presence of the variable proves that this is one task of many.
enum class Use {
  kDetected,
  kAsked,  ///< only with --engine: the variable is also there in ordinary, single runs
};

/// Names of variables are empty where an engine has none. `first` and `last` are task numbers.
/// `last` of an engine with a `step` may lie up to step-1 above the last task. Slurm's step is left
/// out: it is that of the first part of a list such as 0-10:2,15 and says nothing about the rest.
struct Engine {
  std::string_view name;
  std::string_view variable;
  std::string_view older = {};  ///< an older name of the same variable
  std::uint64_t base = 0;
  Numbering numbering = Numbering::kFixed;
  Use use = Use::kDetected;
  std::string_view count = {};
  std::string_view first = {};
  std::string_view last = {};
  std::string_view step = {};
  std::string_view no_array = {};  ///< what the variable holds when the job is not an array
};

inline constexpr std::string_view kKubernetes = "kubernetes";

/// All engines, in the order of detection.
[[nodiscard]] std::span<const Engine> engines();

/// The engine of that name, or null.
[[nodiscard]] const Engine* engine_named(std::string_view name);

/// The engine that is detected by that variable, or null.
[[nodiscard]] const Engine* engine_with_variable(std::string_view variable);

/// "kubernetes, volcano, slurm, ...": for messages.
[[nodiscard]] std::string engine_names();

/// "JOB_COMPLETION_INDEX, VC_TASK_INDEX, ...": the variables that detection looks at.
[[nodiscard]] std::string detected_variables();

}  // namespace indexrun::index
