// A method that counts the steps it is asked to try: what is multiplied by a step's operations to know a kernel's.

import Numerics
import Synchronization

/// Any method on one number at a time.
struct CountedMethod<Method: StepMethod>: StepMethod where Method.Number.Single == Method.Number {
    final class Count: Sendable { let attempts = Atomic(0) }

    let method: Method
    let count = Count()

    typealias System = Method.System
    typealias Number = Method.Number

    init(_ method: Method) { self.method = method }

    var stageCount: Int { method.stageCount }
    var errorStage: Int { method.errorStage }
    var lastRate: Int? { method.lastRate }
    var constantCount: Int { method.constantCount }
    var errorWeight: Double { method.errorWeight }

    func prepare(
        parameters: UnsafePointer<Number.Single>, inputs: UnsafePointer<Number.Single>, into constants: UnsafeMutablePointer<Number.Single>
    ) { method.prepare(parameters: parameters, inputs: inputs, into: constants) }

    func attempt(_ time: Number, _ step: Number, _ memory: LaneMemory<Number>) {
        count.attempts.add(1, ordering: .relaxed)
        method.attempt(time, step, memory)
    }

    func shape(_ step: Number, _ memory: LaneMemory<Number>) { method.shape(step, memory) }

    func read(
        _ fraction: Number, _ step: Number, _ memory: LaneMemory<Number>, _ kept: KeptBits, into state: UnsafeMutablePointer<Number>
    ) { method.read(fraction, step, memory, kept, into: state) }
}
