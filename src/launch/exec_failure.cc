// SPDX-License-Identifier: Apache-2.0
// Why a file does not run. execve(2) says "No such file" also when only the interpreter is missing,
// and "Exec format error" for many different things, so the file itself is looked at.
#include "base/fd.h"
#include "base/quote.h"
#include "launch/head.h"
#include "launch/resolve.h"

#include <cerrno>
#include <string_view>

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace indexrun::launch {
namespace {

struct Reason {
  std::string problem;
  std::string hint = {};
};

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_386:
      return "i386";
    case EM_AARCH64:
      return "arm64";
    case EM_ARM:
      return "arm";
    case EM_PPC64:
      return "ppc64";
    case EM_S390:
      return "s390x";
    case EM_RISCV:
      return "riscv";
    default:
      return "machine " + std::to_string(machine);
  }
}

constexpr unsigned own_machine() {
#if defined(__x86_64__)
  return EM_X86_64;
#elif defined(__aarch64__)
  return EM_AARCH64;
#elif defined(__riscv)
  return EM_RISCV;
#elif defined(__powerpc64__)
  return EM_PPC64;
#elif defined(__s390__)
  return EM_S390;
#elif defined(__arm__)
  return EM_ARM;
#else
  return EM_386;
#endif
}

Reason missing_interpreter(const Head& head) {
  const std::string name = interpreter(head);
  if (head.is_script()) {
    Reason reason{"the script's interpreter " + quote(name) + " was not found"};
    if (name.ends_with('\r')) {
      reason.hint = "its lines end with CR LF; they must end with LF";
    }
    return reason;
  }
  if (!name.empty()) {
    return {"its dynamic loader " + quote(name) + " was not found",
            "link the program statically, or take an image that has the loader"};
  }
  return {"it exists, but an interpreter or loader that it needs was not found"};
}

Reason wrong_format(const Head& head) {
  if (head.size == 0) {
    return {"the file is empty"};
  }
  Elf32_Ehdr header;  // e_machine lies at the same place in both classes
  if (head.is_elf() && head.read(0, header)) {
    if (header.e_machine != own_machine()) {
      return {"it is a program for " + machine_name(header.e_machine) + ", and this machine is " +
                  machine_name(own_machine()),
              "build or pull the image for this platform"};
    }
    return {"it is not a program that this kernel can run"};
  }
  const bool text = head.text().find('\0') == std::string_view::npos;
  if (!text) {
    return {"it is neither an ELF program nor a script"};
  }
  return {head.is_script() ? "its #! line names no program" : "it is a text file without a #! line",
          "begin the script with #!/bin/sh, or run it as: sh FILE"};
}

Reason forbidden(int directory, const std::string& path) {
  struct stat status {};
  if (::fstatat(directory, path.c_str(), &status, 0) != 0) {
    return {"it cannot be reached by this user"};
  }
  if (S_ISDIR(status.st_mode)) {
    return {"it is a directory, expected a program"};
  }
  if (!S_ISREG(status.st_mode)) {
    return {"it is not a regular file"};
  }
  if ((status.st_mode & 0111U) == 0) {
    return {"it has no execute permission", "chmod +x it, or set defaultMode: 0755 on its volume"};
  }
  const UniqueFd file(::openat(directory, path.c_str(), O_PATH | O_CLOEXEC));
  struct statvfs volume {};
  if (file.valid() && ::fstatvfs(file.get(), &volume) == 0 && (volume.f_flag & ST_NOEXEC) != 0) {
    return {"it lies on a file system that is mounted noexec"};
  }
  return {"this user may not execute it"};
}

Reason reason(int directory, const std::string& path, int number) {
  const Head head = read_head(directory, path);
  switch (number) {
    case ENOENT:
      return head.read_at_all ? missing_interpreter(head) : Reason{"the program was not found"};
    case ENOEXEC:
      return head.read_at_all ? wrong_format(head) : Reason{"it is not a program for this machine"};
    case EACCES:
      return forbidden(directory, path);
    case E2BIG:
      return {"its arguments and environment are too large together",
              "hand large items over in a file (--write) or on standard input (--stdin)"};
    case ETXTBSY:
      return {"it is being written to at this moment"};
    case EAGAIN:
      return {"this user already has as many processes as its limit allows (RLIMIT_NPROC)"};
    case EPERM:
      return {"the kernel refused to run it",
              "a file with capabilities beyond the bounding set fails so (capabilities(7))"};
    default:
      return {"it cannot be executed"};
  }
}

Failure failure_class(int number, bool exists) {
  if (number == E2BIG) {
    return Failure::kItem;
  }
  return number == ENOENT && !exists ? Failure::kNotfound : Failure::kNoexec;
}

}  // namespace

Error exec_failure(const std::string& path, int directory, int number) {
  struct stat status {};
  const bool exists = ::fstatat(directory, path.c_str(), &status, 0) == 0;
  Reason why = reason(directory, path, number);
  return Error{.failure = failure_class(number, exists),
               .stage = "launch",
               .object = path,
               .problem = std::move(why.problem),
               .system_error = number,
               .hint = std::move(why.hint)};
}

}  // namespace indexrun::launch
