// SPDX-License-Identifier: Apache-2.0
#include "launch/copies.h"

#include "base/signals.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <unistd.h>

namespace indexrun::launch {

namespace {

/// How long a reader has for the rest, once we have been told to stop.
constexpr Milliseconds kLastWrites{2'000};

/// Whether an output goes through us, and then how.
std::optional<CopySpec> copy_of(const std::optional<inputs::StreamFile>& file, int stream,
                                std::uint32_t tail, bool keep) {
  const bool copied = file && file->copy;
  if (!copied && tail == 0) {
    return std::nullopt;
  }
  return CopySpec{.stream = stream,
                  .path = file ? file->path : "",
                  .alone = file && !file->copy,
                  .keep = keep,
                  .tail = tail};
}

}  // namespace

Result<Copies> Copies::open(Loop& loop, const Request& request) {
  Copies copies;
  const bool keep = request.attempt > 0;
  const auto out = copy_of(request.inputs.standard_output, STDOUT_FILENO, 0, keep);
  const auto err =
      copy_of(request.inputs.standard_error, STDERR_FILENO, request.spec.error_tail, keep);
  copies.copies_.reserve(2);
  for (const auto& spec : {out, err}) {
    if (spec) {
      TRY(Copy copy, Copy::open(loop, *spec));
      copies.copies_.push_back({spec->stream, std::move(copy)});
    }
  }
  return copies;
}

Streams Copies::streams(Streams streams) {
  for (Held& held : copies_) {
    (held.stream == STDOUT_FILENO ? streams.output : streams.error) = held.copy.writer().get();
  }
  return streams;
}

void Copies::release() {
  for (Held& held : copies_) {
    held.copy.writer().reset();
  }
}

void Copies::ready(int fd) {
  for (Held& held : copies_) {
    held.copy.ready(fd);
  }
}

void Copies::finish(Loop& loop, bool told) {
  for (Held& held : copies_) {
    held.copy.end();
  }
  const auto idle = [&] {
    return std::ranges::all_of(copies_, [](const Held& held) { return held.copy.idle(); });
  };
  std::optional<TimerId> timer;
  while (!idle()) {
    if (told && !timer) {
      timer = loop.arm(Deadline::in(kLastWrites));
    }
    const Event event = loop.next();
    told = told || (event.kind == Event::Kind::kSignal &&
                    is_stop_signal(static_cast<int>(event.signal.ssi_signo)));
    if (event.kind == Event::Kind::kReady) {
      ready(event.fd);
    } else if (event.kind == Event::Kind::kTimer && timer == event.timer) {
      for (Held& held : copies_) {
        held.copy.abandon();
      }
    }
  }
}

std::optional<Error> Copies::error() const {
  for (const Held& held : copies_) {
    if (auto error = held.copy.error()) {
      return error;
    }
  }
  return std::nullopt;
}

std::string Copies::tail() const {
  for (const Held& held : copies_) {
    if (held.stream == STDERR_FILENO) {
      return held.copy.tail();
    }
  }
  return {};
}

std::vector<int> Copies::fds() const {
  std::vector<int> all;
  for (const Held& held : copies_) {
    for (const int fd : held.copy.fds()) {
      all.push_back(fd);
    }
  }
  return all;
}

}  // namespace indexrun::launch
