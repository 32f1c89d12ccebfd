// SPDX-License-Identifier: Apache-2.0
// Keeping what can be read only once.
#include "items/supply.h"

#include "base/file.h"
#include "items/file.h"
#include "items/file_bytes.h"
#include "items/source.h"

#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::items {
namespace {

/// The file of the list if it cannot be read twice: standard input, a pipe, a device.
const std::string* once_only(const Spec& spec) {
  const std::string* path = list_path(spec.source);
  if (path == nullptr || *path == "-") {
    return path;
  }
  struct stat status {};
  const bool stream =
      stat(path->c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
  return stream ? path : nullptr;
}

Result<std::unique_ptr<std::string>> keep(const std::string& path) {
  FileContent content = path == "-" ? read_descriptor(STDIN_FILENO) : read_file(path);
  if (content.error != 0) {
    return Error{.failure = failure_of_read(content.error),
                 .stage = "items",
                 .object = path,
                 .problem = "cannot read the list",
                 .system_error = content.error};
  }
  return std::make_unique<std::string>(std::move(content.bytes));
}

}  // namespace

Result<Supply> Supply::prepare(const Spec& spec, const Environment& environment) {
  Supply supply(spec, environment);
  if (const std::string* path = once_only(spec)) {
    TRY(supply.text_, keep(*path));
  }
  return supply;
}

Result<std::unique_ptr<Reader>> Supply::open() const {
  TRY(auto reader, open_again());
  return with_digest(*spec_, std::move(reader));
}

Result<std::unique_ptr<Reader>> Supply::open_again() const {
  if (text_ == nullptr) {
    TRY(auto reader, open_undigested(*spec_, *environment_));
    CHECK(stamp_.check());
    return reader;
  }
  const LineRules rules = rules_of(*spec_);
  if (const auto* commands = std::get_if<Commands>(&spec_->source)) {
    return open_text(*commands, *text_, rules);
  }
  return open_text(std::get<File>(spec_->source), *text_, rules);
}

}  // namespace indexrun::items
