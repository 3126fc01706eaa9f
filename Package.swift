// swift-tools-version:6.2
// twinboard: one package, one module for each room of the house; an arrow only ever points down.
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

/// Kernels for one set of instructions: the importer's flags decide what Swift's own code is made of (docs/solver.md). Bound to its own
/// symbols, because the program that loads it has the same names. exp and log must be inlined into the steps: as functions they are
/// handed their lanes in halves and compute them so. WIDE makes lanes of sixteen.
func kernels(_ name: String, _ instructions: [String], _ defines: String...) -> Target {
    .target(
        name: name, dependencies: ["Systems", "Integration", "CIntegration"],
        swiftSettings: strict + defines.map { .define($0) } + [
            .define("FUSED"), .unsafeFlags(instructions.flatMap { ["-Xcc", $0] } + ["-Xllvm", "-inline-threshold=2000"]),
        ],
        linkerSettings: [.unsafeFlags(["-Xlinker", "-Bsymbolic"])])
}

let package = Package(
    name: "twinboard",
    products: [
        .executable(name: "twinboard", targets: ["twinboard"]),
        // The program loads one of them if the processor can run it; never linked, see KernelLibrary.
        .library(name: "KernelsAVX2", type: .dynamic, targets: ["KernelsAVX2"]),
        .library(name: "KernelsAVX512", type: .dynamic, targets: ["KernelsAVX512"]),
    ],
    dependencies: [
        // docs/dependencies.md says why each of them is here.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        // The commands and the wiring; no logic.
        .executableTarget(
            name: "twinboard",
            dependencies: [
                "Workstation", "Exchange", "Meetings", "Records", "TwinLibrary", "Twins", "Plotting", "Surface", "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        // The application: state, update, screens.
        .target(
            name: "Workstation",
            dependencies: [
                "Exchange", "Meetings", "Records", "Twins", "Plotting", "Surface", .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: strict),
        // What comes in and goes out: FHIR, CSV, decision sheets.
        .target(
            name: "Exchange",
            dependencies: [
                "CZlibShim", "Meetings", "Records", "Twins", "Surface", .product(name: "TOMLKit", package: "TOMLKit"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // Meeting, case, quorum, decision.
        .target(name: "Meetings", dependencies: ["Records", "Twins"], swiftSettings: strict),
        // Patients, documents, ledger, search; the only module that speaks SQL.
        .target(
            name: "Records",
            dependencies: [
                "CSQLiteShim", "Twins", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        // The models, a folder a field.
        .target(name: "TwinLibrary", dependencies: ["Twins", "Systems", "Numerics"], swiftSettings: strict),
        // What a twin is.
        .target(name: "Twins", dependencies: ["Numerics"], swiftSettings: strict),
        // Ensembles, random numbers, inference, linear algebra.
        .target(name: "Numerics", dependencies: ["Kernels", "Integration", "CIntegration", "COpenBLAS"], swiftSettings: strict),
        // The systems compiled for the lanes, three times from one folder (two are links to the first): in the program for every
        // x86-64, and as two libraries.
        .target(name: "Kernels", dependencies: ["Systems", "Integration", "CIntegration"], swiftSettings: strict),
        kernels("KernelsAVX2", ["-mavx2", "-mfma"]),
        kernels("KernelsAVX512", ["-mavx2", "-mfma", "-mavx512f", "-mavx512dq", "-mavx512vl", "-mavx512bw"], "WIDE"),
        // Right-hand sides, generic over the lane.
        .target(name: "Systems", dependencies: ["Integration"], swiftSettings: strict),
        // Lanes and integrators: what a kernel is made of, and nothing else.
        .target(name: "Integration", dependencies: ["CIntegration"], swiftSettings: strict),
        // A right-hand side run on symbols: its exact Jacobian, and the stiff method's step as a straight-line program.
        .target(name: "Tracing", dependencies: ["Integration"], swiftSettings: strict),
        // Writes those programs as Swift into Sources/Kernels/Generated: make kernels.
        .executableTarget(name: "KernelWriter", dependencies: ["Tracing", "Systems"], swiftSettings: strict),
        // The door of the kernel libraries, and what the processor can do.
        .target(name: "CIntegration"),
        // Scales, bands, legends, drawn into cells.
        .target(name: "Plotting", dependencies: ["Surface"], swiftSettings: strict),
        // Cells, styles, themes, text width, SafeText; pure.
        .target(name: "Surface", swiftSettings: strict),
        // ncurses on its own thread; nothing else may import CNcursesw.
        .target(name: "Terminal", dependencies: ["Surface", "CNcursesw", "CTerminalSignals"], swiftSettings: strict),
        // Plain C targets rather than system libraries: a change of a system library's header triggers no rebuild.
        .target(name: "CNcursesw", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .target(name: "CTerminalSignals"),
        .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("openblas")]),
        // sqlite3_db_config is variadic and unseen by Swift; GRDB links the library.
        .target(name: "CSQLiteShim", linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(name: "CZlibShim", linkerSettings: [.linkedLibrary("z")]),
        // A terminal emulator for tests only.
        .target(name: "CVTerm", path: "Tests/CVTerm", linkerSettings: [.linkedLibrary("vterm"), .linkedLibrary("util")]),
        // A program that only draws and obeys, to look at Terminal from outside.
        .executableTarget(
            name: "TerminalProbe", dependencies: ["Terminal", "Surface"], path: "Tests/TerminalProbe", swiftSettings: strict),
        // A seat of a meeting as a process that works by a script and can be killed.
        .executableTarget(
            name: "SeatProbe", dependencies: ["Meetings", "Records", "Twins"], path: "Tests/SeatProbe", swiftSettings: strict),
        // What is promised of speed, memory and traffic, measured: make bench.
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Workstation", "Meetings", "Records", "TwinLibrary", "Twins", "Systems", "Tracing", "Numerics", "Surface", "StoreSupport",
                "TestSupport", "CPeak",
            ],
            path: "Tests/Benchmarks", exclude: ["peers"], swiftSettings: strict),
        // What a core's multipliers can do at most.
        .target(name: "CPeak", path: "Tests/CPeak"),
        // A file layer for SQLite that counts syncs.
        .target(name: "CCountingVFS", path: "Tests/CCountingVFS", linkerSettings: [.linkedLibrary("sqlite3")]),
        // Large stores and bundles, and SQL past the store's manners: for tests and benchmarks.
        .target(
            name: "StoreSupport", dependencies: ["Meetings", "Records", "CSQLiteShim"], path: "Tests/StoreSupport", swiftSettings: strict),
        .target(name: "TestSupport", dependencies: ["Surface", "CVTerm"], path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "NumericsTests", dependencies: ["Numerics", "Systems", "Tracing", "KernelWriter", "TestSupport"], exclude: ["Figures"],
            swiftSettings: strict),
        .testTarget(name: "TwinsTests", dependencies: ["Twins", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TwinLibraryTests", dependencies: ["TwinLibrary", "Twins", "Systems", "Numerics", "TestSupport"],
            resources: [.copy("Figures")], swiftSettings: strict),
        .testTarget(
            name: "RecordsTests",
            dependencies: [
                "Records", "CSQLiteShim", "CCountingVFS", "StoreSupport", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
            ], swiftSettings: strict),
        .testTarget(
            name: "MeetingsTests", dependencies: ["Meetings", "Records", "StoreSupport", "SeatProbe", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ExchangeTests",
            dependencies: ["Exchange", "CZlibShim", "Records", "TwinLibrary", "Twins", "Surface", "StoreSupport", "TestSupport"],
            swiftSettings: strict),
        .testTarget(name: "SurfaceTests", dependencies: ["Surface", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "PlottingTests", dependencies: ["Plotting", "Surface", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TerminalTests", dependencies: ["Terminal", "TerminalProbe", "Surface", "CVTerm", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "WorkstationTests",
            dependencies: [
                "Workstation", "Meetings", "Records", "TwinLibrary", "Twins", "Surface", "StoreSupport", "TestSupport",
            ], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "twinboard", "Workstation", "TwinLibrary", "Twins", "Meetings", "Records", "Surface", "StoreSupport", "TestSupport",
            ], swiftSettings: strict),
    ]
)
