// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "conformance", path: ".."),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // What the Swift code is measured against: the same work, written plainly in C.
    .target(name: "CBaseline", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CBaseline",
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "NetBackend", package: "conformance"),
        .product(name: "Tap", package: "conformance"),
        .product(name: "Netmap", package: "conformance"),
        .product(name: "XenNetif", package: "conformance"),
        .product(name: "BackendConformance", package: "conformance"),
      ],
      swiftSettings: strict
    ),
  ]
)
