// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/filters.h"

#include "base/file.h"
#include "confine/capabilities.h"
#include "confine/seccomp/builtin.h"
#include "confine/seccomp/compile.h"
#include "confine/seccomp/compiled_file.h"
#include "confine/seccomp/groups.h"
#include "confine/seccomp/own_calls.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/remaining.h"
#include "confine/seccomp/resolve.h"

#include <cerrno>
#include <string_view>
#include <utility>

namespace indexrun::confine {
namespace {

constexpr std::string_view kDenyOption = "--seccomp-deny";

Error unreadable(const std::string& path, int number) {
  const bool large = number == EFBIG;
  return Error{
      .failure = may_pass(number) ? Failure::kConfine : Failure::kConfig,
      .stage = "confine",
      .object = path,
      .problem = large ? "the profile is larger than " + std::to_string(kLargestProfile) + " bytes"
                       : "cannot read the seccomp profile",
      .system_error = large ? 0 : number,
      .hint = number == ENOENT ? "--seccomp takes a file, or one of the built-in profiles "
                                 "default and batch"
                               : ""};
}

Result<std::string> read_whole(const std::string& path) {
  FileContent content = read_file(path, kLargestProfile);
  if (content.error != 0) {
    return unreadable(path, content.error);
  }
  return std::move(content.bytes);
}

Result<Filter> compile_profile(const JsonSource& source, const Profile& profile) {
  TRY(RuleSet rules, resolve(source, profile));
  TRY(std::vector<sock_filter> program, compile(source.name, profile, rules));
  return Filter{.origin = std::string(source.name),
                .program = std::move(program),
                .flags = profile.flags,
                .rules = std::move(rules)};
}

Result<Filter> compile_deny_list(const std::vector<std::string>& words) {
  TRY(const Profile profile, deny_profile(words));
  return compile_profile({kDenyOption, {}}, profile);
}

Error other_circumstances(const std::string& path, const Decided& decided,
                          const Circumstances& circumstances) {
  const bool kernel = circumstances.kernel < decided.from || circumstances.kernel >= decided.below;
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = path,
               .problem = kernel ? "was compiled for other kernels than this one, " +
                                       circumstances.kernel.text()
                                 : "was compiled for other capabilities than the program is left "
                                   "with",
               .hint =
                   "the profile allows other calls here: compile it with the same --cap-drop "
                   "and --cap-add, in such a container, or name the profile itself"};
}

Result<Filter> take_compiled(const std::string& path, std::string_view bytes,
                             const Circumstances& circumstances) {
  TRY(CompiledFilter compiled, read_compiled(path, bytes));
  if (!compiled.decided.holds(circumstances)) {
    return other_circumstances(path, compiled.decided, circumstances);
  }
  return Filter{
      .origin = path, .program = std::move(compiled.program), .flags = compiled.flags, .rules = {}};
}

Result<Filter> read_filter(const std::string& path, std::uint64_t bounding) {
  if (const Builtin* builtin = find_builtin(path)) {
    return builtin_filter(*builtin);
  }
  TRY(const std::string text, read_whole(path));
  const Circumstances circumstances = Circumstances::here(bounding);
  if (is_compiled(text)) {
    return take_compiled(path, text, circumstances);
  }
  const JsonSource source{path, text};
  TRY(const Profile profile, read_profile(source, circumstances));
  return compile_profile(source, profile);
}

}  // namespace

Result<std::string> compile_ahead(const std::string& path, const Policy& policy) {
  std::string text;
  if (const Builtin* builtin = find_builtin(path)) {
    text = builtin->text;
  } else {
    TRY(text, read_whole(path));
  }
  if (is_compiled(text)) {
    return Error{.failure = Failure::kConfig,
                 .stage = "confine",
                 .object = path,
                 .problem = "is compiled already, expected a profile"};
  }
  TRY(const std::uint64_t bounding, remaining_bounding_set(policy));
  const JsonSource source{path, text};
  TRY(const Profile profile, read_profile(source, Circumstances::here(bounding)));
  TRY(Filter filter, compile_profile(source, profile));
  std::vector<Filter> alone;
  alone.push_back(std::move(filter));
  CHECK(order_filters(alone));
  return compiled_bytes({std::move(alone[0].program), profile.flags, profile.decided});
}

Result<std::vector<Filter>> prepare_filters(const Policy& policy, std::uint64_t bounding) {
  std::vector<Filter> filters;
  if (!policy.seccomp_deny.empty()) {
    TRY(Filter filter, compile_deny_list(policy.seccomp_deny));
    filters.push_back(std::move(filter));
  }
  // The policy has the strongest level first.
  for (auto path = policy.seccomp.rbegin(); path != policy.seccomp.rend(); ++path) {
    TRY(Filter filter, read_filter(*path, bounding));
    filters.push_back(std::move(filter));
  }
  CHECK(order_filters(filters));
  return filters;
}

}  // namespace indexrun::confine
