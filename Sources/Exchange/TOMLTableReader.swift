// Reads a TOML table key by key; what is missing, of the wrong kind or unknown is an error that names file and key.

import Twins

/// The members of one table with the path to it.
struct TOMLTableReader {
    let members: [String: TOMLNode]
    let file: String
    let path: String

    func fault(_ key: String, _ message: String) -> ImportError {
        ImportError(.mapping, Place(file: file, path: path.isEmpty ? key : "\(path).\(key)"), message)
    }

    /// Refuses keys that mean nothing here, for a misspelt key would otherwise be passed over.
    func allow(_ keys: [String]) throws(ImportError) {
        if let stranger = members.keys.filter({ !keys.contains($0) }).min() {
            throw fault(stranger, "is not known here; known are \(keys.joined(separator: ", "))")
        }
    }

    private func missing(_ key: String, _ kind: String) -> ImportError { fault(key, "is missing; it must be \(kind)") }

    func optionalText(_ key: String) throws(ImportError) -> String? {
        switch members[key] {
        case nil: return nil
        case .string(let text): return text
        case .some(let other): throw fault(key, "must be a text, not \(other.kindName)")
        }
    }

    /// A text that is not empty.
    func text(_ key: String) throws(ImportError) -> String {
        guard let text = try optionalText(key) else { throw missing(key, "a text") }
        guard !text.isEmpty else { throw fault(key, "must not be empty") }
        return text
    }

    func optionalNumber(_ key: String) throws(ImportError) -> Double? {
        switch members[key] {
        case nil: return nil
        case .integer(let number): return Double(number)
        case .number(let number) where number.isFinite: return number
        case .some(let other): throw fault(key, "must be a finite number, not \(other.kindName)")
        }
    }

    /// A date, written as TOML's own (`2026-11-26`) or as a text of that form.
    func optionalDay(_ key: String) throws(ImportError) -> CalendarDay? {
        switch members[key] {
        case nil: return nil
        case .date(let year, let month, let day):
            guard let result = CalendarDay(year: year, month: month, day: day) else { throw fault(key, "there is no such day") }
            return result
        case .string(let text):
            guard let result = CalendarDay(text) else { throw fault(key, "«\(text)» is not a date (YYYY-MM-DD)") }
            return result
        case .some(let other): throw fault(key, "must be a date (YYYY-MM-DD), not \(other.kindName)")
        }
    }

    func day(_ key: String) throws(ImportError) -> CalendarDay {
        guard let day = try optionalDay(key) else { throw missing(key, "a date (YYYY-MM-DD)") }
        return day
    }

    func optionalTable(_ key: String) throws(ImportError) -> TOMLTableReader? {
        switch members[key] {
        case nil: return nil
        case .table(let inner): return TOMLTableReader(members: inner, file: file, path: path.isEmpty ? key : "\(path).\(key)")
        case .some(let other): throw fault(key, "must be a table, not \(other.kindName)")
        }
    }

    func table(_ key: String) throws(ImportError) -> TOMLTableReader {
        guard let table = try optionalTable(key) else { throw missing(key, "a table") }
        return table
    }

    /// A list of tables (`[[key]]`); empty if it is not there.
    func tables(_ key: String) throws(ImportError) -> [TOMLTableReader] {
        guard let value = members[key] else { return [] }
        guard case .list(let items) = value else { throw fault(key, "must be a list of tables, not \(value.kindName)") }
        var result: [TOMLTableReader] = []
        for (index, item) in items.enumerated() {
            let here = (path.isEmpty ? key : "\(path).\(key)") + "[\(index)]"
            guard case .table(let inner) = item else {
                throw ImportError(.mapping, Place(file: file, path: here), "must be a table, not \(item.kindName)")
            }
            result.append(TOMLTableReader(members: inner, file: file, path: here))
        }
        return result
    }

    /// A list of texts; nil if it is not there.
    func optionalTexts(_ key: String) throws(ImportError) -> [String]? {
        guard let value = members[key] else { return nil }
        guard case .list(let items) = value else { throw fault(key, "must be a list of texts, not \(value.kindName)") }
        var result: [String] = []
        for item in items {
            guard case .string(let text) = item else { throw fault(key, "must hold texts only, not \(item.kindName)") }
            result.append(text)
        }
        return result
    }
}
