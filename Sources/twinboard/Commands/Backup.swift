// `backup`: a whole copy of the store, to be put in its place when the disk has failed.
import ArgumentParser
import Records

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a whole copy of the store, while others go on working. The copy can be opened like the store itself.",
        discussion: """
            The copy is for its owner alone to read, and holds all that the store holds: names and letters too. A file that is there
            already is never overwritten. To restore, close every twinboard and put the copy in the store's place.
            """)
    @OptionGroup var source: StoreOption
    @Argument(help: "The file to write; it must not exist.") var file: String

    func run() throws {
        try reporting {
            let store = try source.open()
            try store.backup(to: file, actor: Environment.person)
            Output.note("\(file): a copy of \(store.path), log up to \(try store.ledgerHead().short)")
        }
    }
}
