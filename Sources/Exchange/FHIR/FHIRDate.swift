// Dates and times as FHIR writes them: whole, partial, or with time and zone.

import Records
import Twins

/// A moment with how precisely it was written.
struct FHIRDate: Hashable, Sendable {
    var instant: Instant
    var precision: BirthPrecision
    /// A time of day without a zone: taken as UTC, and said.
    var lacksZone = false

    enum Fault: Error, Hashable {
        case form
        case noSuchDay
        case outsideRange

        func message(_ text: String) -> String {
            switch self {
            case .form: "«\(text)» is not a date of FHIR (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz)"
            case .noSuchDay: "there is no such date as «\(text)»"
            case .outsideRange: "the year of «\(text)» is not one in which a patient can have lived (1850 to 2150)"
            }
        }
    }

    /// Reads a FHIR `date`, `dateTime` or `instant`.
    ///
    /// A year alone stands for its 1 July and a month for its 15th, the middle, so that the error is least; `precision` says so.
    init(_ text: String) throws(Fault) {
        var digits = Scanner(text.utf8)
        guard let year = digits.number(4) else { throw .form }
        guard (1850...2150).contains(year) else { throw .outsideRange }
        if digits.isAtEnd {
            instant = Instant(try Self.day(year, 7, 1))
            precision = .year
            return
        }
        guard digits.take("-"), let month = digits.number(2) else { throw .form }
        if digits.isAtEnd {
            instant = Instant(try Self.day(year, month, 15))
            precision = .month
            return
        }
        guard digits.take("-"), let dayNumber = digits.number(2) else { throw .form }
        let day = try Self.day(year, month, dayNumber)
        if digits.isAtEnd {
            instant = Instant(day)
            precision = .day
            return
        }
        guard digits.take("T"), let hour = digits.number(2), digits.take(":"), let minute = digits.number(2) else { throw .form }
        var milliseconds = 0
        var second = 0
        if digits.take(":") {
            guard let read = digits.number(2) else { throw .form }
            second = read
            if digits.take(".") {
                guard let fraction = digits.fraction() else { throw .form }
                milliseconds = fraction
            }
        }
        // 24:00 and the leap second are written by real systems; both are the next second's start.
        guard hour < 24 || hour == 24 && minute == 0 && second == 0, minute < 60, second <= 60 else { throw .noSuchDay }
        let zone = try Self.zone(&digits)
        guard digits.isAtEnd else { throw .form }
        let ofDay = ((hour * 60 + minute) * 60 + second) * 1_000 + milliseconds
        instant = Instant(milliseconds: Instant(day).milliseconds + Int64(ofDay) - Int64(zone ?? 0) * 60_000)
        precision = .instant
        lacksZone = zone == nil
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) throws(Fault) -> CalendarDay {
        guard let day = CalendarDay(year: year, month: month, day: day) else { throw .noSuchDay }
        return day
    }

    /// Minutes east of UTC; nil if none is given.
    private static func zone(_ digits: inout Scanner) throws(Fault) -> Int? {
        if digits.isAtEnd { return nil }
        if digits.take("Z") { return 0 }
        let east = digits.take("+")
        guard east || digits.take("-"), let hours = digits.number(2), digits.take(":"), let minutes = digits.number(2),
            hours <= 14, minutes < 60
        else { throw .form }
        return (east ? 1 : -1) * (hours * 60 + minutes)
    }

    /// Walks over the bytes of a short text.
    private struct Scanner {
        private let bytes: [UInt8]
        private var position = 0
        init(_ bytes: String.UTF8View) { self.bytes = Array(bytes.prefix(64)) }
        var isAtEnd: Bool { position == bytes.count }

        mutating func number(_ count: Int) -> Int? {
            guard position + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[position..<position + count] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            position += count
            return value
        }

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
            position += 1
            return true
        }

        /// The digits of a fraction of a second as milliseconds, cut there.
        mutating func fraction() -> Int? {
            var value = 0
            var count = 0
            while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
                if count < 3 { value = value * 10 + Int(bytes[position] - 0x30) }
                count += 1
                position += 1
            }
            guard count > 0 else { return nil }
            for _ in min(count, 3)..<3 { value *= 10 }
            return value
        }
    }
}
