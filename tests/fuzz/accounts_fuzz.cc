// SPDX-License-Identifier: Apache-2.0
// Reading passwd and group never crashes; what is found is what a line of the text says, and a
// line of our own at the end is found unless an earlier one has the name.
#include "confine/accounts.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace indexrun::confine;

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

void check_user(const AccountFile& file, std::string_view name) {
  const auto account = find_account(file, name, "--user");
  if (!account) {
    require(account.error().failure == indexrun::Failure::kConfig);
    return;
  }
  const std::string line = account->name + ":";
  require(file.text.find(line) != std::string::npos);
  require(account->uid != 0xffffffffU && account->gid != 0xffffffffU);
  require(!account->home.empty() && account->home.find('\0') == std::string::npos &&
          account->home.find('\n') == std::string::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const AccountFile file{"passwd", text};
  const std::string first = text.substr(0, text.find_first_of(":\n"));
  for (const std::string& name : {first, std::string("app"), std::string("x")}) {
    check_user(file, name);
    static_cast<void>(find_group(file, name, "--user").has_value());
    static_cast<void>(groups_with(file, name, "--user").has_value());
  }
  const std::string own = "fuzz-own";
  if (text.find(own) == std::string::npos) {
    const AccountFile more{"passwd", text + "\n" + own + ":x:7:8::/h:\n"};
    const auto account = find_account(more, own, "--user");
    require(account && account->uid == 7 && account->gid == 8 && account->home == "/h");
    const AccountFile group{"group", text + "\ng:x:9:a," + own};
    const auto groups = groups_with(group, own, "--user");
    require(groups && groups->size() == 1 && groups->front() == 9);
  }
  return 0;
}
