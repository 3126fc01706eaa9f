// The file beside the store to which every signed checkpoint is added: what a rolled-back store is held against.
import Foundation
import Glibc

/// `STORE.checkpoints`: a line for each checkpoint, `SEQUENCE-HASH`, the message and the signature's file in base64, separated by blanks.
///
/// Invariant S6: opened for appending only (0600, `O_APPEND`), one write a line, synced. It protects against who changes the store's file
/// and not this one; make it append-only for everybody (`chattr +a`) or copy it to another machine for more.
struct CheckpointFile {
    struct Line: Hashable {
        var head: LedgerHead
        var message: String
        var signature: String

        init(head: LedgerHead, message: String, signature: String) {
            self.head = head
            self.message = message
            self.signature = signature
        }

        init?(_ text: some StringProtocol) {
            let parts = text.split(separator: " ", omittingEmptySubsequences: false)
            guard parts.count == 3, let head = LedgerHead(String(parts[0])), head.hash.utf8.count == 64,
                let message = Data(base64Encoded: String(parts[1])), let signature = Data(base64Encoded: String(parts[2]))
            else { return nil }
            self.init(
                head: head, message: String(decoding: message, as: UTF8.self), signature: String(decoding: signature, as: UTF8.self))
        }

        /// Nil for the signature of a decision.
        init?(_ stored: StoredSignature) {
            guard case .checkpoint(let head) = stored.subject else { return nil }
            self.init(head: head, message: stored.message, signature: stored.text)
        }

        var text: String {
            "\(head) \(Data(message.utf8).base64EncodedString()) \(Data(signature.utf8).base64EncodedString())\n"
        }
    }

    /// Lines that read, and how many do not: a line that was cut off by a full disk is one.
    struct Content {
        var lines: [Line] = []
        var unreadable = 0
    }

    let path: String
    /// More is not read: a hundred thousand checkpoints are half of it.
    private static let limit = 256 << 20

    init(store: String) { path = store + ".checkpoints" }

    /// Nil: there is no such file.
    func content() throws(StoreError) -> Content? {
        let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw errno == ELOOP ? .unsafePath(path, reason: "it is a symbolic link") : .inputOutput(path, detail: StorePath.reason())
        }
        defer { close(file) }
        var found = stat()
        guard fstat(file, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_size <= Self.limit else {
            throw .unsafePath(path, reason: "it is not a file of checkpoints")
        }
        guard let data = try? FileHandle(fileDescriptor: file, closeOnDealloc: false).readToEnd() ?? Data() else {
            throw .inputOutput(path, detail: StorePath.reason())
        }
        var content = Content()
        for text in String(decoding: data, as: UTF8.self).split(separator: "\n") {
            if let line = Line(text) { content.lines.append(line) } else { content.unreadable += 1 }
        }
        return content
    }

    /// Whether a line is the last one: then all before it are there too, and nothing more need be read.
    func ends(with line: Line) -> Bool {
        let wanted = Array(line.text.utf8)
        let file = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var found = stat()
        var last = [UInt8](repeating: 0, count: wanted.count)
        guard fstat(file, &found) == 0, found.st_size >= wanted.count,
            pread(file, &last, last.count, found.st_size - wanted.count) == wanted.count
        else { return false }
        return last == wanted
    }

    func append(_ lines: [Line]) throws(StoreError) {
        let file = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            switch errno {
            case ELOOP: throw .unsafePath(path, reason: "it is a symbolic link")
            case ENOSPC: throw .diskFull(path)
            default: throw .inputOutput(path, detail: StorePath.reason())
            }
        }
        defer { close(file) }
        for line in lines {
            let bytes = Array(line.text.utf8)
            guard write(file, bytes, bytes.count) == bytes.count else {
                throw errno == ENOSPC ? .diskFull(path) : .inputOutput(path, detail: StorePath.reason())
            }
        }
        guard fsync(file) == 0 else { throw .inputOutput(path, detail: StorePath.reason()) }
    }
}

extension Store {
    /// Adds to the file what it does not have yet; also what an earlier signature could not add because the disk was full.
    ///
    /// What the checkpoint says is in the store already; a file that cannot be written loses nothing but the second copy.
    func copyCheckpoints() throws(StoreError) {
        let file = CheckpointFile(store: path)
        let newest = try checkpoints(limit: 2).compactMap(CheckpointFile.Line.init)
        if newest.count == 2, file.ends(with: newest[1]) { return try file.append([newest[0]]) }
        let known = Set((try file.content() ?? .init()).lines)
        let missing = try checkpoints().reversed().compactMap(CheckpointFile.Line.init).filter { !known.contains($0) }
        if !missing.isEmpty { try file.append(missing) }
    }
}
