// Observations from a CSV file under a mapping: one row a visit, a bad cell refused by itself.

import Records
import Twins

/// Reads CSV files of observations. Nothing is written here; see ``Importer``.
public enum CSVImport {
    /// Reads a file, plain or gzipped.
    public static func read(path: String, map: CSVMap, limits: ImportLimits = .standard) throws(ImportError) -> ImportedFile {
        let file = FileSource.name(of: path)
        let hashed = HashingSource(try FileSource(path: path, limit: limits.bytes))
        var result = try read(try decoded(hashed, file: file, limits: limits), file: file, map: map, limits: limits)
        result.origin.sha256 = hashed.hexadecimal
        return result
    }

    static func read(_ source: any ByteSource, file: String, map: CSVMap, limits: ImportLimits = .standard) throws(ImportError)
        -> ImportedFile
    {
        var reader = CSVReader(source, file: file, limits: limits, separator: map.separator)
        guard let header = try reader.next() else { throw ImportError(.malformed, Place(file: file, line: 1), "the file is empty") }
        var table = try CSVTable(header: header, file: file, map: map)
        while let row = try reader.next() { table.take(row) }
        let (batch, report) = table.finished()
        return ImportedFile(origin: ImportOrigin(name: report.file, format: "csv", sha256: ""), batch: batch, report: report)
    }
}

/// Collects the rows of one file.
struct CSVTable {
    private let file: String
    private let map: CSVMap
    private let width: Int
    private let patientIndex: Int
    private let timeIndex: Int
    private let sexIndex: Int?
    private let valueIndices: [Int]
    private let medicationIndices: [Int]
    private var courses = MedicationCourses()
    private var entries: [ImportBatch.Entry] = []
    private var places: [String: Int] = [:]
    private var report: ImportReport
    private var empty = 0

    init(header: CSVReader.Row, file: String, map: CSVMap) throws(ImportError) {
        self.file = file
        self.map = map
        width = header.cells.count
        report = ImportReport(file: file, format: "CSV" + (map.title.isEmpty ? "" : " (\(map.title))"))
        func index(_ name: String) throws(ImportError) -> Int {
            let found = header.cells.indices.filter { header.cells[$0] == name }
            guard let first = found.first else {
                let there = header.cells.prefix(30).joined(separator: ", ")
                throw ImportError(
                    .malformed, Place(file: file, line: header.line),
                    "there is no column «\(name)», which the mapping names; there are \(there)")
            }
            guard found.count == 1 else {
                throw ImportError(.malformed, Place(file: file, line: header.line), "the column «\(name)» stands twice")
            }
            return first
        }
        patientIndex = try index(map.patientColumn)
        timeIndex = try index(map.timeColumn)
        if let name = map.sexColumn { sexIndex = try index(name) } else { sexIndex = nil }
        var found: [Int] = []
        for column in map.columns { found.append(try index(column.name)) }
        valueIndices = found
        var drugs: [Int] = []
        for medication in map.medications { drugs.append(try index(medication.name)) }
        medicationIndices = drugs
        let used = Set(found + drugs + [patientIndex, timeIndex] + [sexIndex].compactMap { $0 })
        for unused in header.cells.indices where !used.contains(unused) {
            report.leave("column «\(header.cells[unused])»", "the mapping does not name it")
        }
    }

    mutating func take(_ row: CSVReader.Row) {
        guard row.cells.count == width else {
            report.refuse(Place(file: file, line: row.line), "row", "has \(row.cells.count) cells where the header has \(width)")
            return
        }
        do throws(Refusal) {
            // The time first: a patient none of whose rows can be placed in time does not come in.
            let time = try time(row)
            let patient = try patient(row)
            for (index, column) in zip(valueIndices, map.columns) { value(row, index, column, time, patient) }
            for (number, index) in medicationIndices.enumerated() { medication(row, index, number, time, patient) }
        } catch {
            report.refuse(Place(file: file, line: row.line, path: error.path), "row", error.reason)
        }
    }

    private mutating func patient(_ row: CSVReader.Row) throws(Refusal) -> Int {
        let cell = row.cells[patientIndex]
        let pseudonym = map.prefix + cell
        guard !cell.isEmpty, pseudonym.utf8.count <= 24,
            pseudonym.utf8.allSatisfy({
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
            })
        else { throw Refusal(map.patientColumn, "«\(cell)» is no pseudonym: 1 to 24 letters, digits and hyphens") }
        let sex = try sex(row)
        if let place = places[pseudonym] {
            if entries[place].patient.sex == .unknown { entries[place].patient.sex = sex }
            guard sex == .unknown || entries[place].patient.sex == sex else {
                throw Refusal(map.sexColumn ?? "", "«\(row.cells[sexIndex ?? 0])» differs from this patient's earlier rows")
            }
            return place
        }
        var record = ImportPatient(
            source: "csv:\(map.title)|\(pseudonym)", id: pseudonym, sex: sex, birth: nil, birthPrecision: .day, note: "", identity: nil)
        if case .ageInYears(let birth) = map.clock {
            record.birth = Instant(birth)
            record.note = "dates are nominal: only ages are known, and \(birth) stands for the day of birth"
        }
        places[pseudonym] = entries.count
        entries.append(ImportBatch.Entry(patient: record, observations: [], facts: [], documents: []))
        return entries.count - 1
    }

