// Where bytes come from, a chunk at a time: a plain file, a gzipped one, or memory.

import Glibc

/// Gives bytes in order until it gives none.
protocol ByteSource: AnyObject {
    /// Fills the start of `buffer` and says how many bytes; 0 at the end.
    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int
}

/// Bytes that are in memory already.
final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0
    private let chunk: Int

    /// - Parameter chunk: at most so many at a time, so that a test can cut a file anywhere.
    init(_ bytes: [UInt8], chunk: Int = .max) {
        self.bytes = bytes
        self.chunk = max(1, chunk)
    }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        let count = min(buffer.count, bytes.count - position, chunk)
        for offset in 0..<count { buffer[offset] = bytes[position + offset] }
        position += count
        return count
    }
}

/// A regular file, opened without following a symbolic link.
final class FileSource: ByteSource {
    private let descriptor: Int32
    private let place: Place
    /// The file's size when it was opened, bytes.
    let size: Int

    /// Invariant 1: only a regular file is ever read, and never through a symbolic link in the last step of its path.
    init(path: String, limit: Int) throws(ImportError) {
        place = Place(file: Self.name(of: path))
        // O_NONBLOCK: opening a named pipe must not wait for a writer.
        descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            size = 0
            switch errno {
            case ENOENT, ENOTDIR: throw ImportError(.missing, place, "there is no such file")
            case ELOOP: throw ImportError(.unreadable, place, "is a symbolic link; name the file that it points to")
            default: throw ImportError(.unreadable, place, "cannot be opened: \(String(cString: strerror(errno)))")
            }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            size = 0
            throw ImportError(.unreadable, place, "is not a regular file (a folder, a pipe or a device cannot be imported)")
        }
        size = Int(status.st_size)
        guard size <= limit else {
            throw ImportError(.limit, place, "has \(size) bytes; at most \(limit) can be imported at once: split it")
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        while true {
            let room = buffer.count
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, room) }
            if count >= 0 { return count }
            if errno == EINTR { continue }
            throw ImportError(.unreadable, place, "reading failed: \(String(cString: strerror(errno)))")
        }
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}

/// How the bytes of any source are counted against the limit.
final class LimitedSource: ByteSource {
    private let inner: any ByteSource
    private let limit: Int
    private let file: String
    private var total = 0

    init(_ inner: any ByteSource, limit: Int, file: String) {
        self.inner = inner
        self.limit = limit
        self.file = file
    }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        let count = try inner.next(into: &buffer)
        total += count
        guard total <= limit else {
            throw ImportError(.limit, Place(file: file, byte: limit), "holds more than \(limit) bytes (uncompressed): split it")
        }
        return count
    }
}

/// Any source for import: plain or gzip by its first bytes, and limited.
func decoded(_ source: any ByteSource, file: String, limits: ImportLimits) throws(ImportError) -> any ByteSource {
    let peeked = try PeekedSource(source)
    let plain: any ByteSource = peeked.startsLikeGzip ? try GzipSource(peeked, file: file) : peeked
    return LimitedSource(plain, limit: limits.bytes, file: file)
}

/// Shows the first bytes before handing them on.
private final class PeekedSource: ByteSource {
    private let inner: any ByteSource
    private var head: [UInt8] = []

    init(_ inner: any ByteSource) throws(ImportError) {
        self.inner = inner
        var buffer = [UInt8](repeating: 0, count: 2)
        while head.count < 2 {
            let count = try inner.next(into: &buffer)
            if count == 0 { break }
            head += buffer[0..<count]
        }
    }

    var startsLikeGzip: Bool { head.count >= 2 && head[0] == 0x1F && head[1] == 0x8B }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        guard !head.isEmpty else { return try inner.next(into: &buffer) }
        let count = min(head.count, buffer.count)
        for offset in 0..<count { buffer[offset] = head[offset] }
        head.removeFirst(count)
        return count
    }
}
