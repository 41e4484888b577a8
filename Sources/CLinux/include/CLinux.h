// What Swift cannot import from the system's headers: control requests, namespaces, packet sockets,
// barriers.
//
// Every function returns a value of 0 or more, or -errno.

#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

// The bytes an interface name takes, its terminating zero included: IFNAMSIZ.
#define CLINUX_NAME_SIZE 16

#define CLINUX_IFF_UP 0x0001
#define CLINUX_IFF_RUNNING 0x0040

#define CLINUX_IFF_TUN 0x0001
#define CLINUX_IFF_TAP 0x0002
#define CLINUX_IFF_MULTI_QUEUE 0x0100
#define CLINUX_IFF_PERSIST 0x0800
#define CLINUX_IFF_NO_PI 0x1000
#define CLINUX_IFF_VNET_HDR 0x4000

#define CLINUX_TUN_F_CSUM 0x01
#define CLINUX_TUN_F_TSO4 0x02
#define CLINUX_TUN_F_TSO6 0x04
#define CLINUX_TUN_F_TSO_ECN 0x08
#define CLINUX_TUN_F_UFO 0x10
#define CLINUX_TUN_F_USO4 0x20
#define CLINUX_TUN_F_USO6 0x40

// Opens /dev/net/tun for reading and writing, non-blocking and close-on-exec.
int clinux_tun_open(void);
// TUNGETFEATURES: the IFF_ flags the driver knows.
int clinux_tun_features(int fd);
// TUNSETIFF: attaches to the interface `name`; the kernel's name for it is stored into `actual`.
int clinux_tun_attach(int fd, const char *name, int flags, char actual[CLINUX_NAME_SIZE]);
// TUNGETIFF: the flags of the interface attached to; its name is stored into `actual`.
int clinux_tun_attachment(int fd, char actual[CLINUX_NAME_SIZE]);
// TUNSETVNETHDRSZ and TUNGETVNETHDRSZ, in bytes.
int clinux_tun_set_header_length(int fd, int length);
int clinux_tun_header_length(int fd);
// TUNSETOFFLOAD: TUN_F_ flags.
int clinux_tun_set_offloads(int fd, unsigned int offloads);
// TUNSETPERSIST: whether the interface outlives its last descriptor.
int clinux_tun_set_persistent(int fd, int persistent);
// TUNATTACHFILTER and TUNDETACHFILTER: whether the tap takes only frames of EtherType 0x88B5, as long
// as it is attached to this descriptor.
int clinux_tun_set_filter(int fd, int on);

// An unconnected datagram socket, close-on-exec, for the calls on interfaces below.
int clinux_interface_socket(void);
// ETHTOOL_GLINK: 1 while the interface is up and has a carrier, which of a tap means that a descriptor
// is attached to it.
int clinux_interface_carrier(int socket, const char *name);
// SIOCGIFFLAGS and SIOCSIFFLAGS.
int clinux_interface_flags(int socket, const char *name);
int clinux_set_interface_flags(int socket, const char *name, int flags);
// SIOCGIFMTU and SIOCSIFMTU, in bytes.
int clinux_interface_mtu(int socket, const char *name);
int clinux_set_interface_mtu(int socket, const char *name, int mtu);
// IFF_TAP or IFF_TUN if the interface is one of these, 0 if it is anything else.
int clinux_interface_kind(int socket, const char *name);
// The number of the interface; -ENODEV if there is none.
int clinux_interface_index(const char *name);
// Makes a pair of virtual Ethernet interfaces: what one sends, the other receives.
int clinux_make_veth(const char *name, const char *peer);
// The name of the other interface of such a pair is stored into `peer`; -ENODEV if `name` is of no
// pair, or the other one is in another network.
int clinux_veth_peer(const char *name, char peer[CLINUX_NAME_SIZE]);
// Removes the interface.
int clinux_remove_interface(const char *name);
// Keeps IPv6 from sending frames of its own on `name`, which may be "default" or "all".
int clinux_disable_ipv6(const char *name);

// Moves the calling thread into a network namespace of its own.
//
// With a user namespace the caller needs no privilege, but must have a single thread.
int clinux_enter_private_network(int with_user_namespace);

// The requests of netmap's device: NIOCTXSYNC, NIOCRXSYNC and NIOCCTRL.
#define CLINUX_NIOCTXSYNC 0x6994u
#define CLINUX_NIOCRXSYNC 0x6995u
#define CLINUX_NIOCCTRL 0xc0586997u

// Opens /dev/netmap for reading and writing, non-blocking and close-on-exec.
int clinux_netmap_open(void);
// ioctl, with whatever argument the request takes.
int clinux_ioctl(int fd, uint32_t request, void *argument);
// mmap and munmap, for reading and writing, shared, from the beginning of the file on.
int clinux_map_shared(int fd, size_t length, void **address);
int clinux_unmap(void *address, size_t length);
// poll: the events of `events` that are there, POLLERR, POLLHUP and POLLNVAL besides.
int clinux_poll(int fd, short events, int milliseconds);

// A packet socket bound to the interface. What is written to it begins with a vnet header of 10
// bytes; it receives nothing. Close-on-exec.
int clinux_packet_socket(const char *interface);
// Has a packet socket hand frames to the driver within the call. Through the queue of the interface
// they may arrive after the call has returned, or be lost while the link is coming up.
int clinux_packet_bypass_queue(int socket);

// writev.
ssize_t clinux_writev(int fd, const struct iovec *elements, int count);
int clinux_close(int fd);
// FD_CLOEXEC as bit 0, O_NONBLOCK as bit 1.
int clinux_descriptor_flags(int fd);
int clinux_set_nonblocking(int fd, int on);
int clinux_set_close_on_exec(int fd, int on);
// Waits until the descriptor is readable, at most so many milliseconds; 0 if it is not, 1 if it is,
// 3 if it is in error or hung up.
int clinux_wait_readable(int fd, int milliseconds);

// Readies the process for the barrier below; fails where the kernel does not know it.
int clinux_register_barrier(void);
// membarrier: a full memory barrier on every running thread of the process.
int clinux_barrier(void);
// Keeps the compiler, and only the compiler, from moving loads and stores past this point.
static inline void clinux_compiler_barrier(void) { __asm__ volatile("" ::: "memory"); }

// Have the processor fetch the line that an address is in, which need not be one that can be read.
static inline void clinux_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }
static inline void clinux_prefetch_for_write(const void *address) { __builtin_prefetch(address, 1, 3); }

// Copies memory of this process that may not be mapped: -EFAULT then, or fewer bytes.
ssize_t clinux_read_memory(void *destination, const void *source, size_t count);

// Whether pages of this machine can be swapped out: 1 or 0.
int clinux_can_swap(void);

// Whether the thread sanitizer watches this process: 1 or 0.
int clinux_has_thread_sanitizer(void);

// Tells the address sanitizer, if it watches this process, whether memory may be read and written.
void clinux_set_usable(const void *address, size_t count, int usable);

// Has all threads share so many heaps, where the C library would give each one of its own.
void clinux_limit_heaps(int count);

// The calling thread's errno.
int clinux_errno(void);
void clinux_set_errno(int value);

#endif
