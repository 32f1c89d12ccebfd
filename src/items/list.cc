// SPDX-License-Identifier: Apache-2.0
// Reading a list twice: to check it, then to hand it out.
#include "items/list.h"

#include "base/file.h"
#include "items/count.h"
#include "items/file.h"
#include "items/file_bytes.h"
#include "items/source.h"
#include "items/stamp.h"

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

Result<std::unique_ptr<Reader>> open(const Spec& spec, const Environment& environment,
                                     const std::string* text) {
  if (text == nullptr) {
    return open_source(spec, environment);
  }
  return open_text(std::get<File>(spec.source), *text, rules_of(spec));
}

}  // namespace

Result<List> List::open(const Spec& spec, const Environment& environment) {
  List list;
  if (const File* file = once_only(spec)) {
    TRY(list.text_, keep(*file));
  }
  if (spec.only) {
    TRY(list.only_, Positions::read(*spec.only));
  }
  const Stamp stamp(spec);
  TRY(const auto first, items::open(spec, environment, list.text_.get()));
  TRY(list.count_, items::count(spec, *first));
  TRY(list.reader_, items::open(spec, environment, list.text_.get()));
  CHECK(list.text_ == nullptr ? stamp.check() : Result<void>());
  return list;
}

Result<std::optional<Item>> List::next() {
  while (only_ && position_ < count_ && !only_->contains(position_)) {
    TRY(const std::uint64_t passed, reader_->skip(1));
    if (passed == 0) {
      break;
    }
    ++position_;
  }
  TRY(auto item, reader_->next());
  if (!item) {
    CHECK(reader_->unchanged());
  }
  if (item.has_value() != (position_ < count_)) {
    return Error{.failure = Failure::kInput,
                 .stage = "items",
                 .object = reader_->name(),
                 .problem = "the list changed while it was read"};
  }
  if (item) {
    item->position = position_;
    item->task = position_;
    item->again = only_.has_value();
    item->count = count_;
    item->tasks = count_;
    ++position_;
  }
  return item;
}

}  // namespace indexrun::items
