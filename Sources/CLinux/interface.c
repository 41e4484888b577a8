#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

unsigned int if_nametoindex(const char *name);

static int prepared(struct ifreq *request, const char *name) {
  memset(request, 0, sizeof *request);
  if (strlen(name) >= IFNAMSIZ) return -ENAMETOOLONG;
  memcpy(request->ifr_name, name, strlen(name));
  return 0;
}

static int requested(int socket, unsigned long call, struct ifreq *request) {
  return ioctl(socket, call, request) < 0 ? -errno : 0;
}

int clinux_interface_socket(void) {
  int result = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  return result < 0 ? -errno : result;
}

int clinux_interface_flags(int socket, const char *name) {
  struct ifreq request;
  int result = prepared(&request, name);
  if (result == 0) result = requested(socket, SIOCGIFFLAGS, &request);
  return result < 0 ? result : (unsigned short)request.ifr_flags;
}

int clinux_set_interface_flags(int socket, const char *name, int flags) {
  struct ifreq request;
  int result = prepared(&request, name);
  request.ifr_flags = (short)flags;
  return result < 0 ? result : requested(socket, SIOCSIFFLAGS, &request);
}

int clinux_interface_carrier(int socket, const char *name) {
  struct ethtool_value link = {.cmd = ETHTOOL_GLINK};
  struct ifreq request;
  int result = prepared(&request, name);
  request.ifr_data = (void *)&link;
  if (result == 0) result = requested(socket, SIOCETHTOOL, &request);
  return result < 0 ? result : link.data != 0;
}

int clinux_interface_mtu(int socket, const char *name) {
  struct ifreq request;
  int result = prepared(&request, name);
  if (result == 0) result = requested(socket, SIOCGIFMTU, &request);
  return result < 0 ? result : request.ifr_mtu;
}

int clinux_set_interface_mtu(int socket, const char *name, int mtu) {
  struct ifreq request;
  int result = prepared(&request, name);
  request.ifr_mtu = mtu;
  return result < 0 ? result : requested(socket, SIOCSIFMTU, &request);
}

int clinux_interface_kind(int socket, const char *name) {
  // The driver names itself "tun" for both kinds and tells the kind as its bus. Unlike /sys, this
  // answers for the namespace of the socket.
  struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
  struct ifreq request;
  int result = prepared(&request, name);
  request.ifr_data = (void *)&info;
  if (result == 0) result = requested(socket, SIOCETHTOOL, &request);
  if (result == -EOPNOTSUPP) return 0;
  if (result < 0) return result;
  if (strcmp(info.driver, "tun") != 0) return 0;
  return strcmp(info.bus_info, "tap") == 0 ? CLINUX_IFF_TAP : CLINUX_IFF_TUN;
}

int clinux_interface_index(const char *name) {
  unsigned int result = if_nametoindex(name);
  return result == 0 ? -ENODEV : (int)result;
}

int clinux_disable_ipv6(const char *name) {
  char path[80];
  snprintf(path, sizeof path, "/proc/sys/net/ipv6/conf/%.15s/disable_ipv6", name);
  int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return -errno;
  int result = write(file, "1", 1) < 0 ? -errno : 0;
  close(file);
  return result;
}

struct removal {
  struct nlmsghdr header;
  struct ifinfomsg interface;
};

struct answer {
  struct nlmsghdr header;
  struct nlmsgerr error;
  char room[256];
};

static int exchanged(int socket, const struct removal *request) {
  struct answer answer = {0};
  if (send(socket, request, sizeof *request, 0) < 0) return -errno;
  if (recv(socket, &answer, sizeof answer, 0) < 0) return -errno;
  return answer.header.nlmsg_type == NLMSG_ERROR ? answer.error.error : -EPROTO;
}

int clinux_remove_interface(const char *name) {
  struct removal request = {
      .header = {.nlmsg_len = sizeof request, .nlmsg_type = RTM_DELLINK,
                 .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
      .interface = {.ifi_index = (int)if_nametoindex(name)}};
  if (request.interface.ifi_index == 0) return -ENODEV;
  int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (netlink < 0) return -errno;
  int result = exchanged(netlink, &request);
  close(netlink);
  return result;
}
