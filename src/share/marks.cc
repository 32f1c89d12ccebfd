// SPDX-License-Identifier: Apache-2.0
#include "share/marks.h"

#include "base/atomic_file.h"
#include "base/file.h"
#include "items/digest.h"
#include "share/job.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::share {

namespace {

constexpr mode_t kMode = 0644;
constexpr std::string_view kTrial = ".trial";

Error failed(const std::string& path, std::string problem, int number) {
  return Error{.failure = Failure::kInput,
               .stage = "share",
               .object = path,
               .problem = std::move(problem),
               .system_error = number};
}

Result<void> on_disk(int fd, const std::string& path) {
  if (::fsync(fd) != 0) {
    return failed(path, "cannot be brought to the disk", errno);
  }
  return {};
}

void add(items::Digest& digest, std::string_view text) {
  digest.add(std::to_string(text.size()));
  digest.add(text);
}

}  // namespace

Result<Marks> Marks::open(const std::string& directory) {
  Marks marks(directory);
  const std::string trial = directory + "/" + std::string(kTrial);
  TRY(AtomicFile file, AtomicFile::create("share", trial, kMode));
  CHECK(file.write("can marks be written here?\n"));
  CHECK(on_disk(file.fd(), directory));
  marks.folder_ = open_file(directory, O_RDONLY | O_DIRECTORY);
  if (!marks.folder_.valid()) {
    return failed(directory, "cannot be opened", errno);
  }
  return marks;
}

std::string Marks::name(const items::Item& item, const std::vector<std::string>& command) {
  items::Digest digest;
  add(digest, item.text);
  for (const std::string& argument : command) {
    add(digest, argument);
  }
  return digest.hex();
}

bool Marks::has(const std::string& name) const {
  return ::faccessat(folder_.get(), name.c_str(), F_OK, 0) == 0;
}

Result<void> Marks::write(const std::string& name, const items::Item& item) const {
  const std::string path = directory_ + "/" + name;
  TRY(AtomicFile file, AtomicFile::create("share", path, kMode));
  CHECK(file.write(name_of(item) + " ended with 0\n"));
  CHECK(on_disk(file.fd(), path));
  CHECK(file.commit(kMode));
  CHECK(on_disk(folder_.get(), path));
  if (!has(name)) {
    return failed(path, "is not in the directory that was there at the start", ENOENT);
  }
  return {};
}

}  // namespace indexrun::share
