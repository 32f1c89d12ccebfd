// SPDX-License-Identifier: Apache-2.0
#include "confine/seccomp/compiled_file.h"

#include "confine/seccomp/bpf.h"
#include "confine/seccomp/interfaces.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

#include <linux/seccomp.h>
#include <zlib.h>

namespace indexrun::confine {
namespace {

constexpr std::string_view kMagic("\x89IRF\r\n\x1a\n", 8);
constexpr std::size_t kSignature = 4;  // of the magic: what remains if line ends were changed
constexpr std::uint32_t kVersion = 1;

/// The first 64 bytes. No padding, so that the bytes are the format.
struct Header {
  std::array<char, 8> magic{};
  std::uint32_t version = kVersion;
  std::uint32_t audit = 0;
  std::uint32_t flags = 0;
  std::uint32_t count = 0;
  std::uint64_t capabilities = 0;
  std::uint64_t held = 0;
  std::array<std::uint32_t, 2> from{};
  std::array<std::uint32_t, 2> below{};
  std::uint32_t zero = 0;
  std::uint32_t checksum = 0;
};
static_assert(sizeof(Header) == 64 && sizeof(sock_filter) == 8);

std::uint32_t checksum_of(std::string_view bytes) {
  const uInt length = static_cast<uInt>(bytes.size());
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), length));
}

Error refuse(std::string_view name, std::string problem, Failure failure = Failure::kConfig) {
  return Error{.failure = failure,
               .stage = "confine",
               .object = std::string(name),
               .problem = std::move(problem),
               .hint = "make it again: indexrun seccomp compile PROFILE -o FILE"};
}

/// What the header says of itself.
Result<void> check_header(std::string_view name, std::string_view bytes, const Header& header) {
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic) {
    return refuse(name,
                  "this compiled filter was changed on its way, as text is when it is copied");
  }
  if (header.version != kVersion || header.zero != 0) {
    return refuse(name, "this compiled filter has version " + std::to_string(header.version) +
                            ", expected " + std::to_string(kVersion));
  }
  const std::size_t expected = sizeof(Header) + std::size_t{header.count} * sizeof(sock_filter);
  if (bytes.size() != expected) {
    return refuse(name, "this compiled filter has " + std::to_string(bytes.size()) +
                            " bytes, expected " + std::to_string(expected));
  }
  std::string copy(bytes);
  std::memset(copy.data() + offsetof(Header, checksum), 0, sizeof header.checksum);
  if (checksum_of(copy) != header.checksum) {
    return refuse(name, "this compiled filter is damaged: its checksum is wrong");
  }
  return {};
}

/// Only what profiles can say: nobody would listen to notifications, and nobody traces.
bool known_action(std::uint32_t value) {
  switch (value & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_KILL_PROCESS:
    case SECCOMP_RET_KILL_THREAD:
    case SECCOMP_RET_TRAP:
    case SECCOMP_RET_ERRNO:
    case SECCOMP_RET_LOG:
    case SECCOMP_RET_ALLOW:
      return true;
    default:
      return false;
  }
}

Result<void> check_program(std::string_view name, const CompiledFilter& filter) {
  constexpr std::uint32_t kFlags = SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_SPEC_ALLOW;
  if (const std::string fault = program_fault(filter.program); !fault.empty()) {
    return refuse(name, "the program of this compiled filter is none: " + fault);
  }
  for (const sock_filter& step : filter.program) {
    if (step.code == (BPF_RET | BPF_K) && !known_action(step.k)) {
      return refuse(name, "the program of this compiled filter returns " + describe_action(step.k) +
                              ", which no profile can say");
    }
  }
  if ((filter.flags & ~kFlags) != 0) {
    return refuse(name, "this compiled filter has flags that no profile can say");
  }
  return {};
}

}  // namespace

bool is_compiled(std::string_view bytes) {
  return bytes.starts_with(kMagic.substr(0, kSignature));
}

std::string compiled_bytes(const CompiledFilter& filter) {
  Header header;
  kMagic.copy(header.magic.data(), header.magic.size());
  header.audit = all_interfaces().front().audit;
  header.flags = filter.flags;
  header.count = static_cast<std::uint32_t>(filter.program.size());
  header.capabilities = filter.decided.capabilities;
  header.held = filter.decided.held;
  header.from = {filter.decided.from.major, filter.decided.from.minor};
  header.below = {filter.decided.below.major, filter.decided.below.minor};
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(filter.program.data()),
               filter.program.size() * sizeof(sock_filter));
  const std::uint32_t checksum = checksum_of(bytes);
  std::memcpy(bytes.data() + offsetof(Header, checksum), &checksum, sizeof checksum);
  return bytes;
}

Result<CompiledFilter> read_compiled(std::string_view name, std::string_view bytes) {
  if (bytes.size() < sizeof(Header)) {
    return refuse(
        name, "this compiled filter is cut off after " + std::to_string(bytes.size()) + " bytes");
  }
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  CHECK(check_header(name, bytes, header));
  if (header.audit != all_interfaces().front().audit) {
    return refuse(name, "this compiled filter is for another instruction set", Failure::kConfine);
  }
  CompiledFilter filter{.program = std::vector<sock_filter>(header.count),
                        .flags = header.flags,
                        .decided = {.capabilities = header.capabilities,
                                    .held = header.held,
                                    .from = {header.from[0], header.from[1]},
                                    .below = {header.below[0], header.below[1]}}};
  bytes.copy(reinterpret_cast<char*>(filter.program.data()), bytes.size() - sizeof header,
             sizeof header);
  CHECK(check_program(name, filter));
  return filter;
}

}  // namespace indexrun::confine
