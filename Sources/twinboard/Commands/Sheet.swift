// `sheet`: the decision sheet of a patient's case, or the draft of the care plan, in any format.
import ArgumentParser
import Exchange
import Foundation
import Glibc
import Meetings
import Surface
import TwinLibrary
import Workstation

extension SheetFormat: ExpressibleByArgument {}

struct Sheet: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the decision sheet of a patient's case: what the board saw, what it proposes, who was there.",
        discussion: """
            PDF is made by the program weasyprint (Debian package weasyprint), which must be on the PATH. A file is written whole or not at
            all, for its owner alone, and never over another without --force.
            """)
    @OptionGroup var source: StoreOption
    @Option(help: "text, markdown, html or pdf for people; fhir (an R4 document), json or csv for programs.")
    var format: SheetFormat = .text
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The meeting; default: the patient's last one.") var meeting: String?
    @Option(help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file")) var output: String?
    @Flag(help: "Replace the file if it is there.") var force = false
    @Flag(help: "The draft of the patient's care plan, in plain words, instead of the sheet.") var carePlan = false
    @Flag(
        help: "Print name, national identifier, contacts and trusted person too, for the patient's file; logged as a look at the identity.")
    var identity = false
    @Flag(help: "Compute what the board saw again from the stored draws, and say whether every figure comes out again.") var replay = false

    func validate() throws {
        if carePlan, !format.isForCarePlan { throw ValidationError("a care plan is written as text, markdown, html or pdf") }
        if replay, carePlan || output != nil || identity {
            throw ValidationError("--replay prints one line and goes with neither --care-plan, --identity nor --output")
        }
        if force, output == nil { throw ValidationError("--force goes with --output") }
    }

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let items = try desk.board.items(patient: patient)
            // Nobody of that name at all is said in other words than nobody on an agenda.
            if items.isEmpty { _ = try desk.store.access(actor: desk.actor, patient: patient, categories: .record, purpose: "sheet") }
            // The latest meeting comes first.
            guard let item = meeting.map({ id in items.first { $0.meeting == id } }) ?? items.first else {
                throw CommandFailure.noSuch("\(patient) is on no agenda" + (meeting.map { " of the meeting «\($0)»" } ?? ""))
            }
            if replay { return Output.line(try desk.replayed(patient, try desk.board.decisions(item.id).last?.seen).description) }
            // Before anything is logged as printed.
            if format == .pdf, output == nil, isatty(1) == 1 {
                throw CommandFailure.usage("a PDF is not for a terminal: name a file with --output")
            }
            if let output, !force, access(output, F_OK) == 0 { throw DocumentFileError.exists(output) }
            let maker = SheetMaker(desk.store, models: TwinLibrary.models, actor: desk.actor)
            let (format, isPlan, withIdentity) = (format, carePlan, identity)
            let sheet = try waiting {
                try await maker.make(item, formats: [format], isCarePlan: isPlan, withIdentity: withIdentity)
            }
            let data = carePlan ? try CarePlan(sheet).document.data(format) ?? Data() : try sheet.data(format)
            if let output {
                try DocumentFile.write(data, to: output, replaces: force)
                Output.note("twinboard: wrote \(output)")
            } else {
                Output.document(data)
            }
        }
    }
}
