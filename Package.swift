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

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let collections: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")

let package = Package(
  name: "conformance",
  products: [
    .library(name: "NetBackend", targets: ["NetBackend"]),
    .library(name: "Tap", targets: ["Tap"]),
    .library(name: "Netmap", targets: ["Netmap", "RingMemory"]),
    .library(name: "XenNetif", targets: ["XenNetif", "RingMemory"]),
    .library(name: "BackendConformance", targets: ["BackendConformance"]),
    .library(name: "BackendConformanceTesting", targets: ["BackendConformanceTesting"]),
    .executable(name: "conformance", targets: ["conformance"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/CoreOffice/XMLCoder", from: "0.18.2"),
  ],
  targets: [
    // The contract.
    .target(
      name: "NetBackend",
      // The scatter-gather lists cannot outlive the call they are passed to; saying so needs this
      // feature, in this target alone.
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]
    ),

    // The families, and the system underneath them.
    .target(name: "CLinux"),
    .target(name: "CallGate", dependencies: ["CLinux"], swiftSettings: strict),
    .systemLibrary(
      name: "CPcap",
      pkgConfig: "libpcap",
      providers: [.apt(["libpcap-dev"])]
    ),
    .target(name: "Pcap", dependencies: ["CPcap", "CLinux", system], swiftSettings: strict),
    .target(name: "CallScript", dependencies: [system], swiftSettings: strict),
    .target(
      name: "Tap",
      dependencies: ["NetBackend", "CallGate", "CallScript", "CLinux", system, collections],
      swiftSettings: strict
    ),
    .target(name: "RingMemory", dependencies: ["CLinux", system], swiftSettings: strict),
    .target(
      name: "Netmap",
      dependencies: [
        "NetBackend", "CallGate", "CallScript", "RingMemory", "CLinux", system, collections,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "XenNetif",
      dependencies: ["NetBackend", "CallGate", "CallScript", "RingMemory", system, collections],
      swiftSettings: strict
    ),

    // The seed of the contract, with its defects.
    .target(
      name: "Bhyve",
      dependencies: ["NetBackend", "Tap", "Netmap", "RingMemory", system],
      swiftSettings: strict
    ),

    // The suite.
    .target(name: "CGuardedMemory"),
    .target(
      name: "BackendConformance",
      dependencies: [
        "NetBackend", "CallScript", "Tap", "Netmap", "XenNetif", "RingMemory", "Pcap", "CLinux",
        "CGuardedMemory", system, "Yams", "XMLCoder",
      ],
      swiftSettings: strict
    ),
    .target(
      name: "BackendConformanceTesting",
      dependencies: ["BackendConformance"],
      swiftSettings: strict
    ),
    .target(
      name: "Mutants",
      dependencies: [
        "NetBackend", "CallScript", "Tap", "Netmap", "RingMemory", "BackendConformance", system,
      ],
      swiftSettings: strict
    ),
    .target(
      name: "BhyveConformance",
      dependencies: [
        "Bhyve", "BackendConformance", "CallScript", "NetBackend", "Netmap", "RingMemory", "Tap",
        system,
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "conformance",
      dependencies: [
        "BackendConformance", "BhyveConformance", "Mutants", "NetBackend", "Netmap", "CLinux",
        "CPcap", "XenNetif", system,
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),

    // One test target a target.
    .testTarget(name: "NetBackendTests", dependencies: ["NetBackend"], swiftSettings: strict),
    .testTarget(name: "CallGateTests", dependencies: ["CallGate"], swiftSettings: strict),
    .testTarget(
      name: "TapTests",
      dependencies: ["Tap", "CallScript", "Pcap", "CLinux", system],
      swiftSettings: strict
    ),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    .testTarget(
      name: "NetmapTests",
      dependencies: ["Netmap", "NetBackend", "RingMemory", "CAllocationCount", system],
      swiftSettings: strict
    ),
    .testTarget(
      name: "XenNetifTests",
      dependencies: ["XenNetif", "NetBackend", "RingMemory", "CAllocationCount", system],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BackendConformanceTests",
      dependencies: [
        "BackendConformance", "Mutants", "NetBackend", "Netmap", "Pcap", "CLinux",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BackendConformanceTestingTests",
      dependencies: ["BackendConformanceTesting", "BackendConformance", "NetBackend"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BhyveConformanceTests",
      dependencies: ["BhyveConformance", "BackendConformance"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "conformanceTests",
      dependencies: ["conformance"],
      exclude: ["Snapshots"],
      swiftSettings: strict
    ),
  ]
)

// The sanitizers watch the code that moves frames, and would build everything else with it.
if Context.environment["CONFORMANCE_FAMILIES_ONLY"] != nil {
  let families = [
    "NetBackend", "CLinux", "CallGate", "CPcap", "Pcap", "CallScript", "Tap", "RingMemory",
    "Netmap", "XenNetif", "CAllocationCount",
  ]
  package.targets.removeAll { target in
    !families.contains(target.isTest ? String(target.name.dropLast("Tests".count)) : target.name)
  }
  package.products.removeAll { product in
    ["BackendConformance", "BackendConformanceTesting", "conformance"].contains(product.name)
  }
}
