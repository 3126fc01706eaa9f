// A scenario as a file of its own, in the words of a meeting file.
import Twins

/// Reads one scenario from TOML: `name`, and `[[intervention]]` tables with `kind` and the fields of its form.
public enum ScenarioFile {
    public static func read(_ path: String) throws(ImportError) -> Scenario { try scenario(TOMLNode.read(path: path).node) }

    public static func parse(_ text: String, file: String) throws(ImportError) -> Scenario {
        try scenario(TOMLNode.parse(text, file: file))
    }

    private static func scenario(_ table: TOMLTableReader) throws(ImportError) -> Scenario {
        try table.allow(["name", "intervention"])
        var interventions: [Intervention] = []
        for intervention in try table.tables("intervention") { interventions.append(try MeetingFile.intervention(intervention)) }
        return Scenario(name: try table.text("name"), interventions: interventions)
    }
}
