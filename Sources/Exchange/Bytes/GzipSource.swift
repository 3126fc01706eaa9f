// Reads a gzipped file a chunk at a time; the only place that speaks zlib.

import CZlibShim

/// The uncompressed bytes of a gzip source; several members one after the other are one file, as RFC 1952 §2.2 has it.
final class GzipSource: ByteSource {
    private let inner: any ByteSource
    private let place: Place
    private let stream: UnsafeMutablePointer<z_stream>
    private var input = [UInt8](repeating: 0, count: 65_536)
    private var available = 0
    private var offset = 0
    private var insideMember = true
    private var finished = false

    init(_ inner: any ByteSource, file: String) throws(ImportError) {
        self.inner = inner
        place = Place(file: file)
        guard let fresh = tb_inflate_begin() else { throw ImportError(.unreadable, place, "no memory to decompress it") }
        stream = fresh
    }

    deinit { tb_inflate_end(stream) }

    func next(into buffer: inout [UInt8]) throws(ImportError) -> Int {
        while !finished {
            if available == 0 {
                available = try inner.next(into: &input)
                offset = 0
                if available == 0 {
                    guard !insideMember else {
                        throw ImportError(.malformed, place, "ends in the middle of its gzip data: it was cut short")
                    }
                    finished = true
                    break
                }
            }
            if !insideMember {
                // RFC 1952 allows zero padding after the last member, and `tape` users rely on it.
                guard input[offset] != 0 else {
                    finished = true
                    break
                }
                guard tb_inflate_next_member(stream) == Z_OK else { throw ImportError(.malformed, place, "its gzip data cannot be read") }
                insideMember = true
            }
            let (code, produced) = inflateStep(into: &buffer)
            switch code {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: insideMember = false
            default:
                let detail = stream.pointee.msg.map { String(cString: $0) } ?? "code \(code)"
                throw ImportError(.malformed, place, "its gzip data are damaged (\(detail))")
            }
            if produced > 0 { return produced }
        }
        return 0
    }

    private func inflateStep(into buffer: inout [UInt8]) -> (code: Int32, produced: Int) {
        let before = available
        let room = buffer.count
        let start = offset
        let stream = self.stream
        let result = input.withUnsafeMutableBufferPointer { source in
            buffer.withUnsafeMutableBufferPointer { target -> (Int32, Int, Int) in
                stream.pointee.next_in = source.baseAddress.map { $0 + start }
                stream.pointee.avail_in = UInt32(before)
                stream.pointee.next_out = target.baseAddress
                stream.pointee.avail_out = UInt32(room)
                let code = tb_inflate(stream)
                return (code, Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out))
            }
        }
        offset += before - result.1
        available = result.1
        return (result.0, result.2)
    }
}
