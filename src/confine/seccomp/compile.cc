// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/compile.h"

#include "base/log.h"
#include "base/quote.h"
#include "confine/seccomp/check.h"
#include "confine/seccomp/emit.h"
#include "confine/seccomp/helper.h"

#include <cerrno>
#include <csignal>
#include <memory>
#include <utility>

#include <linux/bpf_common.h>
#include <seccomp.h>

namespace indexrun::confine {
namespace {

struct ReleaseFilter {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using FilterContext = std::unique_ptr<void, ReleaseFilter>;

scmp_compare comparison(Op op) {
  switch (op) {
    case Op::kNotEqual:
      return SCMP_CMP_NE;
    case Op::kLess:
      return SCMP_CMP_LT;
    case Op::kLessOrEqual:
      return SCMP_CMP_LE;
    case Op::kEqual:
      return SCMP_CMP_EQ;
    case Op::kGreaterOrEqual:
      return SCMP_CMP_GE;
    case Op::kGreater:
      return SCMP_CMP_GT;
    case Op::kMaskedEqual:
      return SCMP_CMP_MASKED_EQ;
  }
  return SCMP_CMP_EQ;
}

std::vector<scmp_arg_cmp> comparisons(const Entry& entry) {
  std::vector<scmp_arg_cmp> all;
  for (const Condition& condition : entry.conditions) {
    all.push_back(
        {condition.index, comparison(condition.op), condition.value, condition.value_two});
  }
  return all;
}

/// 0 or an errno.
int add_rules(scmp_filter_ctx filter, const Profile& profile) {
  for (const Entry& entry : profile.entries) {
    if (entry.action == profile.default_action) {
      continue;
    }
    const std::vector<scmp_arg_cmp> arguments = comparisons(entry);
    for (const Entry::Name& name : entry.names) {
      // libseccomp translates the number for the other interfaces; names that it does not know are
      // settled in the prologue.
      const int number = seccomp_syscall_resolve_name(name.text.c_str());
      if (number == __NR_SCMP_ERROR) {
        continue;
      }
      const int result = seccomp_rule_add_array(
          filter, entry.action, number, static_cast<unsigned>(arguments.size()), arguments.data());
      if (result != 0) {
        return -result;
      }
    }
  }
  return 0;
}

Error cannot_compile(std::string_view object, std::string problem, int number = 0,
                     std::string hint = {}) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(object),
               .problem = std::move(problem),
               .system_error = number,
               .hint = std::move(hint)};
}

constexpr const char* kSimpler =
    "conditions on several arguments in several entries for one call are what libseccomp fails "
    "at: say the same with fewer conditions or with SCMP_CMP_EQ";

Error too_long(std::string_view object, std::size_t size) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = std::string(object),
               .problem = "the filter has " + std::to_string(size) +
                          " instructions, expected at most " + std::to_string(BPF_MAXINSNS),
               .hint =
                   "fewer conditions or fewer architectures make it shorter; what two profiles "
                   "say together may be given as two --seccomp"};
}

Result<std::vector<sock_filter>> to_program(std::string_view object, const std::string& bytes) {
  if (bytes.empty() || bytes.size() % sizeof(sock_filter) != 0) {
    return cannot_compile(object, "libseccomp made a filter of an impossible size");
  }
  std::vector<sock_filter> program(bytes.size() / sizeof(sock_filter));
  bytes.copy(reinterpret_cast<char*>(program.data()), bytes.size());
  return program;
}

}  // namespace

int export_program(const Profile& profile, int fd) {
  const FilterContext filter(seccomp_init(profile.default_action));
  if (filter == nullptr) {
    return ENOMEM;
  }
  for (const Interface& interface : profile.interfaces) {
    const int result = seccomp_arch_add(filter.get(), interface.token);
    if (result != 0 && result != -EEXIST) {
      return -result;
    }
  }
  if (const int error = add_rules(filter.get(), profile); error != 0) {
    return error;
  }
  return -seccomp_export_bpf(filter.get(), fd);
}

Result<std::vector<sock_filter>> compile(std::string_view object, const Profile& profile,
                                         const RuleSet& rules, CompileLimits limits) {
  Helped helped = run_helper(limits, [&](int pipe) { return export_program(profile, pipe); });
  if (helped.out_of_time) {
    return cannot_compile(object, "libseccomp did not come to an end with these rules", 0,
                          kSimpler);
  }
  if (helped.signal != 0) {
    return cannot_compile(object,
                          "the process in which libseccomp worked was killed by signal " +
                              std::to_string(helped.signal),
                          0, helped.signal == SIGKILL ? "is there too little memory?" : "");
  }
  if (helped.error != 0) {
    return cannot_compile(object, "libseccomp cannot make a filter", helped.error);
  }
  TRY(const std::vector<sock_filter> rest, to_program(object, helped.output));
  std::vector<sock_filter> program = emit_prologue(rules);
  program.insert(program.end(), rest.begin(), rest.end());
  if (program.size() > BPF_MAXINSNS) {
    return too_long(object, program.size());
  }
  if (const auto difference = find_difference(program, rules)) {
    return cannot_compile(object, "the filter that libseccomp made is refused: " + *difference, 0,
                          kSimpler);
  }
  LOG_HOW("confine: " + printable(object) + ": system call filter of " +
          std::to_string(program.size()) + " instructions");
  return program;
}

}  // namespace indexrun::confine
