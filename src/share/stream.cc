// SPDX-License-Identifier: Apache-2.0
#include "share/stream.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <unistd.h>

namespace indexrun::share {

namespace {

constexpr std::size_t kBlock = std::size_t{64} * 1024;
constexpr std::size_t kLeastBlock = 512;

std::string one_line(std::string prefix) {
  prefix.resize(std::min(prefix.size(), kLongestPrefix));
  std::replace(prefix.begin(), prefix.end(), '\n', ' ');
  std::replace(prefix.begin(), prefix.end(), '\r', ' ');
  return prefix;
}

}  // namespace

Stream::Stream(UniqueFd reading, launch::Sink& sink, std::string prefix)
    : reading_(std::move(reading)), sink_(&sink), prefix_(one_line(std::move(prefix))) {}

Stream::Read Stream::read_some() {
  std::array<char, kBlock> block;
  // Empty lines with a long prefix must not become a thousand times as many bytes.
  const std::size_t room = std::max(kLeastBlock, kBlock / (prefix_.size() + 1));
  ssize_t n = 0;
  do {
    n = ::read(reading_.get(), block.data(), room);
  } while (n < 0 && errno == EINTR);
  if (n < 0 && errno == EAGAIN) {
    return Read::kNothing;
  }
  if (n <= 0) {
    return Read::kEnd;
  }
  bytes_ += static_cast<std::size_t>(n);
  take({block.data(), static_cast<std::size_t>(n)});
  sink_->flush();
  return Read::kSome;
}

void Stream::take(std::string_view bytes) {
  const std::size_t last = bytes.rfind('\n');
  if (last != std::string_view::npos) {
    begun_.append(bytes.substr(0, last + 1));
    emit(begun_);
    begun_.clear();
    bytes.remove_prefix(last + 1);
  }
  begun_.append(bytes);
  if (begun_.size() >= kLongestLine) {
    end_line();
  } else if (begun_.empty() && begun_.capacity() > kBlock * 2) {
    begun_ = std::string();
  }
}

void Stream::end_line() {
  if (!begun_.empty()) {
    begun_.push_back('\n');
    emit(begun_);
    begun_ = std::string();
    sink_->flush();
  }
}

void Stream::emit(std::string_view lines) {
  if (prefix_.empty()) {
    sink_->append_output(lines);
    return;
  }
  while (!lines.empty()) {
    const std::size_t size = lines.find('\n') + 1;
    sink_->append_output(prefix_);
    sink_->append_output(lines.substr(0, size));
    lines.remove_prefix(size);
  }
}

}  // namespace indexrun::share
