// Who a patient is: a national identifier that can be one, fields that are kept apart, and a log that names them without their values.
import Foundation
import StoreSupport
import Testing
import Twins

@testable import Records

@Suite("An identity is kept apart, and its national identifier can be one")
struct IdentityTests {
    /// The first is the example of French textbooks, with its published key 38; the others are of the two halves of Corsica.
    @Test(
        "The key is 97 − number mod 97, with 19 and 18 for Corsica",
        arguments: [("2550814168025", "38"), ("185052A004123", "56"), ("185052B033123", "86")])
    func keys(number: String, key: String) throws {
        let digits = try #require(Int64(number.replacing("2A", with: "19").replacing("2B", with: "18")))
        #expect(Int64(key) == 97 - digits % 97)
        #expect(try NationalIdentifier(number).key == key)
        #expect(try NationalIdentifier(number + key).value == number + key)
        let wrong = try #require(Int(key)) % 97 + 1
        #expect(throws: NationalIdentifierFault.key) { try NationalIdentifier(number + (wrong < 10 ? "0" : "") + String(wrong)) }
    }

    @Test("It is read with blanks and small letters, and shown in groups")
    func spelling() throws {
        #expect(try NationalIdentifier(" 1 85 05 2a 004 123 ").description.hasPrefix("1 85 05 2A 004 123 "))
        #expect(try NationalIdentifier("2 55 08 14 168 025 38").description == "2 55 08 14 168 025 38")
    }

    @Test(
        "What cannot be one is refused with the part that is wrong, and never repeated",
        arguments: [
            ("255081416802", "13 characters"), ("25508141680253", "has 14"), ("5550814168025", "first digit"), ("2551514168025", "month"),
            ("2550800168025", "département"), ("2550814168000", "order number"), ("25508X4168025", "character 6"),
            ("255082C168025", "character 7"), ("255081A168025", "character 7"), ("２550814168025", "character 1"),
        ])
    func refused(text: String, words: String) {
        let fault = #expect(throws: NationalIdentifierFault.self) { try NationalIdentifier(text) }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.description.contains(text) == false)
    }

    @Test("A change of any one of the fifteen characters of a real number is found")
    func typingErrors() throws {
        let right = Array("255081416802538")
        for place in right.indices {
            for digit in "0123456789" where digit != right[place] {
                var wrong = right
                wrong[place] = digit
                #expect(throws: NationalIdentifierFault.self, "\(place) \(digit)") { try NationalIdentifier(String(wrong)) }
            }
        }
    }

    @Test("Another sex, year or month of birth than the record's is told, not refused")
    func disagreements() throws {
        let number = try NationalIdentifier("255081416802538")
        #expect(number.disagreements(sex: .female, birth: CalendarDay("1955-08-02")).isEmpty)
        #expect(number.disagreements(sex: .unknown, birth: nil).isEmpty)
        #expect(number.disagreements(sex: .male, birth: CalendarDay("1956-07-02")).count == 3)
    }

    @Test("Fields are changed one by one, read with their own category, and named in the log without their values")
    func changes() throws {
        let folder = try TemporaryFolder()
        let store = try folder.open()
        try store.importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "coordinator")
        let number = try NationalIdentifier("255081416802538", register: .test)
        try store.changeIdentity(of: "CRC-0147", actor: "coordinator", fields: ["ins"]) { $0.nationalIdentifier = number }
        try store.changeIdentity(of: "CRC-0147", actor: "nurse", fields: ["trusted-person"]) {
            $0.details.trustedPerson = "Ilse Müller, sister, 01 23 45 67 89"
        }
        let record = try store.access(actor: "a", patient: "CRC-0147", categories: .record, purpose: "case")
        #expect(try store.hasNationalIdentifier(record))
        #expect(throws: StoreError.self) { try store.identity(record) }
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: [.identity], purpose: "desk")
        let identity = try #require(try store.identity(token))
        #expect(identity.names == "Zoé Müller" && identity.nationalIdentifier == number)
        #expect(identity.details.trustedPerson.hasPrefix("Ilse") && identity.numbers.contains { $0.system == "urn:ins" })
        #expect(throws: StoreError.self) { try store.changeIdentity(of: "NOBODY", actor: "a", fields: []) { _ in } }
        let entries = try store.log(limit: 100)
        let changes = entries.filter { $0.action == "identity" }
        #expect(
            changes.map(\.detail) == [["fields": "trusted-person"], ["fields": "ins"]] && changes.map(\.actor) == ["nurse", "coordinator"])
        #expect(!entries.contains { "\($0)".contains("Ilse") || "\($0)".contains("2550814") })
        #expect(try store.verifyLedger().isWhole)
    }

    @Test("An import that brings no national identifier leaves the one that was entered; one that brings one replaces it")
    func imports() throws {
        let folder = try TemporaryFolder()
        let store = try folder.open()
        var entry = someone()
        try store.importRecords(ImportBatch(patients: [entry]), origin: origin, actor: "a")
        try store.changeIdentity(of: "CRC-0147", actor: "a", fields: ["ins", "contacts"]) {
            $0.nationalIdentifier = try? NationalIdentifier("255081416802538")
            $0.details.contacts = "1 rue X"
        }
        func identity() throws -> Identity? {
            try store.identity(try store.access(actor: "a", patient: "CRC-0147", categories: [.identity], purpose: "desk"))
        }
        entry.patient.identity?.names = "Zoé Müller-Roux"
        try store.importRecords(ImportBatch(patients: [entry]), origin: origin, actor: "a")
        #expect(try identity()?.names == "Zoé Müller-Roux" && identity()?.nationalIdentifier?.value == "255081416802538")
        entry.patient.identity?.numbers = [try NationalIdentifier("185052A004123", register: .nia).stored]
        try store.importRecords(ImportBatch(patients: [entry]), origin: origin, actor: "a")
        #expect(try identity()?.nationalIdentifier == NationalIdentifier("185052A004123", register: .nia))
        #expect(try identity()?.details.contacts == "1 rue X" && identity()?.numbers.count == 1)
    }

    @Test("A store of version 2 opens with its identities as they were")
    func older() throws {
        let folder = try TemporaryFolder()
        try folder.open().importRecords(ImportBatch(patients: [someone()]), origin: origin, actor: "a")
        try rawSQL(folder.store, "ALTER TABLE identity DROP COLUMN details")
        try rawSQL(folder.store, "DELETE FROM grdb_migrations WHERE identifier = '4'")
        try rawSQL(folder.store, "PRAGMA user_version = 2")
        let store = try folder.open()
        let token = try store.access(actor: "a", patient: "CRC-0147", categories: [.identity], purpose: "desk")
        #expect(try store.identity(token) == someone().patient.identity)
        #expect(try rawValue(folder.store, "PRAGMA user_version") == "4")
    }
}