    private func sex(_ row: CSVReader.Row) throws(Refusal) -> Sex {
        guard let sexIndex, let name = map.sexColumn else { return .unknown }
        let cell = row.cells[sexIndex]
        if map.missing.contains(cell.lowercased()) { return .unknown }
        if let sex = map.sexes[cell] ?? Sex(rawValue: cell.lowercased()) { return sex }
        switch cell.lowercased() {
        case "f": return .female
        case "m": return .male
        default: throw Refusal(name, "«\(cell)» is not a sex that the mapping names")
        }
    }

    private func time(_ row: CSVReader.Row) throws(Refusal) -> Instant {
        let cell = row.cells[timeIndex]
        func number(_ range: ClosedRange<Double>, _ meaning: String) throws(Refusal) -> Double {
            guard let value = CSVTable.number(cell), range.contains(value) else {
                throw Refusal(map.timeColumn, "«\(cell)» is not \(meaning) from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
        switch map.clock {
        case .ageInYears(let birth): return Instant(birth).adding(days: try number(0...130, "an age in years") * DayCount.year)
        case .days(let origin): return Instant(origin).adding(days: try number(-100_000...100_000, "a number of days"))
        case .date:
            do throws(FHIRDate.Fault) { return try FHIRDate(cell).instant } catch {
                throw Refusal(map.timeColumn, error.message(String(cell.prefix(80))))
            }
        }
    }

    private mutating func value(_ row: CSVReader.Row, _ index: Int, _ column: CSVMap.Column, _ time: Instant, _ patient: Int) {
        let cell = row.cells[index]
        if map.missing.contains(cell.lowercased()) {
            empty += 1
            return
        }
        let place = Place(file: file, line: row.line, path: column.name)
        guard let read = CSVTable.number(cell) else {
            report.refuse(place, "cell", "«\(cell)» is not a number")
            return
        }
        if let fault = WrittenNumber.fault(cell) { return report.refuse(place, "cell", fault) }
        let value = column.scale * read + column.offset
        guard value.isFinite, abs(value) <= 1e12, column.limits?.contains(value) ?? true else {
            let limits = column.limits.map { " (possible: \($0.lowerBound) to \($0.upperBound))" } ?? ""
            report.refuse(place, "cell", "«\(cell)» would be \(value) \(column.unit.label), which is impossible\(limits)")
            return
        }
        guard value >= 0 || !UCUM.neverNegative(column.unit) else {
            report.refuse(place, "cell", "«\(cell)» would be \(value) \(column.unit.label), which cannot be negative")
            return
        }
        // A cell that was rescaled wrote another number than the record's.
        let written = column.scale == 1 && column.offset == 0 ? cell : nil
        let observation = Observation(code: column.code, time: time, value: .quantity(Quantity(value, column.unit, written: written)))
        entries[patient].observations.append(ImportObservation(source: nil, observation: observation))
        report.take("observations")
    }

    private mutating func medication(_ row: CSVReader.Row, _ index: Int, _ number: Int, _ time: Instant, _ patient: Int) {
        let (cell, medication) = (row.cells[index], map.medications[number])
        if map.missing.contains(cell.lowercased()) {
            empty += 1
        } else if medication.on.contains(cell) || medication.off.contains(cell) {
            courses.take(medication.on.contains(cell), at: time, medication: number, patient: patient)
        } else {
            let place = Place(file: file, line: row.line, path: medication.name)
            report.refuse(place, "cell", "«\(cell)» is neither of the mapping's «on» nor of its «off»")
        }
    }

    /// A plain decimal number; `nan`, `inf` and hexadecimal are not data.
    private static func number(_ cell: String) -> Double? {
        guard !cell.isEmpty, cell.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }) else {
            return nil
        }
        return Double(cell).flatMap { $0.isFinite ? $0 : nil }
    }

    func finished() -> (ImportBatch, ImportReport) {
        var (report, entries) = (report, entries)
        for patient in entries.indices {
            for (number, medication) in map.medications.enumerated() {
                let facts = courses.facts(of: medication.code, medication: number, patient: patient)
                entries[patient].facts += facts
                for _ in facts { report.take("medications") }
            }
        }
        if empty > 0 { report.leave("empty cells", "nothing was measured", empty) }
        if !entries.isEmpty {
            report.taken.insert(ImportReport.Taken(kind: "patients", count: entries.count), at: 0)
            report.patients = entries.map { $0.patient.id ?? "" }
        }
        if case .ageInYears(let birth) = map.clock, !entries.isEmpty {
            report.note(
                Place(file: file, path: map.timeColumn), "dates are nominal: only ages are known, and \(birth) stands for each day of birth"
            )
        }
        return (ImportBatch(patients: entries), report)
    }
}
