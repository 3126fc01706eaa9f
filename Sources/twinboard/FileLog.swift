// The program's own log: a file beside the store, for whoever looks after the program. Nothing of a patient is ever in it.
import Glibc
import Logging
import Synchronization

/// Writes log lines to `<store>.log`, readable by its owner alone; at one mebibyte the file becomes `.log.1` and a new one begins.
///
/// A log that cannot be written stops nobody's work.
struct FileLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private let path: String
    private static let limit = 1 << 20
    private static let writing = Mutex<Void>(())

    init(store: String) { path = store + ".log" }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let pairs = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        append("\(Self.time()) \(event.level) \(event.message)\(pairs)\n")
    }

    /// The machine's clock in UTC, to the second.
    private static func time() -> String {
        var now = time_t(Clock.now().milliseconds / 1000)
        var parts = tm()
        gmtime_r(&now, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private func append(_ line: String) {
        Self.writing.withLock { _ in
            var found = stat()
            if lstat(path, &found) == 0, found.st_size > Self.limit { rename(path, path + ".1") }
            let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard file >= 0 else { return }
            defer { close(file) }
            _ = line.withCString { write(file, $0, strlen($0)) }
        }
    }
}
