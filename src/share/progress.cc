// SPDX-License-Identifier: Apache-2.0
#include "share/progress.h"

#include "base/log.h"

#include <algorithm>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

namespace indexrun::share {

namespace {

constexpr std::size_t kUsualWidth = 80;

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : kUsualWidth;
}

}  // namespace

std::string progress_line(const Sum& sum, std::size_t running, std::size_t width) {
  std::string line = "indexrun: " + std::to_string(sum.succeeded + sum.skipped) + "/" +
                     std::to_string(sum.items) + " done, " + std::to_string(running) +
                     " running, " + std::to_string(sum.failed) + " failed";
  line.resize(std::min(line.size(), width > 0 ? width - 1 : 0));
  return line;
}

Progress::Progress(launch::Loop& loop, Relay& relay, bool shared)
    : loop_(loop),
      relay_(relay),
      wanted_(!shared && log::enabled(log::Level::kWarning) && ::isatty(STDERR_FILENO) == 1) {}

void Progress::changed() {
  if (wanted_ && !timer_) {
    timer_ = loop_.arm(Deadline::in(kRedrawn));
  }
}

bool Progress::on_timer(launch::TimerId timer, const Sum& sum, std::size_t running) {
  if (timer_ != timer) {
    return false;
  }
  timer_.reset();
  relay_.draw(progress_line(sum, running, terminal_width()));
  return true;
}

void Progress::end() {
  if (timer_) {
    loop_.cancel(*timer_);
    timer_.reset();
  }
  if (wanted_) {
    relay_.draw("");
    wanted_ = false;
  }
}

}  // namespace indexrun::share
