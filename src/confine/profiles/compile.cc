// SPDX-License-Identifier: Apache-2.0
// Runs when indexrun is built: compile OUTPUT PROFILE... makes C++ of the profiles, each named as
// its file. A profile that is wrong, or whose filter is, fails the build.
#include "confine/seccomp/compile.h"

#include "base/atomic_file.h"
#include "base/file.h"
#include "confine/seccomp/profile.h"
#include "confine/seccomp/resolve.h"

#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <unistd.h>

namespace indexrun::confine {
namespace {

Error refuse(const std::string& path, std::string problem, int number = 0) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = path,
               .problem = std::move(problem),
               .system_error = number};
}

/// "default" of "profiles/default.json".
std::string name_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  path.remove_prefix(slash == std::string_view::npos ? 0 : slash + 1);
  return std::string(path.substr(0, path.find('.')));
}

std::string initializer(const sock_filter& step) {
  return "{" + std::to_string(step.code) + "," + std::to_string(step.jt) + "," +
         std::to_string(step.jf) + "," + std::to_string(step.k) + "u},";
}

/// The profile without blanks, which nobody reads in the executable.
std::string compact(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (const char c : text) {
    // There are no escapes: a profile with one is refused below.
    quoted = quoted != (c == '"');
    if (quoted || std::string_view(" \t\r\n").find(c) == std::string_view::npos) {
      out += c;
    }
  }
  return out;
}

struct Generated {
  std::string definitions;
  std::string rows;
};

Result<void> generate(const std::string& path, Generated& out) {
  const FileContent content = read_file(path, kLargestProfile);
  if (content.error != 0) {
    return refuse(path, "cannot read the profile", content.error);
  }
  const JsonSource source{path, content.bytes};
  TRY(const Profile profile, read_profile(source, {}));
  if (!profile.decided.always()) {
    return refuse(path, "asks for capabilities or kernels, which nobody knows when it is compiled");
  }
  if (content.bytes.find('\\') != std::string::npos) {
    return refuse(path, "holds an escape, which is not expected in a built-in profile");
  }
  TRY(const RuleSet rules, resolve(source, profile));
  TRY(const std::vector<sock_filter> program, compile(path, profile, rules));
  const std::string name = name_of(path);
  out.definitions += "constexpr sock_filter k_" + name + "[] = {\n";
  for (const sock_filter& step : program) {
    out.definitions += initializer(step) + "\n";
  }
  out.definitions += "};\nconstexpr std::string_view k_" + name + "_text = R\"json(" +
                     compact(content.bytes) + ")json\";\n";
  out.rows += "{\"" + name + "\", k_" + name + "_text, k_" + name + ", " +
              std::to_string(profile.flags) + "u},\n";
  return {};
}

Result<void> work(const std::string& output, std::span<char*> paths) {
  Generated out;
  for (const char* path : paths) {
    CHECK(generate(path, out));
  }
  return write_atomically("confine", output,
                          "#include \"confine/seccomp/builtin.h\"\n"
                          "namespace indexrun::confine {\nnamespace {\n" +
                              out.definitions + "constexpr Builtin kBuiltins[] = {\n" + out.rows +
                              "};\n}  // namespace\n"
                              "std::span<const Builtin> builtins() { return kBuiltins; }\n"
                              "}  // namespace indexrun::confine\n",
                          0644);
}

}  // namespace
}  // namespace indexrun::confine

int main(int argc, char** argv) {
  if (argc < 3) {
    dprintf(STDERR_FILENO, "usage: compile OUTPUT PROFILE...\n");
    return 2;
  }
  const auto done = indexrun::confine::work(argv[1], std::span(argv + 2, argv + argc));
  if (!done) {
    dprintf(STDERR_FILENO, "%s\n%s\n", done.error().message().c_str(), done.error().hint.c_str());
    return 1;
  }
  return 0;
}
