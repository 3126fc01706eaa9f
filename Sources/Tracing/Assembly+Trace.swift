// Formulas into instructions, with other results in the place of their leaves.

extension Assembly {
    /// What stands for the leaves, and what has been placed for it already.
    struct Setting {
        var time: Int
        var state: [Int]
        fileprivate var placed: [ObjectIdentifier: Int] = [:]

        init(time: Int, state: [Int]) {
            self.time = time
            self.state = state
        }
    }

    /// The result of a formula in a setting.
    mutating func place(_ node: Node, in setting: inout Setting) -> Int {
        if let place = setting.placed[ObjectIdentifier(node)] { return place }
        let place = placeAnew(node, in: &setting)
        setting.placed[ObjectIdentifier(node)] = place
        return place
    }

    private mutating func placeAnew(_ node: Node, in setting: inout Setting) -> Int {
        func pair(_ a: Node, _ b: Node, _ assembly: inout Assembly, _ setting: inout Setting) -> (Int, Int) {
            let first = assembly.place(a, in: &setting)
            return (first, assembly.place(b, in: &setting))
        }
        switch node.operation {
        case .number(let value): return number(value)
        case .leaf(.time): return setting.time
        case .leaf(.state(let index)): return setting.state[index]
        case .leaf(let other): return leaf(other)
        case .exp(let a): return exp(place(a, in: &setting))
        case .log(let a): return log(place(a, in: &setting))
        case .root(let a): return root(place(a, in: &setting))
        case .magnitude(let a): return magnitude(place(a, in: &setting))
        case .add(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return add(x, y)
        case .subtract(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return subtract(x, y)
        case .multiply(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return multiply(x, y)
        case .divide(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return divide(x, y)
        case .lessThan(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return lessThan(x, y)
        case .lessOrEqual(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return lessOrEqual(x, y)
        case .both(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return both(x, y)
        case .firstOnly(let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return firstOnly(x, y)
        case .select(let mask, let a, let b):
            let (x, y) = pair(a, b, &self, &setting)
            return select(place(mask, in: &setting), x, y)
        }
    }
}
