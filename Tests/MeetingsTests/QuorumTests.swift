// Who counts for a quorum: every role, alone and with a rule that says otherwise.
import Testing

@testable import Meetings

@Suite("Who counts for the quorum")
struct QuorumTests {
    private static let three = ["surgery", "oncology", "radiology"].map { Seat(name: "Dr \($0)", specialty: $0) }

    /// The matrix of `rules/README.md`.
    @Test(
        "Role by role: heard are all, counted are chair, member and presenter",
        arguments: [
            (Seat.Role.chair, true), (.member, true), (.presenter, true), (.expert, false), (.allied, false), (.coordinator, false),
            (.observer, false),
        ])
    func matrix(role: Seat.Role, isCounted: Bool) {
        let seat = Seat(name: "Dr Fourth", specialty: "hepatology", role: role)
        #expect(QuorumRule.general.counts(seat) == isCounted)
        #expect(seat.isPhysician == isCounted)
        #expect(Quorum([seat], rule: .general).physicians == (isCounted ? 1 : 0))
        #expect(Quorum([seat], rule: .general).specialties == (isCounted ? 1 : 0))
        // Whatever the role, somebody more never breaks a quorum.
        #expect(Quorum(Self.three + [seat], rule: .liver).isReached)
        let two = Self.three.dropLast() + [Seat(name: "Dr Third", specialty: "radiology", role: role)]
        #expect(Quorum(Array(two), rule: .liver).isReached == isCounted)
    }

    @Test("Every role stands in the matrix") func complete() { #expect(Seat.Role.allCases.count == 7) }

    @Test("A rule may count its outside experts") func experts() {
        var rule = QuorumRule.liver
        let seats = Self.three.dropLast() + [Seat(name: "Dr Guest", specialty: "radiology", role: .expert)]
        #expect(Quorum(Array(seats), rule: rule).missing == ["1 more physician", "3 different specialties", "radiology"])
        rule.counts.append(.expert)
        #expect(Quorum(Array(seats), rule: rule).isReached)
    }

    @Test("A person noted twice is one; a seat without a specialty is no specialty") func once() {
        let twice = Self.three.dropLast() + [Seat(name: " dr  SURGERY", specialty: "radiology")]
        #expect(Quorum(Array(twice), rule: .general).missing == ["1 more physician", "3 different specialties"])
        let nameless = Self.three.dropLast() + [Seat(name: "Dr X", specialty: " ")]
        #expect(Quorum(Array(nameless), rule: .general).missing == ["3 different specialties"])
    }

    @Test("A mandatory specialty may be filled by those that the rule names beside it; the missing one is named with them")
    func alternatives() {
        var rule = QuorumRule.general
        rule.mandatory = [MandatorySpecialty("lipidology", or: ["endocrinology", "cardiology"], source: "assumption")]
        #expect(Quorum(Self.three, rule: rule).missing == ["lipidology or endocrinology or cardiology"])
        #expect(Quorum(Self.three + [Seat(name: "Dr C", specialty: "Cardiologue")], rule: rule).isReached)
    }

    @Test("Allied professionals fill a mandatory specialty only where the rule says so, and never the number") func allied() {
        var rule = QuorumRule.general
        let psychologist = Seat(name: "P", specialty: "neuropsychology", role: .allied)
        rule.mandatory = [MandatorySpecialty("neuropsychology", source: "NAEC 2024")]
        #expect(Quorum(Self.three + [psychologist], rule: rule).missing == ["neuropsychology"])
        rule.mandatory[0].allowsAllied = true
        #expect(Quorum(Self.three + [psychologist], rule: rule).isReached)
        #expect(Quorum(Self.three.dropLast() + [psychologist], rule: rule).missing == ["1 more physician", "3 different specialties"])
    }

    @Test("A board without a rule has the general one") func unknown() {
        #expect(RuleBook.builtIn.rule(for: "astronomy").quorum == .general)
    }
}
