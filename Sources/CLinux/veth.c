#include "CLinux.h"

#include <errno.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
  struct nlmsghdr header;
  struct ifinfomsg interface;
  char attributes[256];
};

static struct rtattr *end_of(struct request *request) {
  return (struct rtattr *)((char *)request + NLMSG_ALIGN(request->header.nlmsg_len));
}

// What is added fits: two names of 16 bytes, a kind, and the heads of what they lie in.
static struct rtattr *added(struct request *request, unsigned short type, const void *value,
                            size_t length) {
  struct rtattr *attribute = end_of(request);
  attribute->rta_type = type;
  attribute->rta_len = (unsigned short)RTA_LENGTH(length);
  if (length > 0) memcpy(RTA_DATA(attribute), value, length);
  request->header.nlmsg_len =
      (unsigned int)(NLMSG_ALIGN(request->header.nlmsg_len) + RTA_ALIGN(attribute->rta_len));
  return attribute;
}

static void ended(struct request *request, struct rtattr *attribute) {
  attribute->rta_len = (unsigned short)((char *)end_of(request) - (char *)attribute);
}

struct answer {
  struct nlmsghdr header;
  char body[16384];
};

// Sends a request; what answers it is in `answer`, and its length in bytes returned.
static int exchanged(const struct request *request, struct answer *answer) {
  int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
  if (netlink < 0) return -errno;
  ssize_t length = send(netlink, request, request->header.nlmsg_len, 0);
  if (length >= 0) length = recv(netlink, answer, sizeof *answer, 0);
  int result = length < 0 ? -errno : (int)length;
  close(netlink);
  if (result < 0) return result;
  if (result < (int)NLMSG_LENGTH(sizeof(struct nlmsgerr))) return -EPROTO;
  if (answer->header.nlmsg_type != NLMSG_ERROR) return result;
  return ((struct nlmsgerr *)answer->body)->error;
}

int clinux_make_veth(const char *name, const char *peer) {
  if (strlen(name) >= CLINUX_NAME_SIZE || strlen(peer) >= CLINUX_NAME_SIZE) return -ENAMETOOLONG;
  struct request request = {
      .header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_NEWLINK,
                 .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL}};
  struct ifinfomsg other = {0};
  added(&request, IFLA_IFNAME, name, strlen(name) + 1);
  struct rtattr *link = added(&request, IFLA_LINKINFO, NULL, 0);
  added(&request, IFLA_INFO_KIND, "veth", 4);
  struct rtattr *data = added(&request, IFLA_INFO_DATA, NULL, 0);
  struct rtattr *end = added(&request, VETH_INFO_PEER, &other, sizeof other);
  added(&request, IFLA_IFNAME, peer, strlen(peer) + 1);
  ended(&request, end);
  ended(&request, data);
  ended(&request, link);
  struct answer answer = {0};
  int result = exchanged(&request, &answer);
  return result > 0 ? -EPROTO : result;
}

int clinux_veth_peer(const char *name, char peer[CLINUX_NAME_SIZE]) {
  struct request request = {
      .header = {.nlmsg_len = NLMSG_LENGTH(sizeof(struct ifinfomsg)), .nlmsg_type = RTM_GETLINK,
                 .nlmsg_flags = NLM_F_REQUEST},
      .interface = {.ifi_index = (int)if_nametoindex(name)}};
  struct answer answer = {0};
  if (request.interface.ifi_index == 0) return -ENODEV;
  int length = exchanged(&request, &answer);
  if (length < 0) return length;
  length -= (int)NLMSG_LENGTH(sizeof(struct ifinfomsg));
  struct rtattr *attribute = (struct rtattr *)(answer.body + sizeof(struct ifinfomsg));
  unsigned int link = 0;
  int is_veth = 0;
  for (; RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length)) {
    switch (attribute->rta_type) {
    case IFLA_LINK: memcpy(&link, RTA_DATA(attribute), sizeof link); break;
    // The number of the other one would be one of another network's.
    case IFLA_LINK_NETNSID: return -ENODEV;
    case IFLA_LINKINFO: {
      // The kind comes first.
      struct rtattr *kind = RTA_DATA(attribute);
      is_veth = kind->rta_type == IFLA_INFO_KIND && strcmp(RTA_DATA(kind), "veth") == 0;
    }
    }
  }
  if (!is_veth || link == 0) return -ENODEV;
  return if_indextoname(link, peer) == NULL ? -errno : 0;
}
