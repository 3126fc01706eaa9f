// Dates and spans: what a birth date, a visit and a follow-up date rest on.
import Testing

@testable import Twins

@Suite("Dates")
struct TimeTests {
    @Test(
        "a date is read, written and counted as the calendar has it",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2026-11-22", 20_779),
            ("1900-03-01", -25_508), ("0001-01-01", -719_162),
        ])
    func knownDays(text: String, number: Int) throws {
        let day = try #require(CalendarDay(text))
        #expect(day.number == number)
        #expect(day.description == text)
    }

    @Test(
        "days that do not exist are refused",
        arguments: [
            "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31",
            "24-04-30", "2024-4-30", "2024-04-3x", "", "2024-04", "2024-04-30-01",
        ])
    func impossible(text: String) { #expect(CalendarDay(text) == nil) }

    @Test("every day of eight centuries goes to its parts and back")
    func roundTrip() {
        for number in stride(from: -146_097, through: 146_097, by: 1) {
            let day = CalendarDay(number: number)
            let (year, month, ofMonth) = day.components
            #expect(CalendarDay(year: year, month: month, day: ofMonth) == day)
        }
    }

    @Test("a «now» that is only a date takes in the whole of that day: the scan of the same morning is in the record")
    func endOfDay() throws {
        let day = try #require(CalendarDay("2026-11-26"))
        let now = Instant(endOf: day)
        #expect(now.day == day && now.milliseconds + 1 == Instant(CalendarDay(number: day.number + 1)).milliseconds)
        let morning = Instant(milliseconds: Instant(day).milliseconds + 9 * 3_600_000)
        let code = Code(system: Code.local, code: "sum-of-diameters")
        let scan = Observation(code: code, time: morning, value: .quantity(Quantity(45, .millimetre)))
        let subject = Subject(sex: .female, birth: nil, observations: [scan], facts: [], reference: now)
        #expect(subject.latest([code], in: .millimetre)?.value == 45)
        #expect(now.adding(days: 21).day.number == day.number + 21, "dates of a scenario stay what they were")
    }

    @Test("the day of a moment before 1970 is the day it falls in, not the next")
    func negativeMoments() {
        #expect(Instant(milliseconds: -1).day == CalendarDay(number: -1))
        #expect(Instant(milliseconds: -86_400_000).day == CalendarDay(number: -1))
        #expect(Instant(milliseconds: -86_400_001).day == CalendarDay(number: -2))
        #expect(Instant(milliseconds: 0).day == CalendarDay(number: 0))
    }

    @Test("adding days and taking the difference agree, and absurd durations do not trap")
    func durations() {
        let start = Instant(CalendarDay(number: 20_000))
        for days in [0, 0.5, -3.25, 365.25, 10_000] { #expect(start.adding(days: days).days(since: start) == days) }
        for days in [Double.infinity, -.infinity, .nan, 1e300] { #expect(start.adding(days: days).days(since: start).magnitude <= 1e7) }
    }

    @Test("age counts Julian years from birth")
    func age() throws {
        let birth = Instant(try #require(CalendarDay("1950-01-01")))
        let subject = Subject(sex: .female, birth: birth, observations: [], facts: [], reference: birth.adding(days: 70 * DayCount.year))
        let age = try #require(subject.age(at: subject.reference))
        #expect(abs(age - 70) < 1e-9)
    }
}
