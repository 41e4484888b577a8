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
  dependencies: [.package(name: "conformance", path: "..")],
  targets: [
    // What the Swift code is measured against: the same work, written plainly in C.
    .target(name: "CBaseline", cSettings: [.unsafeFlags(["-O3"])]),
    .executableTarget(
      name: "bench",
      dependencies: [
        "CBaseline",
        .product(name: "NetBackend", package: "conformance"),
        .product(name: "Tap", package: "conformance"),
        .product(name: "BackendConformance", package: "conformance"),
      ],
      swiftSettings: strict
    ),
  ]
)
