// A step program as Swift: one typed constant a line, for the lane that a kernel library is made of.
import Integration

/// The source of a compiled step.
public enum KernelSource {
    /// The file of `struct <type>Step: RosenbrockMethod`, ready for `Sources/Kernels/Generated`.
    public static func file<System: OrdinarySystem>(_ system: System.Type) -> String {
        let program = StepProgram(system)
        let type = "\(system)"
        let prepare = body(program.prepare, "KernelLane.Single", names: \.prepareName)
        let step = body(program.step + program.stage, "KernelLane", names: \.stepName)
        let stepLines = zip(step.places, step.lines).filter { $0.0 < program.step.count }.map(\.1)
        let stageLines = Array(step.lines.dropFirst(stepLines.count))
        var lines = [
            "// The stiff step of \(type), written by KernelWriter from its equations: change those, then run `make kernels`.",
            "import Integration",
            "import Systems",
            "",
            "/// Rodas5P for ``\(type)``: Jacobian, factors without pivoting and the first stage in \(stepLines.count) operations,",
            "/// each of the other seven in \(stageLines.count) beside the sums of those before it.",
            "struct \(type)Step: RosenbrockMethod {",
            "    typealias System = \(type)",
            "    typealias Number = KernelLane",
            "",
            "    var constantCount: Int { \(program.constants.count) }",
            "",
            "    func prepare(",
            "        parameters p: UnsafePointer<KernelLane.Single>, inputs u: UnsafePointer<KernelLane.Single>,",
            "        into c: UnsafeMutablePointer<KernelLane.Single>",
            "    ) {",
        ]
        lines += prepare.lines
        for (place, result) in program.constants.enumerated() { lines.append("        c[\(place)] = \(prepare.names[result])") }
        lines += [
            "    }",
            "",
            "    @inline(never)",
            "    func attempt(_ t: KernelLane, _ h: KernelLane, _ m: LaneMemory<KernelLane>) {",
            "        let (y, c, k, next) = (m.state, m.constants, m.k(0), m.next)",
        ]
        lines += stepLines
        for (state, place) in program.first.enumerated() { lines.append("        k[\(state)] = \(step.names[place])") }
        lines += laterStages(program, states: System.stateCount, stageLines, step.names)
        return (lines + ["    }", "}", ""]).joined(separator: "\n")
    }

    /// The stages after the first, in a loop of which only their sums are spelt out: eight stages one after the other are more instructions
    /// than a core keeps at hand, and it would wait for them rather than for what they compute.
    private static func laterStages(_ program: StepProgram, states: Int, _ body: [String], _ names: [String]) -> [String] {
        var lines = (0..<states).map { "        var (z\($0), w\($0), u\($0)) = (y[\($0)], KernelLane(0), k[\($0)])" }
        let (readsMoment, readsDrift) = (program.stage.contains(.leaf(.moment)), program.stage.contains(.leaf(.drift)))
        if readsMoment { lines.append("        var moment = t") }
        if readsDrift { lines.append("        var drift = h") }
        lines += ["        for stage in 1..<\(RosenbrockTable.stages) {", "            switch stage {"]
        for stage in 1..<RosenbrockTable.stages {
            lines.append(stage < RosenbrockTable.stages - 1 ? "            case \(stage):" : "            default:")
            let (alpha, delta) = (RosenbrockTable.alpha[stage], RosenbrockTable.delta[stage])
            if readsMoment { lines.append("                moment = KernelLane.multiplyAdd(h, KernelLane(\(alpha)), t)") }
            if readsDrift { lines.append("                drift = h * KernelLane(\(delta))") }
            lines += sums(stage, states: states)
        }
        lines.append("            }")
        lines += body.map { "    " + $0 }
        for (state, place) in program.later.enumerated() {
            lines.append("            u\(state) = \(names[place])")
            lines.append("            k[stage * \(states) + \(state)] = u\(state)")
        }
        lines.append("        }")
        return lines + (0..<states).map { "        next[\($0)] = z\($0) + u\($0)" }
    }

