// The signatures of a case's decisions, for a sheet or an export.
import Records

extension Board {
    /// The signature of each version of a case's decision, the first first; nil for one from before there were signatures.
    public func signatures(_ item: Int64) throws(BoardError) -> [StoredSignature?] {
        try Self.stored { () throws(StoreError) in try store.signedDecisions(item).map(\.signatures.first) }
    }
}
