// SPDX-License-Identifier: Apache-2.0
#include "confine/failure.h"

#include <cerrno>
#include <string>

namespace indexrun::confine {
namespace {

std::string_view option(Step step) {
  switch (step) {
    case Step::kNone:
      return "";
    case Step::kGroups:
    case Step::kGid:
    case Step::kUid:
    case Step::kVerifyIdentity:
      return "--user";
    case Step::kBounding:
    case Step::kKeepCaps:
    case Step::kCapabilities:
    case Step::kVerifyCapabilities:
      return "--cap-drop";
    case Step::kAmbient:
      return "--cap-add";
    case Step::kNoNewPrivs:
    case Step::kVerifyNoNewPrivs:
      return "--no-new-privs";
    case Step::kSeccomp:
      return "--seccomp-deny";
    case Step::kRestrict:
    case Step::kVerifyFiles:
    case Step::kVerifyTcp:
    case Step::kVerifyScope:
      return "Landlock";
  }
  return "";
}

std::string id_hint(const Prepared& prepared, Failed failed, std::string_view capability) {
  if (failed.error == EINVAL) {
    return "the id is not mapped in this user namespace (user_namespaces(7))";
  }
  if (failed.error != EPERM) {
    return {};
  }
  std::string hint = "changing it needs " + std::string(capability) + " in the container";
  if (failed.step == Step::kGid && prepared.identity) {
    hint += "; to keep the group write --user " + std::to_string(prepared.identity->uid) + ":GID";
  }
  return hint;
}

std::string hint(const Prepared& prepared, Failed failed) {
  switch (failed.step) {
    case Step::kGroups:
    case Step::kGid:
      return id_hint(prepared, failed, "CAP_SETGID");
    case Step::kUid:
      if (failed.error == EAGAIN) {
        return "this user already has as many processes as its limit allows (RLIMIT_NPROC)";
      }
      return id_hint(prepared, failed, "CAP_SETUID");
    case Step::kBounding:
      return failed.error == EPERM ? "dropping it needs CAP_SETPCAP in the container" : "";
    case Step::kKeepCaps:
    case Step::kAmbient:
      return failed.error == EPERM ? "the container's securebits forbid it" : "";
    case Step::kRestrict:
      if (failed.error == E2BIG) {
        return "the kernel stacks at most 16 Landlock domains: start indexrun from fewer of them";
      }
      return {};
    case Step::kVerifyFiles:
    case Step::kVerifyTcp:
    case Step::kVerifyScope:
      return "this kernel does not keep what it promises: do not rely on it";
    case Step::kNone:
    case Step::kCapabilities:
    case Step::kNoNewPrivs:
    case Step::kVerifyIdentity:
    case Step::kVerifyCapabilities:
    case Step::kVerifyNoNewPrivs:
    case Step::kSeccomp:
      return {};
  }
  return {};
}

}  // namespace

std::string_view describe(Step step) {
  switch (step) {
    case Step::kNone:
      return "nothing failed";
    case Step::kBounding:
      return "cannot drop from the bounding set";
    case Step::kKeepCaps:
      return "cannot keep capabilities over a change of user";
    case Step::kGroups:
      return "cannot clear the supplementary groups";
    case Step::kGid:
      return "cannot change the group id";
    case Step::kUid:
      return "cannot change the user id";
    case Step::kCapabilities:
      return "cannot set the capabilities";
    case Step::kAmbient:
      return "cannot set the ambient capabilities";
    case Step::kNoNewPrivs:
      return "cannot set no_new_privs";
    case Step::kVerifyIdentity:
      return "the user, group or supplementary groups read back differently";
    case Step::kVerifyCapabilities:
      return "the capabilities read back differently";
    case Step::kVerifyNoNewPrivs:
      return "no_new_privs reads back as not set";
    case Step::kSeccomp:
      return "cannot load the system call filter";
    case Step::kRestrict:
      return "cannot enter the domain";
    case Step::kVerifyFiles:
      return "a file that no rule names can still be opened";
    case Step::kVerifyTcp:
      return "a TCP port that no rule names can still be used";
    case Step::kVerifyScope:
      return "a process outside can still be signalled";
  }
  return "unknown step";
}

Error failure(const Prepared& prepared, Failed failed) {
  return Error{.failure = Failure::kConfine,
               .stage = "confine",
               .object = std::string(option(failed.step)),
               .problem = std::string(describe(failed.step)),
               .system_error = failed.error,
               .hint = hint(prepared, failed)};
}

}  // namespace indexrun::confine
