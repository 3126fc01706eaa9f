// Which store a command works on, and who is asking.
import ArgumentParser
import Glibc
import Records
import Surface

struct StoreOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The store to use; default: $TWINBOARD_STORE, else $XDG_DATA_HOME/twinboard/board.sqlite.", valueName: "file"))
    var store: String?

    /// The store's path by option, environment, or the user's data folder.
    var path: String { store ?? Environment.value("TWINBOARD_STORE") ?? Environment.dataFolder + "/board.sqlite" }

    /// Opens the store; creates it only where a command brings data.
    func open(creating: Bool = false) throws -> Store {
        if !creating, access(path, F_OK) != 0 {
            throw CommandFailure.noSuch(
                "there is no store at \(SafeText(path).string): «twinboard import FILE» makes one, «twinboard demo» shows one")
        }
        return try reporting { try Store.open(path: path) }
    }
}

/// What the environment says.
enum Environment {
    static func value(_ name: String) -> String? {
        guard let raw = getenv(name), raw.pointee != 0 else { return nil }
        return String(cString: raw)
    }

    /// `$XDG_DATA_HOME/twinboard`, else `~/.local/share/twinboard`.
    static var dataFolder: String {
        let base = value("XDG_DATA_HOME") ?? (value("HOME") ?? ".") + "/.local/share"
        return base + "/twinboard"
    }

    /// Who is at this terminal, for the access log: the login name.
    static var person: String { value("USER") ?? value("LOGNAME") ?? "uid \(getuid())" }
}

/// The files that ship beside the program: themes and demo data.
enum ShareFolder {
    /// `$TWINBOARD_SHARE`, else the nearest folder above the program that holds what is wanted.
    static func path(_ name: String) -> String? {
        if let share = Environment.value("TWINBOARD_SHARE"), access(share + "/" + name, R_OK) == 0 { return share + "/" + name }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBufferPointer { bytes in
            bytes.baseAddress.map { base in
                base.withMemoryRebound(to: CChar.self, capacity: bytes.count) { readlink("/proc/self/exe", $0, bytes.count) }
            } ?? 0
        }
        guard count > 0 else { return nil }
        var parts = String(decoding: buffer[0..<count], as: UTF8.self).split(separator: "/").map(String.init)
        while !parts.isEmpty {
            parts.removeLast()
            for middle in ["/", "/share/twinboard/"] {
                let candidate = "/" + parts.joined(separator: "/") + middle + name
                if access(candidate, R_OK) == 0 { return candidate }
            }
        }
        return nil
    }

    /// The files of a folder with an ending, in order of name.
    static func files(_ folder: String, ending: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(ending) { names.append(name) }
        }
        return names.sorted().map { folder + "/" + $0 }
    }

    /// The whole text of a file; nil if it cannot be read or is larger than a megabyte.
    static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return count < bytes.count ? String(decoding: bytes[0..<count], as: UTF8.self) : nil
    }
}

/// What the locale says of the terminal's letters.
enum Locale {
    static var isUTF8: Bool {
        setlocale(LC_ALL, "")
        return nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } == "UTF-8"
    }
}
