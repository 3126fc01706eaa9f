// The boards' rules from the folder `rules` beside the program, installed before a command runs.
import Exchange
import Meetings

/// Commands that need no board's rule: a mistake in a rule file must not keep anybody from the log, a backup or a record.
protocol WorksWithoutRules {}
extension Import: WorksWithoutRules {}
extension Patients: WorksWithoutRules {}
extension Show: WorksWithoutRules {}
extension Search: WorksWithoutRules {}
extension Models: WorksWithoutRules {}
extension Simulate: WorksWithoutRules {}
extension Calibrate: WorksWithoutRules {}
extension Compare: WorksWithoutRules {}
extension Validate: WorksWithoutRules {}
extension Survival: WorksWithoutRules {}
extension Growth: WorksWithoutRules {}
extension Log: WorksWithoutRules {}
extension Backup: WorksWithoutRules {}

enum Rules {
    static func install() throws {
        guard let folder = ShareFolder.path("rules") else {
            throw CommandFailure.noSuch("the folder rules is not beside the program: set TWINBOARD_SHARE to the folder that holds it")
        }
        let files = ShareFolder.files(folder, ending: ".toml")
        guard !files.isEmpty else { throw CommandFailure.noSuch("the folder \(folder) holds no rule of a board (*.toml)") }
        guard RuleBook.install(try RuleFile.book(paths: files)) else {
            throw CommandFailure(message: "the boards' rules were read twice and differ", status: 1)
        }
    }
}
