// twinboard: parses the command line and runs the command.
import ArgumentParser
import Glibc

@main
enum Main {
    static func main() {
        umask(0o077)
        // No file with a patient's record in it is left behind by a crash.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        do {
            var command = try Twinboard.parseAsRoot()
            if !(command is any WorksWithoutRules) { try reporting { try Rules.install() } }
            try command.run()
        } catch let failure as CommandFailure {
            Output.complain(failure.message)
            exit(failure.status)
        } catch {
            // The parser quotes what was typed; a file's name that a shell completed may hold anything.
            let code = Twinboard.exitCode(for: error)
            let words = Twinboard.fullMessage(for: error)
            if code.isSuccess {
                Output.text(words)
            } else {
                for line in words.split(separator: "\n", omittingEmptySubsequences: false) { Output.note(String(line)) }
            }
            exit(code.rawValue)
        }
    }
}

struct Twinboard: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twinboard",
        abstract: "A terminal workstation for multidisciplinary medical boards: virtual twins, scenarios side by side, decisions.",
        discussion: """
            Without a command it opens the workstation. Decision support for research, teaching and preparation:
            not a medical device; the board decides.

            Exit status: 0 done, 1 a check failed, 64 wrong usage, 65 bad data, 66 no such thing, 69 no usable terminal,
            73 cannot write, 74 cannot read.
            """,
        version: "twinboard \(Version.current)",
        subcommands: [
            Open.self, Demo.self, Import.self, Patients.self, Show.self, IdentityCommand.self, Search.self, Models.self, Simulate.self,
            Calibrate.self,
            Compare.self, Validate.self, Survival.self, Growth.self, OpinionCommand.self, VoteCommand.self, Decide.self,
            Sheet.self, Log.self, Backup.self, KeyCommand.self, Signature.self,
            MeetingCommand.self, FollowUpCommand.self, TrainingCommand.self,
        ],
        defaultSubcommand: Open.self)
}

enum Version {
    static let current = "0.1.0"
}
