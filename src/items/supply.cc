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
const File* once_only(const Spec& spec) {
  const auto* file = std::get_if<File>(&spec.source);
  if (file == nullptr || file->path == "-") {
    return file;
  }
  struct stat status {};
  const bool stream = stat(file->path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) &&
                      !S_ISDIR(status.st_mode);
  return stream ? file : nullptr;
}

Result<std::unique_ptr<std::string>> keep(const File& file) {
  FileContent content = file.path == "-" ? read_descriptor(STDIN_FILENO) : read_file(file.path);
  if (content.error != 0) {
    return Error{.failure = failure_of_read(content.error),
                 .stage = "items",
                 .object = file.path,
                 .problem = "cannot read the list",
                 .system_error = content.error};
  }
  return std::make_unique<std::string>(std::move(content.bytes));
}

}  // namespace

Result<Supply> Supply::prepare(const Spec& spec, const Environment& environment) {
  Supply supply(spec, environment);
  if (const File* file = once_only(spec)) {
    TRY(supply.text_, keep(*file));
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
  return open_text(std::get<File>(spec_->source), *text_, rules_of(*spec_));
}

}  // namespace indexrun::items
