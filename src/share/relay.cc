// SPDX-License-Identifier: Apache-2.0
#include "share/relay.h"

#include "base/log.h"
#include "launch/pipe.h"

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace indexrun::share {

namespace {

/// More than a pipe holds (fcntl(2), /proc/sys/fs/pipe-max-size): what comes after so much was
/// written by somebody whom the item left behind.
constexpr std::size_t kMostInPipe = std::size_t{1} << 20;

bool same_file(int a, int b) {
  struct stat first {};
  struct stat second {};
  return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

}  // namespace

Relay::Relay(launch::Loop& loop, std::size_t slots)
    : loop_(loop), out_(STDOUT_FILENO), pipes_(2 * slots) {
  if (!same_file(STDOUT_FILENO, STDERR_FILENO)) {
    err_.emplace(STDERR_FILENO);
  }
  log::divert(&messages_);
}

Relay::~Relay() {
  log::divert(nullptr);
  flush();
  if (silent_) {
    log::give_up();
  }
}

Result<Ends> Relay::open(std::size_t slot, const std::string& prefix) {
  Ends ends;
  for (std::size_t which = 0; which < 2; ++which) {
    TRY(launch::Pipe made, launch::open_pipe());
    launch::make_nonblocking(made.reading);
    (which == 0 ? ends.out : ends.err) = std::move(made.writing);
    Pipe& pipe = pipes_[2 * slot + which];
    pipe = Pipe{};
    pipe.stream = std::make_unique<Stream>(std::move(made.reading), sink_of(which), prefix);
    loop_.watch_input(pipe.stream->fd());
  }
  return ends;
}

void Relay::drop(std::size_t slot) {
  for (std::size_t which = 0; which < 2; ++which) {
    Pipe& pipe = pipes_[2 * slot + which];
    if (pipe.stream) {
      loop_.forget(pipe.stream->fd());
      pipe = Pipe{};
    }
  }
}

void Relay::end(std::size_t slot) {
  for (std::size_t which = 0; which < 2; ++which) {
    Pipe& pipe = pipes_[2 * slot + which];
    if (pipe.stream) {
      pipe.ended = true;
      pipe.bytes_at_end = pipe.stream->bytes();
      pump(pipe);
    }
  }
  watch_sinks();
}

bool Relay::passed_on(std::size_t slot) const {
  for (std::size_t which = 0; which < 2; ++which) {
    const Pipe& pipe = pipes_[2 * slot + which];
    if (pipe.stream || sink_of(which).written() < pipe.due) {
      return false;
    }
  }
  return true;
}

void Relay::ready(int fd) {
  for (std::size_t which = 0; which < 2; ++which) {
    if (watched_.at(which) && sink_of(which).fd() == fd) {
      sink_of(which).flush();
      watch_sinks();
      return;
    }
  }
  for (Pipe& pipe : pipes_) {
    if (pipe.stream && pipe.stream->fd() == fd) {
      pump(pipe);
      watch_sinks();
      return;
    }
  }
  for (std::size_t i = 0; i < lingering_.size(); ++i) {
    if (lingering_[i]->fd() == fd) {
      read_lingering(i);
      watch_sinks();
      return;
    }
  }
}

/// As long as the item runs one read at a time, so that all items have their turn.
void Relay::pump(Pipe& pipe) {
  Stream& stream = *pipe.stream;
  do {
    if (stream.sink().clogged()) {
      if (!pipe.parked) {
        pipe.parked = true;
        ++parked_;
        loop_.forget(stream.fd());
      }
      return;
    }
    const Stream::Read read = stream.read_some();
    if (read == Stream::Read::kEnd) {
      done(pipe, false);
      return;
    }
    const bool beyond = stream.bytes() - pipe.bytes_at_end > kMostInPipe;
    if (pipe.ended && (read == Stream::Read::kNothing || beyond)) {
      done(pipe, true);
      return;
    }
  } while (pipe.ended);
}

void Relay::done(Pipe& pipe, bool lingers) {
  Stream& stream = *pipe.stream;
  stream.end_line();
  pipe.due = stream.sink().taken();
  if (!pipe.parked) {
    loop_.forget(stream.fd());
  } else {
    --parked_;
  }
  std::unique_ptr<Stream> gone = std::move(pipe.stream);
  if (lingers) {
    linger(std::move(gone));
  }
}

void Relay::linger(std::unique_ptr<Stream> stream) {
  if (lingering_.size() == kMostLingering) {
    log::warning(
        "share: items leave many processes behind that keep their output open: the oldest pipe is "
        "closed");
    loop_.forget(lingering_.front()->fd());
    lingering_.erase(lingering_.begin());
  }
  loop_.watch_input(stream->fd());
  lingering_.push_back(std::move(stream));
}

void Relay::read_lingering(std::size_t number) {
  Stream& stream = *lingering_[number];
  if (stream.sink().clogged()) {
    return;  // watch_sinks() has its way with it
  }
  if (stream.read_some() == Stream::Read::kEnd) {
    stream.end_line();
    loop_.forget(stream.fd());
    lingering_.erase(lingering_.begin() + static_cast<std::ptrdiff_t>(number));
  }
}

void Relay::pump_all(const launch::Sink& sink) {
  if (parked_ == 0) {
    return;
  }
  for (Pipe& pipe : pipes_) {
    if (pipe.stream && pipe.parked && &pipe.stream->sink() == &sink && !sink.clogged()) {
      pipe.parked = false;
      --parked_;
      loop_.watch_input(pipe.stream->fd());
      if (pipe.ended) {
        pump(pipe);
      }
    }
  }
}

void Relay::watch(launch::Sink& sink, bool& watched) {
  if (!sink.clogged()) {
    pump_all(sink);
  }
  if (sink.clogged() == watched) {
    return;
  }
  watched = sink.clogged();
  if (watched) {
    loop_.watch_output(sink.fd());
  } else {
    loop_.forget(sink.fd());
  }
  for (const auto& stream : lingering_) {
    if (&stream->sink() == &sink) {
      loop_.forget(stream->fd());
      if (!watched) {
        loop_.watch_input(stream->fd());
      }
    }
  }
}

void Relay::watch_sinks() {
  watch(out_, watched_[0]);
  if (err_) {
    watch(*err_, watched_[1]);
  }
}

void Relay::flush() {
  if (messages_.empty()) {
    return;
  }
  sink_of(1).append(messages_);
  messages_.clear();
  sink_of(1).flush();
  watch_sinks();
}

bool Relay::idle() const {
  return !out_.clogged() && !sink_of(1).clogged();
}

void Relay::leave() {
  for (const auto& stream : lingering_) {
    loop_.forget(stream->fd());
  }
  loop_.forget(STDOUT_FILENO);
  loop_.forget(STDERR_FILENO);
  watched_ = {};
}

void Relay::drain() {
  for (const auto& stream : lingering_) {
    const std::size_t before = stream->bytes();
    while (stream->bytes() - before < kMostInPipe && stream->read_some() == Stream::Read::kSome) {
    }
    stream->end_line();
  }
  lingering_.clear();
  watch_sinks();
}

void Relay::check_reader(Milliseconds patience) {
  pollfd descriptor{STDERR_FILENO, POLLOUT, 0};
  silent_ = silent_ || ::poll(&descriptor, 1, static_cast<int>(patience.count())) == 0;
}

void Relay::abandon() {
  abandoned_ = true;
  silent_ = sink_of(1).clogged();
  log::warning("share: nobody reads the output of items any more: the rest of it is lost");
  for (std::size_t which = 0; which < 2; ++which) {
    if (sink_of(which).clogged()) {
      sink_of(which).abandon(ETIMEDOUT);
    }
  }
  watch_sinks();
}

std::optional<Error> Relay::error() const {
  for (std::size_t which = 0; which < 2; ++which) {
    // A message of ours that nobody gets changes nothing about the run.
    if (const launch::Sink& sink = sink_of(which); sink.lost_output()) {
      return Error{.failure = Failure::kInternal,
                   .stage = "share",
                   .object = which == 0 ? "standard output" : "standard error",
                   .problem = "the output of items could not be passed on",
                   .system_error = sink.error()};
    }
  }
  return std::nullopt;
}

void Relay::draw(std::string_view line) {
  sink_of(1).draw(line);
  watch_sinks();
}

}  // namespace indexrun::share
