// SPDX-License-Identifier: Apache-2.0
// passwd(5) and group(5) as the image has them, read without the C library: its name service switch
// would load the image's own libraries into us.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace indexrun::confine {

/// A text of one of the two files, and its path for messages.
///
/// Lines end in LF or CRLF, the last one also in nothing, and may have any length. Blank lines,
/// comments and the lines that refer to NIS (beginning with "+" or "-") name nobody. Of two lines
/// with one name the first holds, as in the C library.
struct AccountFile {
  std::string path;
  std::string text;
};

/// Reads a whole file; it may not be larger than 64 MiB. kConfig if there is no such file: then
/// only numbers can be used, and the message says so; kConfine if it could not be read.
Result<AccountFile> read_accounts(const std::string& path, std::string_view option);

struct Account {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  std::string home;  ///< "/" where the line has none
};

/// The line of this name. kConfig: no such name (with a near miss), or its line is malformed: fewer
/// than four fields, ids that are not plain decimal below 2^32-1, a NUL byte.
Result<Account> find_account(const AccountFile& passwd, std::string_view name,
                             std::string_view option);
Result<gid_t> find_group(const AccountFile& group, std::string_view name, std::string_view option);

/// The groups whose members are said to include this name, in the order of the file, each once. A
/// malformed line with this member is kConfig: no group may be lost silently.
Result<std::vector<gid_t>> groups_with(const AccountFile& group, std::string_view member,
                                       std::string_view option);

}  // namespace indexrun::confine
