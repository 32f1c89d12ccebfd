// SPDX-License-Identifier: Apache-2.0
#include "options/seccomp_line.h"

#include "base/near_miss.h"
#include "base/quote.h"
#include "options/arguments.h"
#include "options/build.h"
#include "options/merge.h"
#include "options/setting.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace indexrun::options {

namespace {

constexpr std::string_view kCompile = "compile";
constexpr const char* kExample = "indexrun seccomp compile profile.json -o profile.filter";

Result<void> check_operands(std::span<const std::string_view> operands) {
  if (operands.empty()) {
    return usage_error("seccomp", "nothing to do, expected compile PROFILE", kExample);
  }
  if (operands[0] != kCompile) {
    const std::string_view known[] = {kCompile};
    return usage_error("seccomp", "found " + quote(operands[0]) + ", expected compile",
                       near_miss(operands[0], known) ? "did you mean compile?" : kExample);
  }
  if (operands.size() != 2 || operands[1].empty()) {
    return usage_error("seccomp compile",
                       operands.size() == 1   ? "no profile, expected PROFILE"
                       : operands.size() == 2 ? "an empty path, expected PROFILE"
                                              : "found " + std::to_string(operands.size() - 1) +
                                                    " profiles, expected one",
                       kExample);
  }
  return {};
}

Result<void> build_line(const Cut& line, std::vector<Setting>& settings, Options& options) {
  CHECK(parse_arguments(line.occurrences, Level::kCommandLine, settings));
  CHECK(merge(settings));
  return build(settings, options);
}

}  // namespace

SeccompLine cut_seccomp_line(Cut line, std::span<const std::string_view> rest) {
  SeccompLine all{std::move(line), {}};
  while (!rest.empty()) {
    all.operands.push_back(rest[0]);
    rest = rest.subspan(1);
    if (all.cut.dashes) {
      continue;
    }
    std::vector<std::string_view> words{subcommand_name(Subcommand::kSeccomp)};
    words.insert(words.end(), rest.begin(), rest.end());
    Cut more = cut(words);
    std::ranges::move(more.occurrences, std::back_inserter(all.cut.occurrences));
    all.cut.dashes = more.dashes;
    all.cut.asked = all.cut.asked ? all.cut.asked : more.asked;
    if (!all.cut.error) {
      all.cut.error = std::move(more.error);
    }
    rest = rest.subspan(more.command - 1);
  }
  return all;
}

Result<Options> read_seccomp_line(const Cut& line, std::span<const std::string_view> operands,
                                  Options& partial) {
  Options options;
  options.subcommand = Subcommand::kSeccomp;
  std::vector<Setting> settings;
  if (const auto built = build_line(line, settings, options); !built) {
    build_report(settings, partial);
    return built.error();
  }
  if (const auto usable = check_operands(operands); !usable) {
    build_report(settings, partial);
    return usable.error();
  }
  options.profile = operands[1];
  return options;
}

}  // namespace indexrun::options
