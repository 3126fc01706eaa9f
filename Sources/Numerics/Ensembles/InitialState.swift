// Where the draws of an ensemble start.

/// The states at the start of the first segment, before its event.
public enum InitialState: Sendable {
    /// Every draw starts from the same state.
    case same([Double])
    /// A row a draw.
    case each(Matrix)

    /// Numbers a state.
    public var stateCount: Int {
        switch self {
        case .same(let state): state.count
        case .each(let matrix): matrix.columns
        }
    }

    /// How many draws it serves; nil for any.
    var drawCount: Int? {
        switch self {
        case .same: nil
        case .each(let matrix): matrix.rows
        }
    }

    /// All numbers, and how far apart two draws stand in them.
    var flattened: (values: [Double], stride: Int) {
        switch self {
        case .same(let state): (state, 0)
        case .each(let matrix): (matrix.elements, matrix.columns)
        }
    }
}
