// SPDX-License-Identifier: Apache-2.0
#include "launch/feed.h"

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace indexrun::launch {

Feed::Feed(Loop& loop, ByteSource& source, Pipe pipe)
    : loop_(&loop),
      source_(&source),
      reader_(std::move(pipe.reading)),
      writer_(std::move(pipe.writing)) {
  loop_->watch_output(writer_.get());
}

Feed::Feed(Feed&& other) noexcept
    : loop_(other.loop_),
      source_(other.source_),
      reader_(std::move(other.reader_)),
      writer_(std::move(other.writer_)),
      piece_(other.piece_) {}

Feed::~Feed() {
  end();
}

Result<Feed> Feed::open(Loop& loop, ByteSource& source) {
  TRY(Pipe pipe, open_pipe());
  make_nonblocking(pipe.writing);
  TRY(const std::string_view first, source.next());
  Feed feed(loop, source, std::move(pipe));
  feed.piece_ = first;
  return feed;
}

Result<void> Feed::ready() {
  while (writer_.valid()) {
    if (piece_.empty()) {
      end();
      return {};
    }
    const ssize_t written = ::write(writer_.get(), piece_.data(), piece_.size());
    if (written < 0) {
      if (errno != EAGAIN && errno != EINTR) {
        end();
      }
      return {};
    }
    piece_.remove_prefix(static_cast<std::size_t>(written));
    if (piece_.empty()) {
      auto next = source_->next();
      if (!next) {
        end();
        return std::move(next).error();
      }
      piece_ = *next;
    }
  }
  return {};
}

void Feed::end() {
  if (writer_.valid()) {
    loop_->forget(writer_.get());
    writer_.reset();
  }
}

}  // namespace indexrun::launch
