// A step program as Swift: one typed constant a line, for the lane that a kernel library is made of.
import Integration

/// The source of a compiled step.
public enum KernelSource {
    /// The file of `struct <type>Step: RosenbrockMethod`, ready for `Sources/Kernels/Generated`.
    public static func file<System: OrdinarySystem>(_ system: System.Type) -> String {
        let program = StepProgram(system)
        let type = "\(system)"
        let prepare = body(program.prepare, "KernelLane.Single", names: \.prepareName)
        let step = body(program.step, "KernelLane", names: \.stepName)
        var lines = [
            "// The stiff step of \(type), written by KernelWriter from its equations: change those, then run `make kernels`.",
            "import Integration",
            "import Systems",
            "",
            "/// Rodas5P for ``\(type)``: Jacobian, factors without pivoting and eight stages, \(program.step.count) operations.",
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
        var stored: [Int: [String]] = [:]
        for (stage, places) in program.stages.enumerated() {
            for (state, place) in places.enumerated() {
                stored[place, default: []].append("        k[\(stage * System.stateCount + state)] = \(step.names[place])")
            }
        }
        for (place, line) in zip(step.places, step.lines) { lines += [line] + (stored.removeValue(forKey: place) ?? []) }
        for place in stored.keys.sorted() { lines += stored[place] ?? [] }
        for (state, place) in program.next.enumerated() { lines.append("        next[\(state)] = \(step.names[place])") }
        return (lines + ["    }", "}", ""]).joined(separator: "\n")
    }

    /// The file of `struct <type>Series: KineticsSeries`.
    public static func series<System: PartlyLinearSystem>(_ system: System.Type) -> String {
        let program = SeriesProgram(system)
        let type = "\(system)"
        let step = body(program.step, "KernelLane", names: \.stepName)
        var lines = [
            "// The Taylor series of \(type), written by KernelWriter from its equations: change those, then run `make kernels`.",
            "import Integration",
            "import Systems",
            "",
            "/// Taylor's method for ``\(type)`` with its amounts in closed form, \(program.step.count) operations.",
            "struct \(type)Series: KineticsSeries {",
            "    typealias System = \(type)",
            "    typealias Number = KernelLane",
            "",
            "    static var order: Int { \(SeriesProgram.order) }",
            "",
            "    @inline(never)",
            "    func expand(_ t: KernelLane, _ m: LaneMemory<KernelLane>) {",
            "        let (y, c, k) = (m.state, m.constants, m.k(0))",
        ]
        var stored: [Int: [String]] = [:]
        for (power, places) in program.coefficients.enumerated() {
            for (state, place) in places.sorted(by: { $0.key < $1.key }) {
                stored[place, default: []].append("        k[\(power * System.stateCount + state)] = \(step.names[place])")
            }
        }
        for (place, line) in zip(step.places, step.lines) { lines += [line] + (stored.removeValue(forKey: place) ?? []) }
        for place in stored.keys.sorted() { lines += stored[place] ?? [] }
        return (lines + ["    }", "}", ""]).joined(separator: "\n")
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
        case .time, .step, .state, .constant: "unreadable"
        }
    }

    fileprivate var stepName: String {
        switch self {
        case .time: "t"
        case .step: "h"
        case .state(let index): "y[\(index)]"
        case .constant(let index): "c[\(index)]"
        case .parameter, .input: "unreadable"
        }
    }
}
