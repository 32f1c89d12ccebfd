// SPDX-License-Identifier: Apache-2.0
#include "launch/access.h"

#include "base/quote.h"
#include "confine/batch.h"
#include "launch/directories.h"
#include "launch/may_execute.h"

#include <vector>

namespace indexrun::launch {
namespace {

confine::Right right_of(inputs::Access::Right right) {
  switch (right) {
    case inputs::Access::Right::kRead:
      return confine::Right::kRead;
    case inputs::Access::Right::kWrite:
      return confine::Right::kWrite;
    case inputs::Access::Right::kExecute:
      return confine::Right::kExecute;
  }
  return confine::Right::kRead;
}

std::vector<confine::Grant> grants_of(const inputs::Inputs& inputs) {
  std::vector<confine::Grant> grants;
  grants.reserve(inputs.access.size());
  for (const inputs::Access& access : inputs.access) {
    grants.push_back({right_of(access.right), access.path, access.from_item});
  }
  return grants;
}

Result<void> make_output(const std::string& path, const confine::Prepared& prepared) {
  const confine::Identity* owner = prepared.identity ? &*prepared.identity : nullptr;
  const int number = make_directories(path, owner);
  if (number == 0) {
    return {};
  }
  return Error{.failure = Failure::kInput,
               .stage = "launch",
               .object = "--rw",
               .problem = quote(path) + " cannot be made",
               .system_error = number};
}

}  // namespace

std::vector<confine::Grant> all_grants(const inputs::Inputs& inputs,
                                       const confine::Landlock& landlock,
                                       std::span<const int> outputs) {
  std::vector<confine::Grant> grants = grants_of(inputs);
  if (landlock.batch) {
    const std::vector<confine::Grant> more = confine::batch_grants(grants, outputs);
    grants.insert(grants.end(), more.begin(), more.end());
  }
  return grants;
}

Result<void> check_program(const Request& request, const std::string& program) {
  if (!request.prepared.landlock || !request.prepared.landlock->paths) {
    return {};
  }
  return check_may_execute(program, request.inputs.directory.value_or(""),
                           all_grants(request.inputs, *request.prepared.landlock, {}));
}

Result<confine::Domain> open_domain(const Request& request, const PrivateFolders* folders,
                                    std::span<const int> outputs) {
  if (!request.prepared.landlock) {
    return confine::Domain();
  }
  for (const inputs::Access& access : request.inputs.access) {
    if (access.right == inputs::Access::Right::kWrite && access.path.ends_with('/')) {
      CHECK(make_output(access.path, request.prepared));
    }
  }
  std::vector<confine::Grant> grants =
      all_grants(request.inputs, *request.prepared.landlock, outputs);
  if (folders != nullptr) {
    for (const PrivateFolders::Folder& folder : folders->all()) {
      grants.push_back({.right = confine::Right::kWrite, .path = folder.path()});
    }
  }
  return confine::Domain::make(*request.prepared.landlock, grants);
}

}  // namespace indexrun::launch
