// Letters: the plain text of a DocumentReference.

import Records
import Twins

extension FHIRResource {
    mutating func document() throws(Refusal) -> Outcome {
        let status = try status()
        if status == "entered-in-error" { return .left("was entered in error") }
        if status == "superseded" { return .left("was superseded by another letter") }
        let subject = try subject()
        guard let contents = object["content"]?.array, !contents.isEmpty else { throw Refusal("content", "a letter without content") }
        let day = try date(object["date"], at: "date")
        let category = object["type"].flatMap { $0["text"]?.string ?? $0["coding"]?[0]?["display"]?.string } ?? ""
        var items: [Item] = []
        var reason = ""
        for (index, content) in contents.enumerated() {
            let path = "content[\(index)].attachment"
            let attachment = content["attachment"]
            let kind = attachment?["contentType"]?.string ?? "no type"
            guard kind == "text/plain" || kind.hasPrefix("text/plain;") else {
                reason = "its content (\(kind)) is not plain text"
                continue
            }
            guard let data = attachment?["data"]?.string else {
                reason = attachment?["url"] == nil ? "has no text" : "its text is behind a link, and nothing is fetched"
                continue
            }
            guard let bytes = Base64.decode(data) else { throw Refusal(path + ".data", "is not base64") }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal(path + ".data", "is not UTF-8 text") }
            let created = try date(attachment?["creation"], at: path + ".creation")
            let title = attachment?["title"]?.string ?? object["description"]?.string ?? (category.isEmpty ? "Letter" : category)
            items.append(
                .document(
                    ImportDocument(
                        source: source(part: index == 0 ? "" : String(index)), title: title, category: category,
                        time: (day ?? created)?.instant, text: text)))
        }
        return items.isEmpty ? .left(reason) : .items(subject: subject, items)
    }
}
