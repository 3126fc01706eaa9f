// The key that writes the decision sheet: asks for it after what is typed is saved, and says where it went.
import Meetings
import Surface
import Testing

@testable import Workstation

@Suite("Writing the sheet from the Decision screen")
struct SheetExportTests {
    @Test("w saves what is still a draft, then asks for the sheet of the open case")
    func key() throws {
        var state = Fixture.state(route: .decision)
        state.open?.decisionDraft.reason = "Response"
        state.open?.decisionIsUnsaved = true
        let effects = Update.apply(.key(.character("w")), to: &state)
        guard effects.count == 2, case .saveDecisionDraft = effects[0], case .exportSheet(let item) = effects[1] else {
            Issue.record("\(effects)")
            return
        }
        #expect(item.patient == "CRC-0147")
        #expect(state.message?.text == "Writing the sheet of CRC-0147")
    }

    @Test("The palette has it under its words, on the Decision screen alone")
    func palette() {
        #expect(Palette.matches("decision sheet", in: Keymap.actions(on: .decision)).map(\.action) == [.exportSheet])
        #expect(Palette.matches("decision sheet", in: Keymap.actions(on: .compare)).isEmpty)
        #expect(Keymap.action(for: .character("w"), on: .compare) == nil)
    }

    @Test("What was written stands in one line of the smallest screen; what was not is said", arguments: [Capability.full, .ascii])
    func answer(capability: Capability) {
        var state = Fixture.state(
            size: Size(columns: 80, rows: 24), route: .decision, look: Look(theme: Theme.builtIn[0], capability: capability))
        let name = "liver-2026-11-26-CRC-0147-draft-2"
        _ = Update.apply(.sheetExported(item: 1, files: [name + ".md", name + ".html", name + ".pdf"], left: []), to: &state)
        #expect(View.draw(state).frame.text.contains("Sheet written: sheets/\(name).md .html .pdf"))
        #expect(state.message?.tone == .good)
        _ = Update.apply(
            .sheetExported(item: 1, files: [name + ".md", name + ".html"], left: ["no PDF: weasyprint is missing"]), to: &state)
        #expect(state.message?.text.hasSuffix("; no PDF: weasyprint is missing") == true && state.message?.tone == .warning)
        _ = Update.apply(.sheetExported(item: 1, files: [], left: ["the sheet was not written: no room"]), to: &state)
        #expect(state.message?.tone == .danger)
        state.message = nil
        _ = Update.apply(.sheetExported(item: 2, files: [name], left: []), to: &state)
        #expect(state.message == nil, "another case's")
    }
}
