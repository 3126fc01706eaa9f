// A session from the first byte to the last: open, hand events to the application, give the terminal back.
import CTerminalSignals
import Glibc
import Surface

/// Runs an application on the terminal.
public enum TerminalSession {
    /// Takes the terminal, runs the application until it leaves, the line drops or a signal ends it, and gives the terminal back.
    ///
    /// Blocks the calling thread, which must be the one that made `application.thread`: call it from a synchronous
    /// command on the main thread. Afterwards nothing runs on that thread's executor any more: await nothing on it.
    /// Throws, with the terminal untouched, when there is none that can be drawn on.
    public static func run<A: TerminalApplication>(
        _ application: A, options: TerminalOptions = TerminalOptions()
    ) throws(TerminalError) -> TerminalEnding {
        let outcome: Result<TerminalEnding, TerminalError> = application.assumeIsolated { application in
            let signals = tb_signals_open()
            guard signals >= 0 else { return .failure(.system("a pipe for signals", errno)) }
            defer { tb_signals_close() }
            do throws(TerminalError) {
                let screen = try TerminalScreen.open(options)
                defer { screen.close() }
                return .success(loop(application, screen, signals))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private static func loop<A: TerminalApplication>(
        _ application: isolated A, _ screen: TerminalScreen, _ signals: Int32
    ) -> TerminalEnding {
        // Writing to a line that dropped must be an error to see, not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        application.opened(screen)
        var reader = KeyReader()
        var ending: TerminalEnding?
        application.thread.run(tty: 0, signals: signals, deadline: { screen.nextTick }) { wake in
            ending = answer(wake, application, screen, &reader)
            if ending == nil { application.present() }
            if ending == nil, screen.leaveWanted { ending = .left }
            if ending == nil, screen.stopWanted { ending = stop(application, screen) }
            return ending == nil
        }
        return ending ?? .hungUp
    }

    /// What happens on a wake-up; how the session ends, if it does.
    private static func answer<A: TerminalApplication>(
        _ wake: TerminalThread.Wake, _ application: isolated A, _ screen: TerminalScreen, _ reader: inout KeyReader
    ) -> TerminalEnding? {
        switch wake {
        case .input:
            for event in reader.read() where application.step(event) == .leave { return .left }
        case .deadline:
            screen.nextTick = nil
            if application.step(.tick) == .leave { return .left }
        case .hangUp, .signal(SIGHUP):
            _ = application.step(.hangUp)
            return .hungUp
        case .signal(SIGTERM):
            _ = application.step(.terminate(SIGTERM))
            return .signal(SIGTERM)
        case .signal(SIGINT): if application.step(.interrupt) == .leave { return .left }
        case .signal(SIGTSTP): return stop(application, screen)
        case .signal(SIGWINCH):
            _ = screen.fit()
            if application.step(.resize(screen.size)) == .leave { return .left }
        case .signal(SIGCONT):  // after a stop that nobody could catch
            screen.takeBack()
            return resumed(application, screen)
        case .jobsDone, .signal: break
        }
        return nil
    }

    private static func stop<A: TerminalApplication>(_ application: isolated A, _ screen: TerminalScreen) -> TerminalEnding? {
        if application.step(.suspended) == .leave { return .left }
        screen.stop()
        return resumed(application, screen)
    }

    private static func resumed<A: TerminalApplication>(_ application: isolated A, _ screen: TerminalScreen) -> TerminalEnding? {
        if screen.fit(), application.step(.resize(screen.size)) == .leave { return .left }
        return application.step(.resumed) == .leave ? .left : nil
    }
}
