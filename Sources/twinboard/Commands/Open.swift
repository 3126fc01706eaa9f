// `open`: the workstation itself; without a terminal it says so and names `compare`.
import ArgumentParser
import Glibc
import Logging
import Meetings
import Records
import Surface
import Terminal
import TwinLibrary
import Twins
import Workstation

struct Open: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Open the workstation (the default command).",
        discussion: "Keys: ? shows those that work on a screen, : the command palette, q leaves.")
    @OptionGroup var source: StoreOption
    @OptionGroup var display: DisplayOptions
    @Option(help: "The meeting to open; default: the first with an undecided case.") var meeting: String?

    func run() throws {
        try reporting {
            _ = try display.chosenTheme()
            try Session.requireTerminal(instead: "«twinboard compare PATIENT» prints a comparison as text")
            try Session.run(store: try source.open(), meeting: meeting, display: display)
        }
    }
}

struct DisplayOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Take a seat in the meeting under this name, as its roster has it; without: look on under the login name.", valueName: "name"))
    var seat: String?
    @Option(help: "With --seat: the specialty, for a name that is not on the roster.") var specialty: String?
    @Option(help: "With --seat: chair, member, presenter, expert, allied, coordinator or observer; default: as the roster has it.")
    var role: String?
    @Option(help: "A theme: dark, light, projector, or a TOML file. Default: the one last chosen.") var theme: String?
    @Flag(help: "Draw with ASCII only.") var ascii = false
    @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal's own selection.") var noMouse = false

    /// The theme that was asked for; nil: none was. A name that does not exist is an error that says which do.
    func chosenTheme() throws -> Theme? {
        guard let theme else { return nil }
        let themes = Session.themes()
        if let known = themes.first(where: { $0.name == theme }) { return known }
        if theme.hasSuffix(".toml") { return try Session.themeFile(theme) }
        throw CommandFailure.noSuch("no theme «\(theme)»; there are \(themes.map(\.name).joined(separator: ", "))")
    }
}

/// One sitting at a terminal.
enum Session {
    /// Errors: status 69 without a terminal, with what does the same in a pipe.
    static func requireTerminal(instead: String) throws(CommandFailure) {
        guard isatty(0) == 1, isatty(1) == 1 else {
            throw CommandFailure(message: "the workstation needs a terminal on standard input and output; \(instead)", status: 69)
        }
    }

    /// `training`: opens on it alone. No meeting is read then, no seat taken in one, and no record but the cut one looked at.
    static func run(store: Store, meeting: String?, display: DisplayOptions, training: String? = nil) throws {
        let (events, deliver) = AsyncStream.makeStream(of: Workstation.Event.self)
        let worker = Worker(store: store, models: TwinLibrary.models, seat: display.seat ?? Environment.person, meeting: meeting) { event in
            deliver.yield(event)
        }
        let themes = themes()
        let theme = try display.chosenTheme() ?? remembered(try store.setting("theme") ?? "dark", among: themes)
        var state = State(
            size: Size(columns: 80, rows: 24), look: Look(theme: theme, capability: .full), themes: themes,
            now: Clock.now())
        if let training {
            state.trainingView.isLocked = true
            _ = Update.apply(.trainingLoaded(try worker.training(training)), to: &state)
        } else {
            _ = Update.apply(.agendaLoaded(try worker.agenda(), focus: nil), to: &state)
            state.sitting = try display.sit(at: worker, state.meeting)
        }
        defer { worker.stand() }
        state.mouseIsOn = !display.noMouse
        LoggingSystem.bootstrap { _ in FileLog(store: store.path) }
        let logger = Logger(label: "twinboard")
        logger.info("opened", metadata: ["version": "\(Version.current)", "kernels": "\(KernelsInUse.name)"])
        for warning in KernelsInUse.warnings { logger.warning("\(warning)") }
        let thread = try TerminalThread()
        let app = App(
            thread: thread, state: state, worker: worker, events: events, store: StoreWatch { try? store.dataVersion() }, logger: logger)
        let ending = try TerminalSession.run(
            app, options: TerminalOptions(mouse: !display.noMouse, unicode: display.ascii ? false : nil, colour: nil))
        _ = worker.finish([])
        logger.info("closed", metadata: ["ending": "\(ending)"])
        switch ending {
        case .left: break
        // As a shell reports a program that a signal ended.
        case .signal(let number):
            throw CommandFailure(message: "ended by signal \(number); everything shown as done is saved", status: 128 + number)
        case .hungUp: throw CommandFailure(message: "the line dropped; everything shown as done is saved", status: 128 + SIGHUP)
        }
    }

    /// The built-in themes and those in the folder `themes` beside the program; a file of the same name wins.
    static func themes() -> [Theme] {
        var themes = Theme.builtIn
        guard let folder = ShareFolder.path("themes") else { return themes }
        for file in ShareFolder.files(folder, ending: ".toml") {
            guard let theme = try? themeFile(file) else { continue }
            if let place = themes.firstIndex(where: { $0.name == theme.name }) { themes[place] = theme } else { themes.append(theme) }
        }
        return themes
    }

    /// The theme last chosen at this store, else the first: a theme that is gone must not keep a board from its cases.
    private static func remembered(_ name: String, among themes: [Theme]) throws -> Theme {
        guard let theme = themes.first(where: { $0.name == name }) ?? themes.first else {
            throw CommandFailure.noSuch("there is no theme at all: set TWINBOARD_SHARE to the folder that holds themes")
        }
        return theme
    }

    static func themeFile(_ path: String) throws -> Theme {
        guard let text = ShareFolder.text(path) else { throw CommandFailure(message: "cannot read the theme \(path)", status: 74) }
        let name = (path.split(separator: "/").last.map(String.init) ?? path).replacingSuffix(".toml")
        do { return try ThemeFile.theme(name: name, text: text) } catch { throw CommandFailure.data(error.description) }
    }
}

extension String {
    fileprivate func replacingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
