#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

_Static_assert(CLINUX_NAME_SIZE == IFNAMSIZ, "IFNAMSIZ");
_Static_assert(CLINUX_IFF_UP == IFF_UP && CLINUX_IFF_RUNNING == IFF_RUNNING, "IFF_UP");
_Static_assert(CLINUX_IFF_TUN == IFF_TUN && CLINUX_IFF_TAP == IFF_TAP, "IFF_TAP");
_Static_assert(CLINUX_IFF_MULTI_QUEUE == IFF_MULTI_QUEUE, "IFF_MULTI_QUEUE");
_Static_assert(CLINUX_IFF_PERSIST == IFF_PERSIST, "IFF_PERSIST");
_Static_assert(CLINUX_IFF_NO_PI == IFF_NO_PI, "IFF_NO_PI");
_Static_assert(CLINUX_IFF_VNET_HDR == IFF_VNET_HDR, "IFF_VNET_HDR");
_Static_assert(CLINUX_TUN_F_CSUM == TUN_F_CSUM && CLINUX_TUN_F_TSO4 == TUN_F_TSO4 &&
               CLINUX_TUN_F_TSO6 == TUN_F_TSO6 && CLINUX_TUN_F_TSO_ECN == TUN_F_TSO_ECN &&
               CLINUX_TUN_F_UFO == TUN_F_UFO, "TUN_F_");

static int checked(int result) { return result < 0 ? -errno : result; }

int clinux_tun_open(void) {
  return checked(open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC));
}

int clinux_tun_features(int fd) {
  unsigned int features = 0;
  return ioctl(fd, TUNGETFEATURES, &features) < 0 ? -errno : (int)features;
}

int clinux_tun_attach(int fd, const char *name, int flags, char actual[CLINUX_NAME_SIZE]) {
  struct ifreq request = {0};
  if (strlen(name) >= IFNAMSIZ) return -ENAMETOOLONG;
  memcpy(request.ifr_name, name, strlen(name));
  request.ifr_flags = (short)flags;
  if (ioctl(fd, TUNSETIFF, &request) < 0) return -errno;
  request.ifr_name[IFNAMSIZ - 1] = 0;
  memcpy(actual, request.ifr_name, IFNAMSIZ);
  return 0;
}

int clinux_tun_attachment(int fd, char actual[CLINUX_NAME_SIZE]) {
  struct ifreq request = {0};
  if (ioctl(fd, TUNGETIFF, &request) < 0) return -errno;
  request.ifr_name[IFNAMSIZ - 1] = 0;
  memcpy(actual, request.ifr_name, IFNAMSIZ);
  return (unsigned short)request.ifr_flags;
}

int clinux_tun_set_header_length(int fd, int length) {
  return checked(ioctl(fd, TUNSETVNETHDRSZ, &length));
}

int clinux_tun_header_length(int fd) {
  int length = 0;
  return ioctl(fd, TUNGETVNETHDRSZ, &length) < 0 ? -errno : length;
}

int clinux_tun_set_offloads(int fd, unsigned int offloads) {
  return checked(ioctl(fd, TUNSETOFFLOAD, (unsigned long)offloads));
}

int clinux_tun_set_persistent(int fd, int persistent) {
  return checked(ioctl(fd, TUNSETPERSIST, (unsigned long)persistent));
}

int clinux_tun_set_filter(int fd, int on) {
  // The kernel keeps the address of the program, so it is never freed.
  static struct sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x88B5, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
      BPF_STMT(BPF_RET | BPF_K, 0),
  };
  static struct sock_fprog filter = {sizeof(program) / sizeof(program[0]), program};
  char rest[64];
  int result = checked(ioctl(fd, on ? TUNATTACHFILTER : TUNDETACHFILTER, &filter));
  // What came before the filter was set is still waiting.
  while (on && result == 0 && read(fd, rest, sizeof(rest)) > 0) continue;
  return result;
}
