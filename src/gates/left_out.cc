// SPDX-License-Identifier: Apache-2.0
// Linked in place of parts of c-ares and glibc that a lookup never gets to, in static builds only:
// the linker takes the first definition, and whatever hangs on the other one stays out of the
// executable. Should a later c-ares need one of those parts, it defines these twice or wants what
// is missing, and the link fails.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include <ares.h>
#include <arpa/inet.h>
#include <netdb.h>
#include <strings.h>
#include <sys/random.h>

namespace {

// Only where there is no /dev/urandom; the executable's only source of randomness is the kernel.
int from_kernel() {
  std::uint32_t number = 0;
  static_cast<void>(::getrandom(&number, sizeof number, 0) < 0);
  return static_cast<int>(number & 0x7fffffffU);
}

bool is_onion(const char* name) {
  constexpr char kOnion[] = ".onion";
  std::size_t size = std::strlen(name);
  size -= size > 0 && name[size - 1] == '.' ? 1 : 0;
  constexpr std::size_t kSize = sizeof kOnion - 1;
  return size >= kSize && ::strncasecmp(name + size - kSize, kOnion, kSize) == 0;
}

}  // namespace

// NOLINTBEGIN(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

// Names of services are looked up by NSS, which a static executable must not load from the image;
// the linker warns of it, and a warning is an error. We give c-ares no such name.
servent* getservbyname(const char* /*name*/, const char* /*protocol*/) {
  return nullptr;
}

// RFC 7686: these names are not for the DNS. c-ares has it beside the names of addresses, with all
// that those need.
int ares__is_onion_domain(const char* name) {
  return is_onion(name) ? 1 : 0;
}

// We ask for no order.
int ares__sortaddrinfo(ares_channel /*channel*/, ares_addrinfo_node* /*first*/) {
  return ARES_SUCCESS;
}

// c-ares has its own inet_pton(3) beside a reader of networks, for sortlist in resolv.conf: that
// line has no effect then.
int ares_inet_pton(int family, const char* text, void* address) {
  return ::inet_pton(family, text, address);
}
int ares_inet_net_pton(int /*family*/, const char* /*text*/, void* /*network*/,
                       std::size_t /*size*/) {
  errno = ENOENT;
  return -1;
}

extern const ares_in6_addr ares_in6addr_any;
const ares_in6_addr ares_in6addr_any{};

// Used by ares_dup().
int ares_get_servers_ports(ares_channel /*channel*/, ares_addr_port_node** /*servers*/) {
  return ARES_ENOTIMP;
}
int ares_set_servers_ports(ares_channel /*channel*/, ares_addr_port_node* /*servers*/) {
  return ARES_ENOTIMP;
}
void ares_free_data(void* /*data*/) {}

int rand() {  // NOLINT(cert-msc30-c,cert-msc50-cpp): this one is random
  return from_kernel();
}

// strncpy(3) without glibc's variants for five kinds of processor. By another name here, since the
// headers may have one of their own.
char* copy_padded(char* target, const char* source, std::size_t size) __asm__("strncpy");
char* copy_padded(char* target, const char* source, std::size_t size) {
  std::size_t at = 0;
  for (; at < size && source[at] != '\0'; ++at) {
    target[at] = source[at];
  }
  for (; at < size; ++at) {
    target[at] = '\0';
  }
  return target;
}

}  // extern "C"
// NOLINTEND(readability-identifier-naming,bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
