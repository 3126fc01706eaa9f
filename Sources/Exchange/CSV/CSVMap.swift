// What the columns of a CSV file mean: the mapping that `import --map FILE` reads.

import Twins

/// A mapping from columns to coded observations, written in TOML; `demo-data/maps/` has examples and their README the keys.
public struct CSVMap: Hashable, Sendable {
    /// How the time column counts.
    public enum Clock: Hashable, Sendable {
        /// Age in Julian years; every patient is given one nominal day of birth, and the record says that its dates are nominal.
        case ageInYears(nominalBirth: CalendarDay)
        /// ISO 8601 dates, or dates with time and zone.
        case date
        /// Days since a day.
        case days(since: CalendarDay)
    }
    /// One column of values.
    public struct Column: Hashable, Sendable {
        public var name: String
        public var code: Code
        public var unit: Unit
        /// recorded = scale · cell + offset.
        public var scale: Double
        public var offset: Double
        /// What the recorded value may be.
        public var limits: ClosedRange<Double>?
    }

    /// A column that says on each row whether a drug is given from that row's time on.
    public struct Medication: Hashable, Sendable {
        public var name: String
        public var code: Code
        /// Cells that mean «given» and «not given».
        public var on: Set<String>
        public var off: Set<String>
    }

    public var title: String
    public var patientColumn: String
    /// Put before the cell to make the pseudonym.
    public var prefix: String
    public var sexColumn: String?
    /// Cell → sex, beyond `female`, `male`, `f`, `m`.
    public var sexes: [String: Sex]
    public var timeColumn: String
    public var clock: Clock
    public var columns: [Column]
    public var medications: [Medication]
    /// Cells that mean «not measured», compared without regard to case.
    public var missing: Set<String>
    public var separator: UInt8

    public init(path: String) throws(ImportError) { try self.init(reader: TOMLNode.read(path: path).node) }

    /// The same from a text.
    public init(text: String, file: String) throws(ImportError) { try self.init(reader: TOMLNode.parse(text, file: file)) }

    private init(reader: TOMLTableReader) throws(ImportError) {
        try reader.allow(["title", "separator", "missing", "patient", "time", "value", "medication"])
        title = try reader.optionalText("title") ?? ""
        missing = Set((try reader.optionalTexts("missing") ?? ["", "NA", "NaN", "null", "."]).map { $0.lowercased() })
        separator = try Self.separator(reader)
        let patient = try reader.table("patient")
        try patient.allow(["column", "prefix", "sex_column", "sex"])
        patientColumn = try patient.text("column")
        prefix = try patient.optionalText("prefix") ?? ""
        sexColumn = try patient.optionalText("sex_column")
        sexes = [:]
        if let table = try patient.optionalTable("sex") {
            guard sexColumn != nil else { throw patient.fault("sex", "has no meaning without sex_column") }
            for key in table.members.keys.sorted() {
                guard let sex = Sex(rawValue: try table.text(key)) else {
                    throw table.fault(key, "must be one of female, male, other, unknown")
                }
                sexes[key] = sex
            }
        }
        let time = try reader.table("time")
        timeColumn = try time.text("column")
        clock = try Self.clock(time)
        columns = []
        for table in try reader.tables("value") { columns.append(try Self.column(table)) }
        guard !columns.isEmpty else { throw reader.fault("value", "no column is mapped; write at least one [[value]]") }
        medications = []
        for table in try reader.tables("medication") { medications.append(try Self.medication(table)) }
        let names = columns.map(\.name) + medications.map(\.name) + [patientColumn, timeColumn] + [sexColumn].compactMap { $0 }
        if let twice = Dictionary(grouping: names, by: { $0 }).filter({ $0.value.count > 1 }).keys.min() {
            throw reader.fault("value", "the column «\(twice)» is mapped twice")
        }
    }

    private static func separator(_ reader: TOMLTableReader) throws(ImportError) -> UInt8 {
        switch try reader.optionalText("separator") {
        case nil, ",": return 0x2C
        case ";": return 0x3B
        case "\t": return 0x09
        default: throw reader.fault("separator", "must be \",\", \";\" or \"\\t\"")
        }
    }

    private static func clock(_ time: TOMLTableReader) throws(ImportError) -> Clock {
        try time.allow(["column", "kind", "nominal_birth", "origin"])
        let kind = try time.text("kind")
        let birth = try time.optionalDay("nominal_birth")
        let origin = try time.optionalDay("origin")
        switch kind {
        case "age_years":
            guard origin == nil else { throw time.fault("origin", "belongs to kind = \"days\"") }
            return .ageInYears(nominalBirth: try time.day("nominal_birth"))
        case "date":
            guard birth == nil else { throw time.fault("nominal_birth", "belongs to kind = \"age_years\"") }
            guard origin == nil else { throw time.fault("origin", "belongs to kind = \"days\"") }
            return .date
        case "days":
            guard birth == nil else { throw time.fault("nominal_birth", "belongs to kind = \"age_years\"") }
            return .days(since: try time.day("origin"))
        default: throw time.fault("kind", "«\(kind)» is not one of age_years, date, days")
        }
    }

    private static func column(_ table: TOMLTableReader) throws(ImportError) -> Column {
        try table.allow(["column", "system", "code", "display", "unit", "scale", "offset", "minimum", "maximum"])
        let system = try table.optionalText("system") ?? Code.local
        let code = try table.text("code")
        if system == Code.loinc, !LOINC.isValid(code) {
            throw table.fault("code", "«\(code)» is not a LOINC code: its check digit is wrong")
        }
        let unit = try table.text("unit")
        guard let known = UCUM.known(unit) else {
            throw table.fault("unit", "«\(unit)» is not a unit that is known here (UCUM, such as mm or {score})")
        }
        let scale = try table.optionalNumber("scale") ?? 1
        guard scale != 0 else { throw table.fault("scale", "must not be 0") }
        let low = try table.optionalNumber("minimum") ?? -.infinity
        let high = try table.optionalNumber("maximum") ?? .infinity
        guard low <= high else { throw table.fault("minimum", "is above the maximum") }
        let name = try table.text("column")
        return Column(
            name: name, code: Code(system: system, code: code, display: try table.optionalText("display") ?? name), unit: known,
            scale: scale,
            offset: try table.optionalNumber("offset") ?? 0, limits: low...high)
    }

    private static func medication(_ table: TOMLTableReader) throws(ImportError) -> Medication {
        try table.allow(["column", "system", "code", "display", "on", "off"])
        let name = try table.text("column")
        guard let on = try table.optionalTexts("on"), !on.isEmpty else {
            throw table.fault("on", "must list the cells that mean that the drug is given, such as [\"1\"]")
        }
        let off = try table.optionalTexts("off") ?? []
        if let both = Set(on).intersection(off).min() { throw table.fault("off", "«\(both)» means both given and not given") }
        let code = Code(
            system: try table.optionalText("system") ?? Code.atc, code: try table.text("code"),
            display: try table.optionalText("display") ?? name)
        return Medication(name: name, code: code, on: Set(on), off: Set(off))
    }
}
