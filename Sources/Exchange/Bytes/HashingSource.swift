// Takes the SHA-256 of a file while it is read, so that the store can say which file a record came from.

import Crypto

/// Hands bytes on and hashes them on the way.
final class HashingSource: ByteSource {
    private let inner: any ByteSource
    private var hash = SHA256()

    init(_ inner: any ByteSource) { self.inner = inner }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        let count = try inner.next(into: &buffer)
        buffer.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[0..<count])) }
        return count
    }

    /// Of everything that was handed on so far, in hexadecimal.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
