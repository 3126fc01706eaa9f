// `signature`: a decision and what signs it, as files that minisign and sha256sum can check without twinboard.
import ArgumentParser
import Foundation
import Records
import Surface

struct Signature: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a patient's signed decisions with signatures and public keys, for minisign -V and sha256sum.",
        discussion: """
            For each version: NAME.txt (what is signed), NAME.txt.minisig, NAME.pub, NAME.json (the decision) and NAME.content (the bytes
            of content_sha256). Then, without twinboard: minisign -V -p NAME.pub -m NAME.txt, and sha256sum NAME.json NAME.content.
            docs/trust.md walks through it.
            """)
    @OptionGroup var source: StoreOption
    @Argument(help: "The patient's pseudonym.") var patient: String
    @Option(help: "The meeting; default: the patient's last one.") var meeting: String?
    @Option(help: "The folder to write to, made where it is missing; no file in it is written over.") var output: String

    func run() throws {
        try reporting {
            let desk = Desk(try source.open())
            let items = try desk.board.items(patient: patient)
            guard let item = meeting.map({ id in items.first { $0.meeting == id } }) ?? items.first else {
                throw CommandFailure.noSuch("\(patient) is on no agenda" + (meeting.map { " of the meeting «\($0)»" } ?? ""))
            }
            let decisions = try desk.store.signedDecisions(item.id)
            guard !decisions.isEmpty else { throw CommandFailure.noSuch("the case of \(patient) has no signed decision") }
            _ = try desk.store.note(.export, actor: desk.actor, patient: patient, categories: .record, detail: ["signatures": "\(item.id)"])
            try NewFile.folder(output)
            for signed in decisions {
                let name = "decision-\(signed.decision.id)-v\(signed.decision.version)"
                let base = output + "/" + name
                try NewFile.write(signed.decision.body, to: base + ".json")
                try NewFile.write(signed.content, to: base + ".content")
                guard let signature = signed.signatures.first else {
                    Output.line("\(name): unsigned (before signing existed)")
                    continue
                }
                try NewFile.write(signature.message, to: base + ".txt")
                try NewFile.write(signature.text, to: base + ".txt.minisig")
                try NewFile.write(signature.key.text, to: base + ".pub")
                Output.line("\(name): signed by \(signature.signer), key \(signature.key.name)")
            }
        }
    }
}
