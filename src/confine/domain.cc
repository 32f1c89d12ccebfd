// SPDX-License-Identifier: Apache-2.0
// The rules are handed to the kernel before anything is changed, so that each that it does not take
// can be named; what is left for restrict() is one system call.
#include "confine/domain.h"

#include "base/file.h"
#include "base/quote.h"
#include "confine/landlock_kernel.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace indexrun::confine {
namespace {

constexpr std::uint64_t kReading = landlock::kReadFile | landlock::kReadDirectory;
constexpr std::uint64_t kExecuting = kReading | landlock::kExecute;
// Sockets and pipes with names are files that a program makes for itself; devices are not.
constexpr std::uint64_t kWriting =
    kReading | landlock::kWriteFile | landlock::kRemoveDirectory | landlock::kRemoveFile |
    landlock::kMakeDirectory | landlock::kMakeFile | landlock::kMakeSocket | landlock::kMakeFifo |
    landlock::kMakeLink | landlock::kRefer | landlock::kTruncate | landlock::kControlDevice;

std::uint64_t rights(Right right) {
  switch (right) {
    case Right::kRead:
      return kReading;
    case Right::kWrite:
      return kWriting;
    case Right::kExecute:
      return kExecuting;
  }
  return 0;
}

Error not_opened(const Grant& grant, int number) {
  Error error{.failure = grant.from_item ? Failure::kItem : Failure::kConfig,
              .stage = "confine",
              .object = std::string(option_of(grant.right)),
              .problem = quote(grant.path) + " cannot be opened",
              .system_error = number};
  if (may_pass(number)) {
    error.failure = Failure::kInput;
  } else if (number == ENOENT) {
    error.hint =
        grant.right == Right::kWrite
            ? "with a slash at its end, " + quote(grant.path + "/") + ", the directory is made"
            : "a path must be there when the program starts";
  }
  return error;
}

Error not_taken(std::string_view object, std::string problem, int number) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(object),
               .problem = std::move(problem),
               .system_error = number};
}

bool is_root(const struct stat& status) {
  struct stat root {};
  return ::stat("/", &root) == 0 && root.st_dev == status.st_dev && root.st_ino == status.st_ino;
}

}  // namespace

std::string_view option_of(Right right) {
  switch (right) {
    case Right::kRead:
      return "--ro";
    case Right::kWrite:
      return "--rw";
    case Right::kExecute:
      return "--exec";
  }
  return "";
}

Result<Domain> Domain::make(const Landlock& wanted, std::span<const Grant> grants) {
  Domain domain;
  if (wanted.handles()) {
    domain.ruleset_.reset(landlock::create({wanted.files, wanted.tcp, wanted.scopes}));
    if (!domain.ruleset_.valid()) {
      return not_taken("Landlock", "the kernel does not make a set of rules", errno);
    }
  }
  // Also where the kernel can do nothing with it: a path is wrong on every kernel.
  for (const Grant& grant : grants) {
    CHECK(domain.add(wanted, grant));
  }
  if (wanted.handles()) {
    CHECK(domain.add_ports(wanted));
    domain.plan_checks(wanted);
  }
  return domain;
}

Result<void> Domain::add(const Landlock& wanted, const Grant& grant) {
  const UniqueFd file = open_file(grant.path, O_PATH);
  struct stat status {};
  if (!file.valid() || ::fstat(file.get(), &status) != 0) {
    return not_opened(grant, errno);
  }
  std::uint64_t given = rights(grant.right) & wanted.files;
  if (given == 0) {
    return {};
  }
  if (!S_ISDIR(status.st_mode)) {
    given &= landlock::kFileRights;
  } else if (is_root(status)) {
    root_rights_ |= given;
  }
  // EBADFD: a pipe or socket behind /dev/stdout and the like, which Landlock never denies.
  if (!landlock::add(ruleset_.get(), landlock::BeneathAttributes{given, file.get()}) &&
      errno != EBADFD) {
    return not_taken(option_of(grant.right), "the kernel takes no rule for " + quote(grant.path),
                     errno);
  }
  return {};
}

Result<void> Domain::add_ports(const Landlock& wanted) {
  const auto add_each = [this](const std::vector<std::uint16_t>& ports, std::uint64_t right,
                               std::string_view option) -> Result<void> {
    for (const std::uint16_t port : ports) {
      if (!landlock::add(ruleset_.get(), landlock::PortAttributes{right, port})) {
        return not_taken(option, "the kernel takes no rule for port " + std::to_string(port),
                         errno);
      }
    }
    return {};
  };
  CHECK(add_each(wanted.bind, landlock::kBindTcp, "--tcp-bind"));
  return add_each(wanted.connect, landlock::kConnectTcp, "--tcp-connect");
}

void Domain::plan_checks(const Landlock& wanted) {
  restriction_.ruleset = ruleset_.get();
  restriction_.flags = wanted.abi >= landlock::kQuietAbi ? landlock::kQuietUntilExec : 0;
  if (wanted.files != 0) {
    restriction_.root_unreadable = (root_rights_ & landlock::kReadDirectory) == 0;
    restriction_.root_unwritable = (root_rights_ & landlock::kWriteFile) == 0;
  }
  restriction_.no_bind = (wanted.tcp & landlock::kBindTcp) != 0;
  restriction_.no_connect = (wanted.tcp & landlock::kConnectTcp) != 0;
  restriction_.no_signal = (wanted.scopes & landlock::kScopeSignal) != 0;
}

}  // namespace indexrun::confine
