// Reads sheets back as strangers do: HTML as XML, FHIR as JSON with its narratives.
import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

struct NotWellFormed: Error, CustomStringConvertible { var description: String }

/// An XML text, parsed; throws where it is not well-formed.
struct XMLText {
    /// All character data, elements apart from each other by a blank.
    let text: String
    let elements: [String]
    /// (element, attribute, value).
    let attributes: [(String, String, String)]

    init(_ xml: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(xml.utf8))
        parser.delegate = reader
        guard parser.parse() else {
            throw NotWellFormed(description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
        }
        text = reader.text
        elements = reader.elements
        attributes = reader.attributes
    }

    private final class Reader: NSObject, XMLParserDelegate {
        var text = ""
        var elements: [String] = []
        var attributes: [(String, String, String)] = []
        func parser(
            _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
            attributes values: [String: String]
        ) {
            elements.append(element)
            attributes += values.sorted { $0.key < $1.key }.map { (element, $0.key, $0.value) }
            text += " "
        }
        func parser(_ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?) { text += " " }
        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
    }
}

/// The narratives of a FHIR bundle's composition.
struct FHIRNarratives {
    let text: String

    init(_ json: String) throws {
        let bundle = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        let entries = bundle?["entry"] as? [[String: Any]]
        let composition = entries?.first?["resource"] as? [String: Any]
        let all = [composition ?? [:]] + (composition?["section"] as? [[String: Any]] ?? [])
        text = try all.compactMap { ($0["text"] as? [String: Any])?["div"] as? String }.map { try XMLText($0).text }.joined(separator: " ")
    }
}
