// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "SocketPairBackend",
  products: [.library(name: "SocketPairBackend", targets: ["SocketPairBackend"])],
  dependencies: [.package(name: "conformance", path: "../..")],
  targets: [
    .target(
      name: "SocketPairBackend",
      dependencies: [.product(name: "NetBackend", package: "conformance")]
    ),
    .testTarget(
      name: "SocketPairBackendTests",
      dependencies: [
        "SocketPairBackend",
        .product(name: "BackendConformance", package: "conformance"),
        .product(name: "BackendConformanceTesting", package: "conformance"),
        .product(name: "NetBackend", package: "conformance"),
      ]
    ),
  ]
)
