// SPDX-License-Identifier: Apache-2.0
#include "launch/copy.h"

#include "base/file.h"
#include "base/log.h"
#include "base/quote.h"
#include "launch/output_file.h"
#include "launch/pipe.h"

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace indexrun::launch {

namespace {

constexpr std::size_t kBlock = std::size_t{16} * 1024;

std::string_view name_of(int stream) {
  return stream == STDOUT_FILENO ? "standard output" : "standard error";
}

}  // namespace

Copy::Copy(Loop& loop, const CopySpec& spec, UniqueFd ours)
    : loop_(&loop), spec_(spec), ours_(std::move(ours)), sink_(ours_.get()) {
  if (spec.tail > 0) {
    tail_.emplace(spec.tail);
  }
}

Copy::Copy(Copy&& other) noexcept
    : loop_(other.loop_),
      spec_(std::move(other.spec_)),
      ours_(std::move(other.ours_)),
      reading_(std::move(other.reading_)),
      writer_(std::move(other.writer_)),
      file_(std::move(other.file_)),
      sink_(std::move(other.sink_)),
      tail_(std::move(other.tail_)),
      file_error_(other.file_error_),
      reading_watched_(std::exchange(other.reading_watched_, false)),
      sink_watched_(std::exchange(other.sink_watched_, false)) {}

Copy::~Copy() {
  watch(reading_watched_, false, reading_.get(), true);
  watch(sink_watched_, false, sink_.fd(), false);
}

Result<Copy> Copy::open(Loop& loop, const CopySpec& spec) {
  // Fails only for a stream that was closed when we were started: then nothing can be written.
  Copy copy(loop, spec, UniqueFd(::fcntl(spec.stream, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)));
  if (!spec.path.empty()) {
    TRY(copy.file_, open_output_file(spec.path, spec.keep));
  }
  TRY(Pipe pipe, open_pipe());
  make_nonblocking(pipe.reading);
  copy.reading_ = std::move(pipe.reading);
  copy.writer_ = std::move(pipe.writing);
  copy.settle_watches();
  return copy;
}

void Copy::ready(int fd) {
  if (fd == reading_.get() && reading_watched_) {
    if (!read_some()) {
      watch(reading_watched_, false, reading_.get(), true);
      reading_.reset();
    }
  } else if (fd == sink_.fd() && sink_watched_) {
    sink_.flush();
  } else {
    return;
  }
  settle_watches();
}

/// False at the end, where nobody holds the other end any more.
bool Copy::read_some() {
  std::array<char, kBlock> block;
  const ssize_t size = ::read(reading_.get(), block.data(), block.size());
  if (size > 0) {
    pass_on({block.data(), static_cast<std::size_t>(size)});
  }
  return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

void Copy::pass_on(std::string_view bytes) {
  if (file_.valid()) {
    if (const int number = write_fully(file_.get(), bytes); number != 0) {
      file_error_ = number;
      file_.reset();
      // As it happens, whatever becomes of the program; the status is not decided before its end.
      log::warning(
          "launch: " + printable(spec_.path) +
          ": the rest of the program's output is not copied: " + system_error_text(number));
    }
  }
  if (tail_) {
    tail_->add(bytes);
  }
  if (!spec_.alone) {
    sink_.append_output(bytes);
    sink_.flush();
  }
}

void Copy::end() {
  // What the program wrote is in the pipe by now: at most what a pipe holds, unless somebody goes
  // on writing.
  constexpr std::size_t kFullPipes = std::size_t{1} << 20;
  for (std::size_t taken = 0; reading_.valid() && taken < kFullPipes; taken += kBlock) {
    std::array<char, kBlock> block;
    const ssize_t size = ::read(reading_.get(), block.data(), block.size());
    if (size <= 0) {
      break;
    }
    pass_on({block.data(), static_cast<std::size_t>(size)});
  }
  watch(reading_watched_, false, reading_.get(), true);
  reading_.reset();
  settle_watches();
}

void Copy::abandon() {
  if (sink_.clogged()) {
    sink_.abandon(ETIMEDOUT);
    settle_watches();
  }
}

/// While our own stream takes nothing the program has to wait, as it would have without us.
void Copy::settle_watches() {
  watch(sink_watched_, sink_.clogged(), sink_.fd(), false);
  watch(reading_watched_, reading_.valid() && !sink_.clogged(), reading_.get(), true);
}

void Copy::watch(bool& watched, bool wanted, int fd, bool input) {
  if (watched == wanted) {
    return;
  }
  watched = wanted;
  if (!wanted) {
    loop_->forget(fd);
  } else if (input) {
    loop_->watch_input(fd);
  } else {
    loop_->watch_output(fd);
  }
}

std::optional<Error> Copy::error() const {
  if (file_error_ != 0) {
    return Error{.failure = Failure::kInput,
                 .stage = "launch",
                 .object = spec_.path,
                 .problem = "the copy of the program's output is not complete",
                 .system_error = file_error_,
                 .hint = "give its volume more space; the program has gone on without the copy"};
  }
  // A reader who goes away before the end, such as head(1), does so on purpose, and who closed our
  // stream before we were started wanted none of it.
  if (sink_.lost_output() && sink_.error() != EPIPE && sink_.error() != EBADF) {
    return Error{.failure = Failure::kInput,
                 .stage = "launch",
                 .object = std::string(name_of(spec_.stream)),
                 .problem = "not all of the program's output could be passed on",
                 .system_error = sink_.error()};
  }
  return std::nullopt;
}

}  // namespace indexrun::launch
