// Where a command gets a passphrase from: a file of its owner's alone, or the terminal without echo. Never an argument, never the environment.
import Foundation
import Glibc
import Records
import Surface

enum PassphrasePrompt {
    /// Names a file (0600) whose first line is the passphrase, for scripts.
    static let variable = "TWINBOARD_PASSPHRASE_FILE"
    /// The same for the new passphrase of `key change-passphrase`.
    static let newVariable = "TWINBOARD_NEW_PASSPHRASE_FILE"

    /// The passphrase of a key that exists.
    static func existing(_ name: String) throws -> Passphrase {
        if let file = Environment.value(variable) { return try Passphrase(firstLine(of: file)) }
        return try Passphrase(typed("Passphrase of \(name): "))
    }

    /// A passphrase that is being chosen: typed twice at a terminal.
    static func chosen(_ name: String, variable: String = variable) throws -> Passphrase {
        if let file = Environment.value(variable) { return try Passphrase(new: firstLine(of: file)) }
        let first = try typed("New passphrase of \(name) (at least \(Passphrase.minimumLength) characters): ")
        let passphrase = try Passphrase(new: first)
        guard try typed("The same once more: ") == first else {
            throw CommandFailure.data("the two passphrases are not the same; nothing was done")
        }
        return passphrase
    }

    /// The unlocked key of a person, made where there is none yet.
    static func signer(_ name: String, in store: Store, actor: String = Environment.person) throws -> Signer {
        if try store.signer(named: name) != nil { return try store.unlock(name, passphrase: existing(name)) }
        Output.note("\(SafeText(name).string) has no key yet: a passphrase makes one")
        return try store.makeSigner(name, passphrase: chosen(name), actor: actor)
    }

    private static func firstLine(of path: String) throws -> String {
        let shown = SafeText(path).string
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else {
            throw CommandFailure(message: "cannot read the passphrase from \(shown): \(String(cString: strerror(errno)))", status: 74)
        }
        defer { close(file) }
        var found = stat()
        guard fstat(file, &found) == 0, found.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure.data("\(shown) is not a file: the passphrase is its first line")
        }
        guard found.st_mode & 0o077 == 0, found.st_uid == getuid() else {
            throw CommandFailure.data("others can read the passphrase in \(shown); «chmod 600 \(shown)» puts that right")
        }
        var bytes = [UInt8](repeating: 0, count: Passphrase.maximumLength + 2)
        let count = max(0, read(file, &bytes, bytes.count))
        defer { for index in bytes.indices { bytes[index] = 0 } }
        return String(decoding: bytes[0..<count].prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    /// A line typed at the terminal, whatever standard input is.
    private static func typed(_ prompt: String) throws -> String {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else {
            throw CommandFailure(
                message: "no terminal to type a passphrase at: put it on the first line of a file (chmod 600) and name that in \(variable)",
                status: 69)
        }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else {
            throw CommandFailure(message: "this terminal cannot hide what is typed", status: 69)
        }
        var silent = before
        // Keys one by one, none of them a signal: no way out leaves the echo off.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            write("\n", to: terminal)
        }
        write(SafeText(prompt).string, to: terminal)
        var line: [UInt8] = []
        defer { for index in line.indices { line[index] = 0 } }
        while true {
            var byte: UInt8 = 0
            let count = read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            switch byte {
            case _ where count <= 0, 3, 4: throw CommandFailure(message: "no passphrase was typed; nothing was done", status: 1)
            case 10, 13: return String(decoding: line, as: UTF8.self)
            case 8, 127:
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            case 21: line = []
            default: if line.count < Passphrase.maximumLength { line.append(byte) }
            }
        }
    }

    private static func write(_ text: String, to file: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(file, bytes, bytes.count)
    }
}
