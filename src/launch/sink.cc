// SPDX-License-Identifier: Apache-2.0
#include "launch/sink.h"

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::launch {

namespace {

constexpr std::string_view kErase = "\r\033[K";
constexpr std::size_t kBlock = std::size_t{256} * 1024;

/// The disk is waited for by everybody; a regular file is never "full" for a while.
bool is_file(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

}  // namespace

Sink::Sink(int fd) : fd_(fd), most_(is_file(fd) ? kBlock : PIPE_BUF) {}

void Sink::append(std::string_view lines) {
  if (error_ != 0 || lines.empty()) {
    return;
  }
  erase();
  pending_.append(lines);
  taken_ += lines.size();
}

void Sink::append_output(std::string_view lines) {
  carries_output_ = true;
  append(lines);
}

bool Sink::takes_more() const {
  if (most_ == kBlock) {
    return true;
  }
  pollfd descriptor{fd_, POLLOUT, 0};
  return ::poll(&descriptor, 1, 0) > 0;
}

void Sink::flush() {
  while (clogged() && takes_more()) {
    const std::size_t size = std::min(most_, pending_.size() - at_);
    const ssize_t n = ::write(fd_, pending_.data() + at_, size);
    if (n >= 0) {
      at_ += static_cast<std::size_t>(n);
    } else if (errno == EAGAIN) {
      return;
    } else if (errno != EINTR) {
      abandon(errno);
    }
  }
  if (!clogged()) {
    at_ = 0;
    pending_.clear();
    if (pending_.capacity() > kBlock) {
      pending_ = std::string();  // a very long line has gone
    }
  }
}

void Sink::abandon(int error) {
  error_ = error;
  pending_.clear();
  at_ = 0;
}

void Sink::draw(std::string_view line) {
  if (error_ == 0 && !clogged()) {
    erase();
    append(line);
    drawn_ = !line.empty();
    flush();
  }
}

void Sink::erase() {
  if (drawn_) {
    drawn_ = false;
    append(kErase);
  }
}

}  // namespace indexrun::launch
