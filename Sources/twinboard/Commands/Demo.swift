// `demo`: the demo board in a store of its own; without a terminal it prints the first case's comparison.
import ArgumentParser
import Glibc
import Meetings
import Records
import Twins

struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load the demo board into a store of its own and open it. All patients are fictitious.",
        discussion: "Without a terminal (a pipe, a script) it prints the comparison of the first case as text.")
    @Option(
        help: ArgumentHelp(
            "The demo's store; default: demo.sqlite in twinboard's data folder, whatever TWINBOARD_STORE says.", valueName: "file"))
    var store: String?
    @OptionGroup var display: DisplayOptions
    @Option(
        help:
            "The meeting to open: liver-2026-11-26 (default), memory-2026-11-27 or urology-2026-12-03, as the files in demo-data name them."
    ) var meeting: String?
    @Flag(help: "Throw the demo store away and load it anew.") var reset = false

    func run() throws {
        try reporting {
            let path = store ?? Environment.dataFolder + "/demo.sqlite"
            var store = try Store.open(path: path)
            // A load that was cut short is begun again: half a board must not pass for the whole.
            if try checked(store, path) == .loading || reset {
                try refuseOthers(store, path)
                try Store.remove(path: path)
                store = try Store.open(path: path)
            }
            let desk = Desk(store)
            if try checked(store, path) == nil { try load(desk) }
            if isatty(0) == 1, isatty(1) == 1 {
                try Session.run(store: store, meeting: try meeting ?? Self.first(desk)?.id, display: display)
            } else {
                try printFirstCase(desk)
            }
        }
    }

    private enum Progress: String { case loading, loaded }
    private static let setting = "demo"

    /// How far the demo board is loaded; nil for a store that nobody has used. One that holds other records, or a log of who saw what,
    /// is neither filled nor removed.
    private func checked(_ store: Store, _ path: String) throws -> Progress? {
        if let found = try store.setting(Self.setting).flatMap(Progress.init) { return found }
        let counts = try store.counts()
        guard counts.patients == 0, counts.meetings == 0, try store.ledgerHead().sequence == 0 else {
            throw CommandFailure.data("\(path) holds records that are not the demo's: name another file with --store")
        }
        return nil
    }

    /// What a person has brought into the demo's store does not go with the demo.
    private func refuseOthers(_ store: Store, _ path: String) throws {
        // Each bundle is named after its patient. Asked for before anything is removed, for without it nothing could be loaded anew.
        let own = Set(try Self.records().compactMap { $0.split(separator: "/").last })
        let list = try store.accessList(actor: Environment.person, purpose: "demo")
        let others =
            try store.patients(list, limit: .max).map(\.id).filter { !own.contains("\($0).json") }
            + store.meetings().filter { !$0.isDemo }.map(\.id)
        guard let first = others.first else { return }
        throw CommandFailure.data(
            "\(path) holds \(others.count == 1 ? first : "\(first) and \(others.count - 1) more"), which the demo did not bring: "
                + "keep it with «twinboard backup», then remove the file yourself, or name another with --store")
    }

    /// The bundles of those on the agenda and of those whose decision is past.
    private static func records() throws -> [String] {
        let folder = try folder()
        return ShareFolder.files(folder, ending: ".json") + ShareFolder.files(folder + "/past", ending: ".json")
    }

    private static func folder() throws -> String {
        guard let folder = ShareFolder.path("demo-data") else {
            throw CommandFailure.noSuch("the folder demo-data is not beside the program: set TWINBOARD_SHARE to the folder that holds it")
        }
        return folder
    }

    private func load(_ desk: Desk) throws {
        let folder = try Self.folder()
        Output.note("Loading the demo board (fictitious patients)")
        try desk.store.setSetting(Self.setting, Progress.loading.rawValue)
        for file in try Self.records() { _ = try Loading.records(file, map: nil, into: desk.store) }
        // The past first: the twin of a patient is the one that was fitted last.
        for file in ShareFolder.files(folder + "/past", ending: ".toml") { _ = try Loading.meeting(file, into: desk.store, isDemo: true) }
        for file in ShareFolder.files(folder, ending: ".toml") { _ = try Loading.meeting(file, into: desk.store, isDemo: true) }
        for meeting in try desk.board.meetings() {
            for item in try desk.board.agenda(meeting.id) where item.state != .decided {
                _ = try desk.twin(try desk.openCase(item.patient, model: item.model, purpose: "demo"))
            }
        }
        try desk.store.setSetting(Self.setting, Progress.loaded.rawValue)
    }

    /// The first meeting that has something to decide; the demo's past is decided.
    private static func first(_ desk: Desk) throws -> Meeting? {
        let meetings = try desk.board.meetings()
        return try meetings.first { try desk.board.agenda($0.id).contains { $0.state != .decided } } ?? meetings.first
    }

    private func printFirstCase(_ desk: Desk) throws {
        guard let first = try meeting.map({ try desk.board.meeting($0) }) ?? Self.first(desk),
            let item = try desk.board.agenda(first.id).first
        else {
            throw CommandFailure.noSuch("the demo store has no case: «twinboard demo --reset» loads it anew")
        }
        Output.line("\(first.title) · \(first.day) \(first.time) · case \(item.position): \(item.patient) · DEMO")
        Output.line(item.question)
        Output.line()
        try ComparisonText.write(desk, desk.openCase(item.patient, model: item.model, purpose: "compare"), named: [], format: .text)
    }
}
