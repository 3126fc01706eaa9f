// Who takes a seat with `--seat`: specialty and role from the meeting's roster, or as named beside it.
import ArgumentParser
import Meetings
import Workstation

enum SeatChoice {
    /// A role by name. Errors: usage, with the names there are.
    static func role(_ name: String?) throws(CommandFailure) -> Seat.Role? {
        guard let name else { return nil }
        guard let role = Seat.Role(rawValue: name) else {
            throw .usage("no role «\(name)»; there are \(Seat.Role.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return role
    }

    /// The seat of a name in a meeting. The chair's role is the chair's own: nobody else takes it.
    static func seat(_ name: String, specialty: String?, role wanted: String?, in meeting: Meeting) throws(CommandFailure) -> Seat {
        let role = try role(wanted)
        let known = meeting.rosterSeat(name)
        if role == .chair, name != meeting.chair {
            throw .data("the chair of «\(meeting.id)» is «\(meeting.chair)», not «\(name)»")
        }
        guard let specialty = specialty ?? known?.specialty else {
            throw .usage(
                "«\(name)» is not on the roster of «\(meeting.id)» (\(meeting.seats.map(\.name).joined(separator: ", "))): "
                    + "write the name as it stands there, or add --specialty")
        }
        return Seat(
            name: name, specialty: specialty,
            role: role ?? (name == meeting.chair && known?.role == .member ? .chair : known?.role) ?? .member)
    }
}

extension DisplayOptions {
    /// Takes the seat that was asked for; nil: none was.
    func sit(at worker: Worker, _ meeting: Meeting?) throws -> Sitting? {
        guard let seat else {
            guard specialty == nil, role == nil else { throw CommandFailure.usage("--specialty and --role go with --seat") }
            return nil
        }
        guard let meeting else { throw CommandFailure.noSuch("there is no meeting to sit in: name one with --meeting") }
        return try worker.sit(try SeatChoice.seat(seat, specialty: specialty, role: role, in: meeting), meeting: meeting.id)
    }
}
