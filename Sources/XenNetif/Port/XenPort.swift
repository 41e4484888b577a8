/// The seam between a netback and the domain it serves: the store, event channels and grants.
///
/// 1. Every call is one operation of the hypervisor or of the store; it fails with its `errno` and is
///    never retried.
/// 2. Descriptors are numbers of the port's own kind, which the event loop of the same bench knows.
/// 3. Nothing that the other domain does makes a call block.
public protocol XenPort: XenStorePort, XenEventPort, XenGrantPort {}
