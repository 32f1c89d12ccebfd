// SPDX-License-Identifier: Apache-2.0
#include "launch/plan.h"

#include "base/file.h"
#include "confine/failure.h"
#include "launch/access.h"
#include "launch/output_file.h"
#include "launch/resolve.h"

#include <cerrno>
#include <string_view>
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

std::vector<const char*> environment(const inputs::Inputs& inputs, const PrivateFolders* folders) {
  std::vector<const char*> all = pointers(inputs.environment.entries());
  if (folders == nullptr) {
    return all;
  }
  for (const PrivateFolders::Folder& folder : folders->all()) {
    const std::string_view start =
        std::string_view(folder.setting).substr(0, folder.variable.size() + 1);
    std::erase_if(all, [&](const char* entry) {
      return entry != nullptr && std::string_view(entry).starts_with(start);
    });
    all.insert(all.begin(), folder.setting.c_str());
  }
  return all;
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

Error not_prepared(const std::string& path, std::string problem, int number) {
  return Error{.failure = Failure::kInternal,
               .stage = "launch",
               .object = path,
               .problem = std::move(problem),
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

Plan::Plan(const Request& request, const PrivateFolders* folders)
    : inputs_(&request.inputs),
      argv_(pointers(request.inputs.argv)),
      environment_(environment(request.inputs, folders)) {
  child_.standard_input = request.streams.input;
  child_.standard_output = request.streams.output;
  child_.standard_error = request.streams.error;
  child_.parent_death_signal = request.spec.parent_death_signal;
  child_.signals = &request.signals;
  child_.prepared = &request.prepared;
  child_.directory = request.inputs.directory ? request.inputs.directory->c_str() : nullptr;
}

Result<Plan> Plan::make(const Request& request, const PrivateFolders* folders) {
  const inputs::Inputs& inputs = request.inputs;
  Plan plan(request, folders);
  if (inputs.directory) {
    plan.directory_.reset(::open(inputs.directory->c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    // The program's user may see what we cannot; the child tries again.
    if (!plan.directory_.valid() && (errno != EACCES || !request.prepared.identity)) {
      return no_directory(*inputs.directory, errno);
    }
  }
  const std::string command = inputs.argv.empty() ? std::string() : inputs.argv.front();
  CHECK(plan.find(command, request.found));
  CHECK(check_program(request, plan.path_));
  if (inputs.stdin_text) {
    TRY(plan.standard_input_, memory_file(*inputs.stdin_text));
  }
  CHECK(plan.open_outputs(request));
  TRY(plan.domain_, open_domain(request, folders, plan.outputs()));
  plan.rename_listener();
  return plan;
}

Result<void> Plan::open_outputs(const Request& request) {
  const bool keep = request.attempt > 0;
  if (const auto& file = request.inputs.standard_output; file && request.streams.output < 0) {
    TRY(standard_output_, open_output_file(file->path, keep));
  }
  if (const auto& file = request.inputs.standard_error; file && request.streams.error < 0) {
    TRY(standard_error_, open_output_file(file->path, keep));
  }
  return {};
}

/// Where the program's outputs will go, as descriptors of ours.
std::array<int, 2> Plan::outputs() const {
  const auto first = [](int own, int handed_over, int inherited) {
    return own >= 0 ? own : handed_over >= 0 ? handed_over : inherited;
  };
  return {first(standard_output_.get(), child_.standard_output, STDOUT_FILENO),
          first(standard_error_.get(), child_.standard_error, STDERR_FILENO)};
}

/// Whoever started us handed sockets over to our pid; supervised, the program has another one.
void Plan::rename_listener() {
  constexpr std::string_view kName = "LISTEN_PID=";
  const std::string ours = std::string(kName) + std::to_string(::getpid());
  for (const char*& entry : environment_) {
    if (entry != nullptr && ours == entry) {
      listener_ = ours;
      // Too long for a string to keep it inside: it stays where it is when the plan moves.
      listener_.resize(kName.size() + kPidDigits);
      entry = listener_.c_str();
      child_.listen_pid = listener_.data() + kName.size();
    }
  }
}

/// Many launches mostly run the same program: it is looked up once.
Result<void> Plan::find(const std::string& command, Found* found) {
  if (found == nullptr) {
    TRY(path_, resolve(command, inputs_->environment, directory()));
    return {};
  }
  const std::string_view search = inputs_->environment.get("PATH").value_or("");
  const std::string_view home = inputs_->directory ? std::string_view(*inputs_->directory) : "";
  if (found->path.empty() || found->command != command || found->search != search ||
      found->directory != home) {
    found->path.clear();
    TRY(found->path, resolve(command, inputs_->environment, directory()));
    found->command = command;
    found->search = search;
    found->directory = home;
  }
  path_ = found->path;
  return {};
}

int Plan::directory() const {
  return inputs_->directory ? directory_.get() : AT_FDCWD;
}

ChildPlan Plan::child() const {
  ChildPlan child = child_;
  child.path = path_.c_str();
  child.restriction = &domain_.restriction();
  child.argv = argv_.data();
  child.environment = environment_.data();
  if (standard_input_.valid()) {
    child.standard_input = standard_input_.get();
  }
  if (standard_output_.valid()) {
    child.standard_output = standard_output_.get();
  }
  if (standard_error_.valid()) {
    child.standard_error = standard_error_.get();
  }
  return child;
}

Error Plan::explain(const ChildFailure& failure) const {
  switch (failure.step) {
    case ChildStep::kDirectory:
      return no_directory(inputs_->directory.value_or(""), failure.error);
    case ChildStep::kConfine:
      return confine::failure(*child_.prepared,
                              {failure.confine_step, failure.error, failure.detail});
    case ChildStep::kExec:
      return exec_failure(path_, directory(), failure.error);
    case ChildStep::kStandardStreams:
      return not_prepared(path_, "the program could not be given its standard streams",
                          failure.error);
    case ChildStep::kParentDeath:
      return not_prepared(path_, "the program could not be given its parent-death signal",
                          failure.error);
    case ChildStep::kNone:
    case ChildStep::kGroup:
      break;
  }
  return not_prepared(path_, "the program could not be given a process group of its own",
                      failure.error);
}

}  // namespace indexrun::launch
