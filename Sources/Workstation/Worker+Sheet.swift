// Writes the decision sheet of a case into the folder `sheets` beside the store.
import Dispatch
import Exchange
import Foundation
import Glibc
import Meetings

extension Worker {
    /// What the key writes: to edit, to read on any screen, to print and hand over.
    private static let exported: [SheetFormat] = [.markdown, .html, .pdf]

    /// Writes the sheet in each format, and tells what was written and what was not.
    func exportSheet(_ item: AgendaItem) async {
        let maker = SheetMaker(board.store, models: models, actor: seat)
        do {
            let folder = try sheetFolder()
            // One print, one entry in the log; the formats are three copies of it.
            let sheet = try await maker.make(try board.item(item.id), formats: Self.exported)
            let name = Self.name(sheet)
            var written: [String] = []
            var left: [String] = []
            for format in Self.exported {
                do {
                    let data = try await Self.data(sheet, format)
                    written.append(try Self.write(data, folder: folder, name: name, format: format))
                } catch {
                    left.append("no \(format.rawValue.uppercased()): \(error)")
                }
            }
            deliver(.sheetExported(item: item.id, files: written, left: left))
        } catch {
            deliver(.sheetExported(item: item.id, files: [], left: ["the sheet was not written: \(error)"]))
        }
    }

    /// On a thread of its own: WeasyPrint takes seconds, in which a forecast must not wait for one of the pool's.
    private static func data(_ sheet: DecisionSheet, _ format: SheetFormat) async throws -> Data {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(with: Result { try sheet.data(format) })
            }
        }
    }

    /// For the owner alone, as the store is.
    private func sheetFolder() throws -> String {
        let folder = URL(fileURLWithPath: board.store.path).deletingLastPathComponent().appending(path: "sheets").path
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
            throw WorkError("the folder \(folder) cannot be made: \(String(cString: strerror(errno)))")
        }
        return folder
    }

    /// `liver-2026-11-26-CRC-0147-v1`: letters, digits, dots and dashes, whatever the meeting is called.
    static func name(_ sheet: DecisionSheet) -> String {
        let version = sheet.decisions.isEmpty ? "draft" : "v\(sheet.decisions.count)"
        let training = sheet.meeting.isTraining ? "TRAINING-" : ""
        let raw = "\(training)\(sheet.meeting.id)-\(sheet.item.patient)-\(version)"
        let clean = raw.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        return String(clean.drop { $0 == "." || $0 == "-" }.prefix(120))
    }

    /// Under the name, or the next one that is free: what was printed before stays as it was.
    private static func write(_ data: Data, folder: String, name: String, format: SheetFormat) throws(DocumentFileError) -> String {
        var number = 1
        while true {
            let file = name + (number == 1 ? "" : "-\(number)") + "." + format.fileExtension
            do {
                try DocumentFile.write(data, to: folder + "/" + file)
                return file
            } catch .exists where number < 999 {
                number += 1
            }
        }
    }
}
