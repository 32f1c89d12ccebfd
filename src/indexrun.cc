// SPDX-License-Identifier: Apache-2.0
// One worker of an Indexed Job:
//
//     options -> index -> items -> inputs -> confine -> launch | share -> status
//
// The subcommands in commands/ walk this line; here it begins and ends.
#include "base/log.h"
#include "base/redact.h"
#include "base/signals.h"
#include "commands/commands.h"
#include "launch/stdio.h"
#include "options/options.h"
#include "status/exit_code.h"
#include "status/report.h"

#include <cstdlib>
#include <string_view>
#include <utility>

#include <unistd.h>

namespace indexrun {
namespace {

using options::Subcommand;

/// run, stage and install are a container's own process, whose end Kubernetes looks at.
bool leaves_a_record(Subcommand subcommand) {
  return subcommand == Subcommand::kRun || subcommand == Subcommand::kStage ||
         subcommand == Subcommand::kInstall;
}

int fail(commands::Session& session, Error error) {
  options::locate(session.options, error);
  log::print(error);
  status::add_error(session.record, error, session.codes);
  if (session.message.exists() && leaves_a_record(session.options.subcommand) &&
      session.options.status.message != status::Message::kNever) {
    session.message.write(status::to_json(session.record));
  }
  return session.codes.of(error);
}

/// A function of its own, so that what was read does not lie beside the session on the stack for as
/// long as the program runs.
[[gnu::noinline]] Result<void> configure(commands::Session& session, int argc,
                                         const char* const* argv) {
  options::Options partial;
  auto read = options::read(argc, argv, session.environment, partial);
  session.options = std::move(read ? *read : partial);
  log::configure(session.options.log);
  set_stop_signals(session.options.launch.map_signal.stopping());
  if (session.options.status.redact) {
    redact::begin();
  }
  session.message = status::MessageFile::open(session.options.status.message_file);
  auto codes = status::ExitCodes::parse(session.options.status);
  if (codes) {
    session.codes = std::move(*codes);
  }
  // What is wrong with the command line comes before what is wrong with one option's value.
  if (!read) {
    return std::move(read).error();
  }
  CHECK(codes);
  return {};
}

Result<int> work(commands::Session& session, int argc, const char* const* argv) {
  CHECK(configure(session, argc, argv));
  return commands::start(session);
}

/// Everything is written by now: destructors, and what the libraries do at the end, would only take
/// time from whoever waits for us.
[[noreturn]] void end(int status) {
#if defined(__SANITIZE_ADDRESS__)
  std::exit(status);  // leaks are looked for then
#else
  ::_exit(status);
#endif
}

[[noreturn]] void main_of(int argc, const char* const* argv) {
  commands::Session session;
  session.signals = take_signals();
  launch::guard_stdio();
  session.environment = Environment::copy(environ);
  session.record.set("indexrun", std::string(options::version()));
  Result<int> status = work(session, argc, argv);
  end(status ? *status : fail(session, std::move(status).error()));
}

/// No memory left, or a mistake of ours: the documented status instead of an abort.
int broken() noexcept {
  constexpr std::string_view kText = "indexrun: internal: out of memory, or a defect of indexrun\n";
  (void)!::write(STDERR_FILENO, kText.data(), kText.size());
  for (const status::ExitClass& row : status::exit_classes()) {
    if (row.failure == Failure::kInternal) {
      return row.code;
    }
  }
  return EXIT_FAILURE;
}

}  // namespace
}  // namespace indexrun

int main(int argc, char** argv) {
  try {
    indexrun::main_of(argc, argv);
  } catch (...) {
    return indexrun::broken();
  }
}