    /// A later stage's argument z, and what the stages before it give, w. The last of those is still at hand, u; from the seventh stage on
    /// the argument is the one before and one more u.
    private static func sums(_ stage: Int, states: Int) -> [String] {
        var lines: [String] = []
        func add(_ earlier: Int, _ factor: Double, to sum: String, startingAt start: String?) {
            for state in 0..<states {
                let solved = earlier == stage - 1 ? "u\(state)" : "k[\(earlier * states + state)]"
                let before = earlier > 0 ? "\(sum)\(state)" : start.map { "\($0)[\(state)]" }
                let weight = "KernelLane(\(factor))"
                let value = before.map { "KernelLane.multiplyAdd(\(solved), \(weight), \($0))" } ?? "\(solved) * \(weight)"
                lines.append("                \(sum)\(state) = \(value)")
            }
        }
        for earlier in 0..<stage {
            if stage < RosenbrockTable.a.count { add(earlier, RosenbrockTable.a[stage][earlier], to: "z", startingAt: "y") }
            add(earlier, RosenbrockTable.c[stage][earlier], to: "w", startingAt: nil)
        }
        if stage >= RosenbrockTable.a.count {
            for state in 0..<states { lines.append("                z\(state) = z\(state) + u\(state)") }
        }
        return lines
    }

    /// The file of `struct <type>Series: KineticsSeries`.
    public static func series<System: PartlyLinearSystem>(_ system: System.Type) -> String {
        let program = SeriesProgram(system)
        let (type, states, order) = ("\(system)", System.stateCount, SeriesProgram.order)
        let term = body(program.start + program.term, "KernelLane", names: \.seriesName)
        let startLines = zip(term.places, term.lines).filter { $0.0 < program.start.count }.map(\.1)
        let termLines = Array(term.lines.dropFirst(startLines.count))
        var lines = [
            "// The Taylor series of \(type), written by KernelWriter from its equations: change those, then run `make kernels`.",
            "import Integration",
            "import Systems",
            "",
            "/// Taylor's method for ``\(type)`` with its amounts in closed form: \(startLines.count) operations at the start of a step,",
            "/// \(termLines.count) for each further order beside \(program.sums.count) sums of products of lower ones.",
            "struct \(type)Series: KineticsSeries {",
            "    typealias System = \(type)",
            "    typealias Number = KernelLane",
            "",
            "    static var order: Int { \(order) }",
            "    var slotCount: Int { \(program.slotCount) }",
            "    var readsTime: Bool { \(program.readsTime) }",
            "",
            "    @inline(never)",
            "    func expand(_ m: LaneMemory<KernelLane>) {",
            "        let (y, c, k, s) = (m.state, m.constants, m.k(0), m.slot(0, \(order)))",
        ]
        lines += startLines
        for (state, place) in program.first {
            lines.append("        var x\(state) = \(term.names[place])")
            lines.append("        k[\(state)] = x\(state)")
        }
        lines.append("        for order in 1..<\(order) {")
        lines += program.sums.indices.map { "            var sum\($0) = KernelLane(0)" }
        if !program.sums.isEmpty {
            lines.append("            for j in 1..<order {")
            for (place, sum) in program.sums.enumerated() {
                let (left, right) = (sum.left.coefficient("j", states, order), sum.right.coefficient("(order &- j)", states, order))
                lines.append("                sum\(place) = KernelLane.multiplyAdd(\(left), \(right), sum\(place))")
            }
            lines.append("            }")
        }
        if program.term.contains(.leaf(.part)) { lines.append("            let part = KernelLane(1 / Double(order))") }
        lines.append("            let share = KernelLane(1 / Double(order &+ 1))")
        lines += termLines.map { "    " + $0 }
        for (slot, place) in program.kept.enumerated() {
            lines.append("            s[\((program.givenCount + slot) * order) &+ order] = \(term.names[place])")
        }
        for (state, place) in program.later {
            lines.append("            x\(state) = \(term.names[place])")
            lines.append("            k[order &* \(states) &+ \(state)] = x\(state)")
        }
        return (lines + ["        }", "    }", "}", ""]).joined(separator: "\n")
    }

