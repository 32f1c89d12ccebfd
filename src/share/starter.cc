// SPDX-License-Identifier: Apache-2.0
#include "share/starter.h"

#include "base/file.h"
#include "base/log.h"
#include "base/quote.h"
#include "base/redact.h"
#include "inputs/expand.h"
#include "inputs/paths.h"
#include "inputs/write.h"
#include "launch/plan.h"
#include "share/outputs.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

namespace indexrun::share {

namespace {

bool writes_files(const inputs::Spec& spec) {
  return !spec.outputs.empty();
}

bool exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

Error no_input(int number) {
  return Error{.failure = Failure::kInput,
               .stage = "share",
               .object = "/dev/null",
               .problem = "cannot be opened as the items' standard input",
               .system_error = number};
}

}  // namespace

Starter::Starter(const Request& request, Relay& relay)
    : request_(request),
      relay_(relay),
      texts_(request.spec, request.inputs.expand),
      relayed_(!request.spec.log_dir && (request.spec.parallel > 1 || request.spec.prefix)),
      turn_matters_(request.inputs.expand &&
                    std::any_of(request.inputs.command.begin(), request.inputs.command.end(),
                                [](const std::string& text) { return mentions_turn(text); })) {}

Result<Starter> Starter::open(const Request& request, Relay& relay) {
  Starter starter(request, relay);
  CHECK(starter.check_first_two());
  if (request.spec.log_dir) {
    CHECK(check_log_names(request.spec, starter.texts_, request.items));
    TRY(starter.logs_, Logs::open(*request.spec.log_dir));
  }
  if (request.spec.done_dir) {
    TRY(starter.marks_, Marks::open(*request.spec.done_dir));
  }
  starter.nothing_ = open_file("/dev/null", O_RDONLY | O_NOCTTY);
  if (!starter.nothing_.valid()) {
    return no_input(errno);
  }
  return starter;
}

Result<void> Starter::check_first_two() const {
  if (request_.spec.parallel < 2 || !writes_files(request_.inputs) || request_.items.size() < 2) {
    return {};
  }
  std::array<Job, 2> jobs;
  for (std::uint32_t slot = 0; slot < jobs.size(); ++slot) {
    auto item = request_.items.next();
    if (!item || !*item) {
      return request_.items.rewind();  // its own turn will tell
    }
    Job& job = jobs.at(slot);
    job.item = std::move(**item);
    auto inputs = inputs::expand(request_.inputs, job.item, {.attempt = 0, .slot = slot},
                                 request_.environment);
    if (inputs) {
      TRY(job.outputs, output_paths(*inputs));
    }
  }
  CHECK(request_.items.rewind());
  return check_apart(jobs[1], jobs[0]);
}

Result<Starter::Started> Starter::start(Job& job,
                                        const std::vector<std::unique_ptr<Job>>& running) {
  const inputs::Turn turn{.attempt = job.attempt, .slot = job.slot};
  redact::conceal(job.item.text);
  TRY(const inputs::Inputs inputs,
      inputs::expand(request_.inputs, job.item, turn, request_.environment));
  if (job.attempt == 0) {
    TRY(const bool done, is_done(job, inputs, turn));
    if (done) {
      return Started::kSkipped;
    }
  }
  CHECK(claim_outputs(job, inputs, running));
  CHECK(inputs::write(inputs));
  CHECK(spawn(job, inputs, turn));
  return Started::kRunning;
}

/// Nobody else who runs now may have one of the job's files.
Result<void> Starter::claim_outputs(Job& job, const inputs::Inputs& inputs,
                                    const std::vector<std::unique_ptr<Job>>& running) const {
  if (request_.spec.parallel < 2 || inputs.files.empty()) {
    return {};
  }
  TRY(job.outputs, output_paths(inputs));
  for (const auto& other : running) {
    if (other) {
      CHECK(check_apart(job, *other));
    }
  }
  return {};
}

Result<void> Starter::spawn(Job& job, const inputs::Inputs& inputs, const inputs::Turn& turn) {
  TRY(const Ends ends, open_streams(job, turn));
  const launch::Request launch{
      request_.launch,
      inputs,
      request_.prepared,
      request_.signals,
      {},
      {.input = nothing_.get(), .output = ends.out.get(), .error = ends.err.get()},
      &found_};
  TRY(job.folders, launch::PrivateFolders::make(inputs, request_.prepared));
  TRY(const launch::Plan plan, launch::Plan::make(launch, &job.folders));
  auto child = launch::spawn(plan, -1);
  if (!child) {
    found_ = {};  // the file may have been replaced since it was found
    return std::move(child).error();
  }
  job.child = *child;
  return {};
}

Result<bool> Starter::is_done(Job& job, const inputs::Inputs& inputs, const inputs::Turn& turn) {
  TRY(const std::string path, texts_.existing_path(job.item, turn));
  if (!path.empty() && exists(inputs::beneath(inputs.directory.value_or(""), path))) {
    LOG_CHOSEN("share: " + name_of(job.item) + ": skipped, as " + quote(path) + " exists");
    return true;
  }
  if (!marks_) {
    return false;
  }
  TRY(job.mark, mark_name(job, inputs));
  const bool equal = job.attempt == 0 && seen_.add(job.mark, marked_++).has_value();
  if (marks_->has(job.mark)) {
    equals_skipped_ += equal ? 1 : 0;
    LOG_CHOSEN("share: " + name_of(job.item) + ": skipped, as it is marked as done");
    return true;
  }
  return false;
}

Result<std::string> Starter::mark_name(const Job& job, const inputs::Inputs& inputs) const {
  if (!turn_matters_ || job.slot == 0) {
    return Marks::name(job.item, inputs.argv);
  }
  TRY(const inputs::Inputs first,
      inputs::expand(request_.inputs, job.item, {.attempt = 0, .slot = 0}, request_.environment));
  return Marks::name(job.item, first.argv);
}

Result<Ends> Starter::open_streams(Job& job, const inputs::Turn& turn) {
  if (logs_) {
    TRY(std::string name, texts_.log_name(job.item, turn));
    const bool append = job.attempt > 0 && name == job.log_name;
    job.log_name = std::move(name);
    return logs_->files(job.log_name, append);
  }
  if (relayed_) {
    TRY(const std::string prefix, texts_.prefix(job.item, turn));
    return relay_.open(job.slot, prefix);
  }
  return Ends{};
}

Result<void> Starter::mark(const Job& job) const {
  return marks_ ? marks_->write(job.mark, job.item) : Result<void>();
}

}  // namespace indexrun::share
