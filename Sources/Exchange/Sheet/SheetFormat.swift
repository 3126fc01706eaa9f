// The formats that a decision sheet and a care plan can be written in, and one door to all of them.
import Foundation

public enum SheetFormat: String, Hashable, Sendable, CaseIterable {
    case text, markdown, html, pdf, fhir, json, csv

    /// What a file of it is called after the dot.
    public var fileExtension: String {
        switch self {
        case .text: "txt"
        case .markdown: "md"
        case .fhir: "fhir.json"
        default: rawValue
        }
    }

    /// A care plan is for people.
    public var isForCarePlan: Bool { [.text, .markdown, .html, .pdf].contains(self) }
}

extension SheetDocument {
    /// The document's bytes; nil for a format that is no walk over a document.
    public func data(_ format: SheetFormat, pdf: PDFRenderer = PDFRenderer()) throws(PDFError) -> Data? {
        switch format {
        case .text: Data((lines().joined(separator: "\n") + "\n").utf8)
        case .markdown: Data(markdown.utf8)
        case .html: Data(html.utf8)
        case .pdf: try pdf.pdf(html: html)
        case .fhir, .json, .csv: nil
        }
    }
}

extension DecisionSheet {
    /// The sheet's bytes in a format.
    public func data(_ format: SheetFormat, pdf: PDFRenderer = PDFRenderer()) throws(PDFError) -> Data {
        switch format {
        case .json: return Data((json.rendered() + "\n").utf8)
        case .csv: return Data(csv.utf8)
        case .fhir: return Data(FHIRDocument(self).json.utf8)
        default: return try document.data(format, pdf: pdf) ?? Data()
        }
    }
}
