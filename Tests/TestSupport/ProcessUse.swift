// What a running program costs, and who belongs to it: read from /proc.
import Glibc

/// The processes of a pseudo-terminal: its leader and whoever that started.
enum ProcessSession {
    static func members(_ leader: pid_t) -> [pid_t] {
        guard let folder = opendir("/proc") else { return [leader] }
        defer { closedir(folder) }
        var found = [leader]
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard let process = pid_t(name), process != leader else { continue }
            let fields = (SharedFiles.text("/proc/\(process)/stat") ?? "").split(separator: ")").last?.split(separator: " ") ?? []
            if fields.count > 3, fields[3] == "\(leader)" { found.append(process) }
        }
        return found
    }

    /// The leader last: while it lives, its number can be nobody else's.
    static func kill(_ leader: pid_t) {
        for process in members(leader).reversed() { Glibc.kill(process, SIGKILL) }
    }
}

/// What a process has used, read from /proc; zero once it is gone.
public struct ProcessUse {
    /// Processor time in seconds.
    public let processorSeconds: Double
    /// Resident memory in bytes.
    public let residentBytes: Int
    /// The most resident memory it ever had, in bytes.
    public let peakBytes: Int
    /// How often it was put to sleep of its own accord: an idle program's count stands still.
    public let voluntarySwitches: Int

    public init(_ process: pid_t) {
        let statistics = (SharedFiles.text("/proc/\(process)/stat") ?? "").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = statistics.count > 12 ? (Int(statistics[11]) ?? 0) + (Int(statistics[12]) ?? 0) : 0
        processorSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
        let status = (SharedFiles.text("/proc/\(process)/status") ?? "").split(separator: "\n")
        func number(_ field: String) -> Int {
            let line = status.first { $0.hasPrefix(field + ":") } ?? ""
            return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap { Int($0) } ?? 0
        }
        residentBytes = number("VmRSS") * 1024
        peakBytes = number("VmHWM") * 1024
        voluntarySwitches = number("voluntary_ctxt_switches")
    }
}
