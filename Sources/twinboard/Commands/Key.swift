// `key`: the signers' keys, made, listed, exported, their passphrase changed, retired.
import ArgumentParser
import Records
import Surface
import Twins

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "The keys that sign decisions: list, make, change the passphrase, export the public half, retire.",
        discussion: """
            A person's key is made at the first signature, or by «key new». The passphrase is typed at the terminal, or is the first line
            of the file (chmod 600) that TWINBOARD_PASSPHRASE_FILE names. A lost passphrase cannot be found again: retire the key and
            make a new one; what the old one signed can still be checked.
            """,
        subcommands: [KeyList.self, KeyNew.self, KeyChange.self, KeyExport.self, KeyRetire.self], defaultSubcommand: KeyList.self)
}

struct KeyList: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List every key that was ever made.")
    @OptionGroup var source: StoreOption
    @OptionGroup var output: FormatOption

    func run() throws {
        try reporting {
            let rows = try source.open().signers().map { signer in
                [
                    signer.key.name, signer.name, Log.moment(signer.created), signer.retired.map(Log.moment) ?? "", signer.key.line,
                ]
            }
            let header = ["key", "name", "made_utc", "retired_utc", "public"]
            switch output.format {
            case .text: Output.table(header, rows)
            case .csv: Output.csv(header, rows)
            case .json:
                Output.json(
                    .array(rows.map { row in .object(zip(header, row).map { ($0, $1.isEmpty ? JSONText.null : .string($1)) }) }))
            }
        }
    }
}

struct KeyNew: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "new", abstract: "Make a person's key, wrapped by a passphrase.")
    @OptionGroup var source: StoreOption
    @Argument(help: "The person's name, as it stands as chair of the meeting.") var name: String

    func run() throws {
        try reporting {
            let store = try source.open()
            if try store.signer(named: name) != nil { throw StoreError.exists(kind: "key of", id: name) }
            let signer = try store.makeSigner(name, passphrase: PassphrasePrompt.chosen(name), actor: Environment.person)
            Output.line("\(signer.key.name)  \(name)")
            Output.line(signer.key.line)
        }
    }
}

struct KeyChange: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "change-passphrase", abstract: "Wrap a person's key by another passphrase; the key stays the same.")
    @OptionGroup var source: StoreOption
    @Argument(help: "Whose key it is.") var name: String

    func run() throws {
        try reporting {
            let store = try source.open()
            guard try store.signer(named: name) != nil else { throw StoreError.noSuch(kind: "key of", id: name) }
            let old = try PassphrasePrompt.existing(name)
            // Tried before a new one is asked for.
            _ = try store.unlock(name, passphrase: old)
            let new = try PassphrasePrompt.chosen(name, variable: PassphrasePrompt.newVariable)
            try store.changePassphrase(name, from: old, to: new, actor: Environment.person)
            Output.note("the passphrase of \(name) is changed; a backup from before still opens with the old one")
        }
    }
}

struct KeyExport: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a public key as minisign reads it (.pub), to standard output or a new file.")
    @OptionGroup var source: StoreOption
    @Argument(help: "Whose key, or the sixteen digits that «key list» shows.") var name: String
    @Option(help: "A new file; default: standard output.") var output: String?

    func run() throws {
        try reporting {
            let signers = try source.open().signers().filter { $0.name == name || $0.key.name == name.uppercased() }
            guard let signer = signers.last else { throw StoreError.noSuch(kind: "key of", id: name) }
            guard let output else {
                Output.line("untrusted comment: minisign public key \(signer.key.name)")
                return Output.line(signer.key.line)
            }
            try NewFile.write(signer.key.text, to: output)
        }
    }
}

struct KeyRetire: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retire", abstract: "Take a key out of use, for a lost passphrase or one that others know. Nothing is deleted.")
    @OptionGroup var source: StoreOption
    @Argument(help: "Whose key it is.") var name: String
    @Option(help: "Why; the log keeps it.") var reason: String

    func run() throws {
        try reporting {
            try source.open().retireSigner(name, reason: reason, actor: Environment.person)
            Output.note("the key of \(name) signs no more; the next signature makes a new one")
        }
    }
}
