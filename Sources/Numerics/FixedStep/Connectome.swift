// Who is coupled to whom, how strongly, and how late.
import Integration

/// The edges of a network.
public struct Connectome: Sendable, Hashable {
    /// What node `to` hears of node `from`.
    public struct Edge: Sendable, Hashable {
        public var from: Int
        public var to: Int
        public var weight: Double
        /// In the model's time; 0 for at once.
        public var delay: Double

        public init(from: Int, to: Int, weight: Double, delay: Double = 0) {
            self.from = from
            self.to = to
            self.weight = weight
            self.delay = delay
        }
    }

    public let nodeCount: Int
    /// By receiver, then sender; edges between the same two stay in the order given.
    public let edges: [Edge]

    /// - Throws: ``FixedStepError/badEdge(index:)``, ``FixedStepError/wrongCount(of:expected:found:)`` for less than one node.
    public init(nodeCount: Int, edges: [Edge]) throws(FixedStepError) {
        guard nodeCount > 0 else { throw .wrongCount(of: .nodes, expected: 1, found: nodeCount) }
        let nodes = 0..<nodeCount
        for (index, edge) in edges.enumerated() {
            guard nodes.contains(edge.from), nodes.contains(edge.to), edge.weight.isFinite, edge.delay.isFinite, edge.delay >= 0 else {
                throw .badEdge(index: index)
            }
        }
        self.nodeCount = nodeCount
        let order = edges.indices.sorted { (edges[$0].to, edges[$0].from, $0) < (edges[$1].to, edges[$1].from, $1) }
        self.edges = order.map { edges[$0] }
    }

    /// From square tables: row = receiver, column = sender. Weights of 0 are no edges. Delays: nil for none.
    public init(weights: Matrix, delays: Matrix? = nil) throws(FixedStepError) {
        let count = weights.rows
        for table in [weights, delays ?? weights] where table.rows != count || table.columns != count {
            throw .wrongCount(of: .nodes, expected: count, found: table.rows == count ? table.columns : table.rows)
        }
        var edges: [Edge] = []
        for to in 0..<count {
            for from in 0..<count where weights[to, from] != 0 {
                edges.append(Edge(from: from, to: to, weight: weights[to, from], delay: delays?[to, from] ?? 0))
            }
        }
        try self.init(nodeCount: count, edges: edges)
    }
}

/// A connectome laid out for eight receivers at once, its delays in steps.
struct ConnectomeRows: Sendable {
    /// Row `groupStarts[g] ..< groupStarts[g + 1]` are the edges into nodes 8g ..< 8g + 8; see `NetworkBlock`.
    var groupStarts: [Int64] = [0]
    var weights: [Double] = []
    var sources: [Int32] = []
    var delays: [Int32] = []
    var longestDelay = 0

    /// Delays are rounded to whole steps: below half a step an edge acts at once.
    ///
    /// Where eight receivers hear nearly the same senders (dense tables), a row belongs to one sender, and missing edges weigh 0: without
    /// delays its signal is then read once for all. Otherwise each receiver's edges are packed one after the other.
    init(_ connectome: Connectome, step: Double) {
        var start = 0
        for group in 0..<(connectome.nodeCount + 7) / 8 {
            var lists = [[Connectome.Edge]](repeating: [], count: 8)
            while start < connectome.edges.count, connectome.edges[start].to < 8 * (group + 1) {
                lists[connectome.edges[start].to - 8 * group].append(connectome.edges[start])
                start += 1
            }
            let longest = lists.map(\.count).max() ?? 0
            let senders = Set(lists.joined().map(\.from)).sorted()
            let isOnce = lists.allSatisfy { Set($0.map(\.from)).count == $0.count }
            if isOnce, senders.count <= longest + longest / 4 + 1 {
                for sender in senders { append(lists.map { list in list.first { $0.from == sender } }, step) }
            } else {
                for row in 0..<longest { append(lists.map { row < $0.count ? $0[row] : nil }, step) }
            }
            groupStarts.append(Int64(weights.count / 8))
        }
        // One row that belongs to no group: the arrays are never empty.
        append([Connectome.Edge?](repeating: nil, count: 8), step)
    }

    /// A row of up to eight edges; places without one repeat the first with weight 0.
    private mutating func append(_ row: [Connectome.Edge?], _ step: Double) {
        let filler = row.compactMap { $0 }.first
        for edge in row {
            let delay = (((edge ?? filler)?.delay ?? 0) / step).rounded()
            weights.append(edge?.weight ?? 0)
            sources.append(Int32((edge ?? filler)?.from ?? 0))
            delays.append(Int32(min(delay, 1e9)))
            longestDelay = max(longestDelay, Int(min(delay, 1e9)))
        }
    }
}
