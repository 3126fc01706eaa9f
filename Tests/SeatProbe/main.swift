// A seat as a process of its own: it sits in a meeting, works as a person would, and says on standard output what has been committed.
// Standard output is written at once and by itself: a line that is there was acknowledged, whatever kills the process after it.
import Glibc
import Meetings
import Records
import Twins

let arguments = CommandLine.arguments
guard arguments.count == 7, let seconds = Double(arguments[4]), let role = Seat.Role(rawValue: arguments[5]),
    let seed = UInt64(arguments[6])
else {
    Probe.say("usage: SeatProbe STORE MEETING NAME SECONDS ROLE SEED")
    exit(64)
}
do {
    let board = Board(try Store.open(path: arguments[1]))
    var probe = try Probe(board: board, meeting: arguments[2], name: arguments[3], role: role, seed: seed)
    try probe.work(seconds: seconds)
} catch {
    Probe.say("failed \(error)")
    exit(1)
}
