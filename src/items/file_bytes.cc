// SPDX-License-Identifier: Apache-2.0
// Opening and reading list files, and noticing that they changed meanwhile.
#include "items/file_bytes.h"

#include "items/checks.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::items {
namespace {

constexpr std::size_t kLargestBuffer = std::size_t{256} << 10;
constexpr std::string_view kStandardInput = "-";

Error failed(const std::string& path, int number) {
  Error error{.failure = failure_of_read(number),
              .stage = "items",
              .object = path,
              .problem = "cannot read the list",
              .system_error = number};
  if (number == EISDIR) {
    error.hint =
        "name the file in it, or give --items-dir to take one item from each file; a subPath that "
        "does not exist is mounted as a directory";
  } else if (number == ENOENT) {
    error.hint = "mount the ConfigMap or volume with the list there, or correct its path";
  }
  return error;
}

bool same(const struct stat& one, const struct stat& other) {
  return one.st_size == other.st_size && one.st_mtim.tv_sec == other.st_mtim.tv_sec &&
         one.st_mtim.tv_nsec == other.st_mtim.tv_nsec;
}

/// A short file is read by one call into a buffer of its size.
std::size_t buffer_size(const struct stat& status) {
  if (!S_ISREG(status.st_mode) || status.st_size == 0) {
    return kLargestBuffer;
  }
  return std::min(static_cast<std::size_t>(status.st_size), kLargestBuffer);
}

}  // namespace

Failure failure_of_read(int system_error) {
  return may_pass(system_error) ? Failure::kInput : Failure::kConfig;
}

FileBytes::FileBytes(const std::string& path, UniqueFd fd, const struct stat& status)
    : Bytes(path),
      fd_(std::move(fd)),
      reader_(fd_.get()),
      status_(status),
      capacity_(buffer_size(status)),
      buffer_(std::make_unique_for_overwrite<char[]>(capacity_)) {}

Result<std::unique_ptr<Bytes>> FileBytes::open(const std::string& path) {
  UniqueFd fd = path == kStandardInput ? UniqueFd(fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3))
                                       : open_patiently(path);
  struct stat status {};
  if (!fd.valid() || fstat(fd.get(), &status) != 0) {
    return failed(path, errno);
  }
  if (S_ISDIR(status.st_mode)) {
    return failed(path, EISDIR);
  }
  return std::unique_ptr<Bytes>(new FileBytes(path, std::move(fd), status));
}

Result<std::string_view> FileBytes::peek() {
  TRY(peeked_, block());
  return peeked_;
}

Result<std::string_view> FileBytes::block() {
  if (!peeked_.empty()) {
    return std::exchange(peeked_, {});
  }
  // A regular file ends where its size says; unchanged() sees to it that the size was right. Files
  // of /proc have size 0 and content.
  const bool at_size = S_ISREG(status_.st_mode) && status_.st_size > 0 &&
                       offset_ == static_cast<std::uint64_t>(status_.st_size);
  if (ended_ || at_size) {
    return std::string_view();
  }
  const PatientReader::Block block = reader_.read(buffer_.get(), capacity_);
  if (!block.end.fine()) {
    return block.end.to_error(failed(name(), block.end.error));
  }
  ended_ = block.size < capacity_;
  offset_ += block.size;
  return std::string_view(buffer_.get(), block.size);
}

Result<void> FileBytes::unchanged() const {
  if (!S_ISREG(status_.st_mode)) {
    return {};
  }
  // What was opened is looked at, not what its path leads to by now: a file that was replaced as a
  // whole is still the old list from end to end.
  struct stat now {};
  if (fstat(fd_.get(), &now) == 0 && same(status_, now)) {
    return {};
  }
  return list_changed(name());
}

bool FileBytes::is_short() const {
  return S_ISREG(status_.st_mode) && static_cast<std::uint64_t>(status_.st_size) <= kShortList;
}

}  // namespace indexrun::items
