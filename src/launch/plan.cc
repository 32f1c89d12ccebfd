// SPDX-License-Identifier: Apache-2.0
#include "launch/plan.h"

#include "base/file.h"
#include "confine/failure.h"
#include "launch/resolve.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

std::vector<const char*> pointers(const std::vector<std::string>& strings) {
  std::vector<const char*> result;
  result.reserve(strings.size() + 1);
  for (const std::string& string : strings) {
    result.push_back(string.c_str());
  }
  result.push_back(nullptr);
  return result;
}

Error no_directory(const std::string& directory, int number) {
  return Error{.failure = Failure::kInput,
               .stage = "launch",
               .object = directory,
               .problem = "cannot enter the working directory",
               .system_error = number};
}

Error no_standard_input(int number) {
  return Error{.failure = Failure::kInput,
               .stage = "launch",
               .object = "--stdin",
               .problem = "cannot keep the program's input in memory",
               .system_error = number};
}

/// A pipe would block beyond its capacity; a memory file holds any size and needs no writable
/// directory. Sealed, because standard input is open for writing too.
Result<UniqueFd> memory_file(const std::string& bytes) {
  constexpr unsigned kNoExecSeal = 8;  // MFD_NOEXEC_SEAL, Linux 6.3: some systems demand it
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  UniqueFd file(::memfd_create("stdin", kFlags));
  if (!file.valid()) {
    file.reset(::memfd_create("stdin", kFlags | kNoExecSeal));
  }
  if (!file.valid()) {
    return no_standard_input(errno);
  }
  if (const int number = write_fully(file.get(), bytes); number != 0) {
    return no_standard_input(number);
  }
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (::lseek(file.get(), 0, SEEK_SET) != 0 || ::fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) {
    return no_standard_input(errno);
  }
  return file;
}

}  // namespace

Plan::Plan(const Request& request)
    : inputs_(&request.inputs),
      argv_(pointers(request.inputs.argv)),
      environment_(pointers(request.inputs.environment.entries())) {
  child_.signals = &request.signals;
  child_.prepared = &request.prepared;
  child_.directory = request.inputs.directory ? request.inputs.directory->c_str() : nullptr;
}

Result<Plan> Plan::make(const Request& request) {
  const inputs::Inputs& inputs = request.inputs;
  Plan plan(request);
  if (inputs.directory) {
    plan.directory_.reset(::open(inputs.directory->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    // The program's user may see what we cannot; the child tries again.
    if (!plan.directory_.valid() && (errno != EACCES || !request.prepared.identity)) {
      return no_directory(*inputs.directory, errno);
    }
  }
  const std::string command = inputs.argv.empty() ? std::string() : inputs.argv.front();
  TRY(plan.path_, resolve(command, inputs.environment, plan.directory()));
  if (inputs.stdin_text) {
    TRY(plan.standard_input_, memory_file(*inputs.stdin_text));
  }
  return plan;
}

int Plan::directory() const {
  return inputs_->directory ? directory_.get() : AT_FDCWD;
}

ChildPlan Plan::child() const {
  ChildPlan child = child_;
  child.path = path_.c_str();
  child.argv = argv_.data();
  child.environment = environment_.data();
  child.standard_input = standard_input_.get();
  return child;
}

Error Plan::explain(const ChildFailure& failure) const {
  switch (failure.step) {
    case ChildStep::kStandardInput:
      return no_standard_input(failure.error);
    case ChildStep::kDirectory:
      return no_directory(inputs_->directory.value_or(""), failure.error);
    case ChildStep::kConfine:
      return confine::failure(*child_.prepared, {failure.confine_step, failure.error});
    case ChildStep::kExec:
      return exec_failure(path_, directory(), failure.error);
    case ChildStep::kNone:
    case ChildStep::kGroup:
      break;
  }
  return Error{.failure = Failure::kInternal,
               .stage = "launch",
               .object = path_,
               .problem = "the program could not be given a process group of its own",
               .system_error = failure.error};
}

}  // namespace indexrun::launch
