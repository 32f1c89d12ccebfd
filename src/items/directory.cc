// SPDX-License-Identifier: Apache-2.0
// Reading the files of a folder as items.
#include "items/directory.h"

#include "base/file.h"
#include "items/checks.h"
#include "items/file_bytes.h"
#include "items/folder.h"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include <fcntl.h>

namespace indexrun::items {
namespace {

class Files final : public Reader {
 public:
  Files(std::string path, Folder folder) : path_(std::move(path)), folder_(std::move(folder)) {}

  Result<std::uint64_t> skip(std::uint64_t count) override {
    const std::uint64_t passed = std::min(count, folder_.count() - position_);
    position_ += passed;
    return passed;
  }
  Result<std::optional<Item>> next() override;
  [[nodiscard]] Result<void> unchanged() const override;
  [[nodiscard]] bool is_short() const override { return true; }
  [[nodiscard]] const std::string& name() const override { return path_; }

 private:
  Result<std::string> name_here();
  Result<std::string> content(const std::string& name, const std::string& path) const;

  std::string path_;
  Folder folder_;
  std::uint64_t position_ = 0;
  bool asked_ = false;
  std::vector<std::string> names_;  ///< once a second item has been asked for
};

Error defect(const std::string& path, std::string problem, int number = 0) {
  Error error{.failure = Failure::kItem,
              .stage = "items",
              .object = path,
              .problem = std::move(problem),
              .system_error = number};
  if (number != 0 && failure_of_read(number) == Failure::kInput) {
    error.failure = Failure::kInput;
  }
  return error;
}

/// One name is found without keeping the others; a caller that goes on gets them sorted once.
Result<std::string> Files::name_here() {
  if (!std::exchange(asked_, true)) {
    return folder_.name(position_);
  }
  if (names_.empty()) {
    TRY(names_, folder_.names());
  }
  if (position_ >= names_.size()) {
    return defect(path_, "the directory changed while it was read", ESTALE);
  }
  return names_[position_];
}

Result<std::optional<Item>> Files::next() {
  if (position_ == folder_.count()) {
    return std::optional<Item>{};
  }
  TRY(const std::string name, name_here());
  ++position_;
  const std::string path = path_ + "/" + name;
  Item item;
  TRY(item.text, content(name, path));
  item.fields = {{"name", name}, {"path", path}};
  item.origin = path;
  return std::optional(std::move(item));
}

Result<std::string> Files::content(const std::string& name, const std::string& path) const {
  const UniqueFd fd(openat(folder_.fd(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  FileContent content;
  if (fd.valid()) {
    content = read_descriptor(fd.get(), kLongestItem);
  } else {
    content.error = errno;
  }
  if (content.error == EFBIG) {
    return defect(path, "the item is longer than 64 MiB");
  }
  if (content.error != 0) {
    return defect(path, "cannot read the item", content.error);
  }
  std::string& text = content.bytes;
  if (text.ends_with('\n')) {
    text.resize(text.size() - (text.ends_with("\r\n") ? 2 : 1));
  }
  if (text.empty()) {
    return defect(path, "the item is empty");
  }
  if (text.find('\0') != std::string::npos) {
    return defect(path, "the item holds a NUL byte");
  }
  return std::move(text);
}

Result<void> Files::unchanged() const {
  if (!folder_.changed()) {
    return {};
  }
  return list_changed(path_, "directory");
}

}  // namespace

Result<std::unique_ptr<Reader>> open_directory(const std::string& path) {
  TRY(Folder folder, Folder::open(path));
  return std::unique_ptr<Reader>(new Files(path, std::move(folder)));
}

}  // namespace indexrun::items
