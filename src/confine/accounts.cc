// SPDX-License-Identifier: Apache-2.0
#include "confine/accounts.h"

#include "base/file.h"
#include "base/near_miss.h"
#include "base/quote.h"
#include "confine/id.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

namespace indexrun::confine {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20U;

/// name, password, number, and what follows: the own group or the members; comment, home.
constexpr std::size_t kFields = 6;
constexpr std::size_t kNumber = 2;
constexpr std::size_t kFourth = 3;
constexpr std::size_t kHome = 5;

struct Line {
  std::array<std::string_view, kFields> fields;
  std::size_t count = 0;   ///< fields there are, at most kFields
  std::size_t number = 0;  ///< of the line, from 1
  bool has_nul = false;

  [[nodiscard]] std::string_view name() const { return fields[0]; }
};

Line split(std::string_view text, std::size_t number) {
  Line line{.fields = {}, .number = number, .has_nul = text.find('\0') != std::string_view::npos};
  for (std::size_t at = 0; line.count < kFields && at <= text.size(); ++line.count) {
    const std::size_t end = std::min(text.find(':', at), text.size());
    line.fields[line.count] = text.substr(at, end - at);
    at = end + 1;
  }
  return line;
}

/// Calls `visit` with each line that names somebody, until it gives true.
template <typename Visit>
void for_each_line(std::string_view text, Visit visit) {
  std::size_t number = 1;
  for (std::size_t at = 0; at < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    const bool names = !line.empty() && line.find_first_of("#+-") != 0 &&
                       line.find_first_not_of(" \t") != std::string_view::npos;
    if (names && visit(split(line, number))) {
      return;
    }
  }
}

Error wrong(std::string_view option, std::string problem, std::string hint = {}) {
  return Error{.failure = Failure::kConfig,
               .stage = "confine",
               .object = std::string(option),
               .problem = std::move(problem),
               .hint = std::move(hint)};
}

Error malformed(const AccountFile& file, const Line& line, std::string_view option,
                std::string_view expected) {
  return wrong(option,
               file.path + ":" + std::to_string(line.number) + ": the line of " +
                   quote(line.name()) + " is malformed, expected " + std::string(expected),
               "numeric ids need no entry: write them as UID:GID, such as 1000:1000");
}

Error unknown(const AccountFile& file, std::string_view name, std::string_view option,
              std::string_view what) {
  std::vector<std::string_view> known;
  for_each_line(file.text, [&](const Line& line) {
    known.push_back(line.name());
    return false;
  });
  const auto near = near_miss(name, known);
  return wrong(option, file.path + " has no " + std::string(what) + " " + quote(name),
               near ? "did you mean " + quote(*near) + "?"
                    : "numeric ids need no entry: write them as plain decimal numbers, such as "
                      "1000:1000");
}

std::optional<Line> find(const AccountFile& file, std::string_view name) {
  std::optional<Line> found;
  for_each_line(file.text, [&](const Line& line) {
    if (line.name() == name) {
      found = line;
    }
    return found.has_value();
  });
  return found;
}

bool lists(std::string_view members, std::string_view name) {
  for (std::size_t at = 0; at <= members.size();) {
    const std::size_t end = std::min(members.find(',', at), members.size());
    if (members.substr(at, end - at) == name) {
      return true;
    }
    at = end + 1;
  }
  return false;
}

}  // namespace

Result<AccountFile> read_accounts(const std::string& path, std::string_view option) {
  FileContent content = read_file(path, kLargestFile);
  if (content.error == ENOENT || content.error == ENOTDIR) {
    return wrong(option, "a name is looked up in " + path + ", and there is no such file",
                 "write numeric ids, such as 1000:1000");
  }
  if (content.error != 0) {
    return Error{.failure = Failure::kConfine,
                 .stage = "confine",
                 .object = std::string(option),
                 .problem = path + " cannot be read to look up a name",
                 .system_error = content.error,
                 .hint = "write numeric ids, such as 1000:1000"};
  }
  return AccountFile{path, std::move(content.bytes)};
}

Result<Account> find_account(const AccountFile& passwd, std::string_view name,
                             std::string_view option) {
  const auto line = find(passwd, name);
  if (!line) {
    return unknown(passwd, name, option, "user");
  }
  const auto uid = parse_id(line->fields[kNumber]);
  const auto gid = parse_id(line->fields[kFourth]);
  if (line->count <= kFourth || !uid || !gid || line->has_nul) {
    return malformed(passwd, *line, option, "NAME:PASSWORD:UID:GID:COMMENT:HOME:SHELL");
  }
  const std::string_view home = line->fields[kHome];
  return Account{std::string(name), *uid, *gid, std::string(home.empty() ? "/" : home)};
}

Result<gid_t> find_group(const AccountFile& group, std::string_view name, std::string_view option) {
  const auto line = find(group, name);
  if (!line) {
    return unknown(group, name, option, "group");
  }
  const auto gid = parse_id(line->fields[kNumber]);
  if (!gid || line->has_nul) {
    return malformed(group, *line, option, "NAME:PASSWORD:GID:MEMBERS");
  }
  return *gid;
}

Result<std::vector<gid_t>> groups_with(const AccountFile& group, std::string_view member,
                                       std::string_view option) {
  std::vector<gid_t> groups;
  std::optional<Line> bad;
  for_each_line(group.text, [&](const Line& line) {
    if (!lists(line.fields[kFourth], member)) {
      return false;
    }
    const auto gid = parse_id(line.fields[kNumber]);
    if (!gid || line.has_nul) {
      bad = line;
    } else if (std::ranges::find(groups, *gid) == groups.end()) {
      groups.push_back(*gid);
    }
    return bad.has_value();
  });
  if (bad) {
    return malformed(group, *bad, option, "NAME:PASSWORD:GID:MEMBERS");
  }
  return groups;
}

}  // namespace indexrun::confine
