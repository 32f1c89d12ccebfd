// SPDX-License-Identifier: Apache-2.0
#include "launch/head.h"

#include "base/fd.h"
#include "base/file.h"

#include <elf.h>
#include <fcntl.h>

namespace indexrun::launch {
namespace {

#if __SIZEOF_POINTER__ == 8
using ElfHeader = Elf64_Ehdr;
using ElfSegment = Elf64_Phdr;
#else
using ElfHeader = Elf32_Ehdr;
using ElfSegment = Elf32_Phdr;
#endif

std::string script_interpreter(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::string_view line = text.substr(0, text.find('\n'));
  const std::size_t start = line.find_first_not_of(kBlanks, 2);
  if (start == std::string_view::npos) {
    return {};
  }
  return std::string(line.substr(start, line.find_first_of(kBlanks, start) - start));
}

std::string elf_interpreter(const Head& head) {
  ElfHeader header;
  if (!head.read(0, header)) {
    return {};
  }
  for (unsigned i = 0; i < header.e_phnum; ++i) {
    ElfSegment segment;
    if (!head.read(header.e_phoff + i * sizeof segment, segment)) {
      return {};
    }
    if (segment.p_type == PT_INTERP && segment.p_offset < head.size) {
      const std::string_view rest = head.text().substr(segment.p_offset, segment.p_filesz);
      return std::string(rest.substr(0, rest.find('\0')));
    }
  }
  return {};
}

}  // namespace

bool Head::is_elf() const {
  return text().starts_with(ELFMAG);
}

Head read_head(int directory, const std::string& path) {
  Head head;
  const UniqueFd file(::openat(directory, path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.valid()) {
    const ssize_t size = read_fully(file.get(), head.bytes.data(), head.bytes.size());
    head.size = size > 0 ? static_cast<std::size_t>(size) : 0;
    head.read_at_all = true;
  }
  return head;
}

std::string interpreter(const Head& head) {
  if (head.is_script()) {
    return script_interpreter(head.text());
  }
  return head.is_elf() ? elf_interpreter(head) : std::string();
}

}  // namespace indexrun::launch
