// Where ncurses writes: a descriptor of its own, led past the filter while an update is made.
import CTerminalSignals
import Glibc

/// The way of ncurses' bytes to the terminal.
///
/// ncurses gets a duplicate of standard output. While it makes an update, that descriptor leads into memory; what has come
/// together there goes through ``SGRFilter`` to standard output. All else that ncurses writes goes straight through.
final class Outlet {
    private let descriptor: Int32
    private let memory: Int32
    private var filter = SGRFilter()
    /// For ncurses; open as long as the program runs, as its screen is.
    let stream: UnsafeMutablePointer<FILE>

    /// Nil where the system has no descriptor to give.
    init?() {
        descriptor = fcntl(1, F_DUPFD_CLOEXEC, 3)
        guard descriptor >= 0 else { return nil }
        guard let stream = fdopen(descriptor, "w") else {
            Glibc.close(descriptor)
            return nil
        }
        self.stream = stream
        memory = tb_memory_file()
    }

    /// After the terminal was given to somebody else.
    func forget() { filter.forget() }

    /// Sends what `update` makes ncurses write; shortened where the terminal's sequences are known.
    func send(filtering: Bool, _ update: () -> Void, to write: ([UInt8]) -> Void) {
        guard filtering, memory >= 0, tb_lead(descriptor, memory) >= 0 else { return update() }
        update()
        _ = tb_lead(descriptor, 1)
        write(filter.filtered(taken()))
    }

    private func taken() -> [UInt8] {
        let length = Int(lseek(memory, 0, SEEK_END))
        guard length > 0 else { return [] }
        let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = max(0, pread(memory, buffer.baseAddress, length, 0))
        }
        ftruncate(memory, 0)
        lseek(memory, 0, SEEK_SET)
        return bytes
    }
}