    /// Lines with the result each of them names, and a name for every result: numbers and leaves stand where they are read.
    private static func body(
        _ program: [Instruction], _ type: String, names leafName: KeyPath<Leaf, String>
    ) -> (lines: [String], places: [Int], names: [String]) {
        var lines: [String] = []
        var places: [Int] = []
        var names: [String] = []
        for (place, instruction) in program.enumerated() {
            switch instruction {
            case .number(let bits): names.append("\(type)(\(Double(bitPattern: bits)))")
            case .leaf(let leaf): names.append(leaf[keyPath: leafName])
            default:
                let isMask = instruction.isMask
                names.append("v\(place)")
                places.append(place)
                let declared = isMask ? "\(type).Mask" : type
                lines.append("        let v\(place): \(declared) = \(expression(instruction, names, type))")
            }
        }
        return (lines, places, names)
    }

    private static func expression(_ instruction: Instruction, _ n: [String], _ type: String) -> String {
        switch instruction {
        case .number, .leaf: ""
        case .add(let a, let b): "\(n[a]) + \(n[b])"
        case .subtract(let a, let b): "\(n[a]) - \(n[b])"
        case .multiply(let a, let b): "\(n[a]) * \(n[b])"
        case .divide(let a, let b): "\(n[a]) / \(n[b])"
        // A prefix minus would be ambiguous where the lane is a plain SIMD8<Double>.
        case .negate(let a): "\(type)(-0.0) - \(n[a])"
        case .multiplyAdd(let a, let b, let c): "\(type).multiplyAdd(\(n[a]), \(n[b]), \(n[c]))"
        case .subtractProduct(let a, let b, let c): "\(type).subtractProduct(\(n[a]), \(n[b]), from: \(n[c]))"
        case .multiplySubtract(let a, let b, let c): "\(type).multiplySubtract(\(n[a]), \(n[b]), \(n[c]))"
        case .exp(let a): "\(n[a]).exp()"
        case .log(let a): "\(n[a]).log()"
        case .root(let a): "\(n[a]).squareRoot()"
        case .magnitude(let a): "\(n[a]).magnitude"
        case .lessThan(let a, let b): "\(type).lessThan(\(n[a]), \(n[b]))"
        case .lessOrEqual(let a, let b): "\(type).lessOrEqual(\(n[a]), \(n[b]))"
        case .both(let a, let b): "\(type).both(\(n[a]), \(n[b]))"
        case .firstOnly(let a, let b): "\(type).firstOnly(\(n[a]), \(n[b]))"
        case .select(let mask, let a, let b): "\(type).select(\(n[mask]), \(n[a]), \(n[b]))"
        }
    }
}

extension Instruction {
    fileprivate var isMask: Bool {
        switch self {
        case .lessThan, .lessOrEqual, .both, .firstOnly: true
        default: false
        }
    }
}

extension Leaf {
    fileprivate var prepareName: String {
        switch self {
        case .parameter(let index): "p[\(index)]"
        case .input(let index): "u[\(index)]"
        default: "unreadable"
        }
    }

    fileprivate var stepName: String {
        switch self {
        case .time: "t"
        case .step: "h"
        case .state(let index): "y[\(index)]"
        case .constant(let index): "c[\(index)]"
        case .argument(let index): "z\(index)"
        case .past(let index): "w\(index)"
        case .moment: "moment"
        case .drift: "drift"
        default: "unreadable"
        }
    }

    fileprivate var seriesName: String {
        switch self {
        case .state(let index): "y[\(index)]"
        case .constant(let index): "c[\(index)]"
        case .givenStart(let index): "s[\(index * SeriesProgram.order)]"
        case .given(let index): "s[\(index * SeriesProgram.order) &+ order]"
        case .term(let index): "x\(index)"
        case .sum(let index): "sum\(index)"
        case .order: "KernelLane(Double(order))"
        case .part: "part"
        case .share: "share"
        default: "unreadable"
        }
    }
}

extension SeriesBuilder.Series {
    /// Where a coefficient of a power of at least one stands.
    fileprivate func coefficient(_ power: String, _ states: Int, _ order: Int) -> String {
        switch self {
        case .state(let index): "k[(\(power) &- 1) &* \(states) &+ \(index)]"
        case .slot(let index): "s[\(index * order) &+ \(power)]"
        }
    }
}
