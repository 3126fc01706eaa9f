// Takes fields on a grid through explicit steps of fixed length.
import CIntegration

/// Reaction and diffusion in flux form with Heun's method, eight cells of a row at once.
///
/// Second order in space on a smooth field and in time. What one cell loses to a neighbour the neighbour gains, so without a reaction the
/// sum over the tissue is kept to rounding. Stable while step · Dₖ · (sum of a cell's faces) ≤ 1 in every cell; the caller sees to it.
public enum GridIntegrator<System: GridSystem, L: NumberLane> {
    /// Integrates a checked block; the whole work of a kernel.
    @inlinable
    public static func solve(_ block: GridBlock) {
        let run = GridRun<System, L>(block)
        for draw in 0..<Int(block.work.drawCount) {
            run.begin(draw)
            guard run.record(draw, 0) else { continue }
            for number in 0..<Int(block.work.stepCount) where !block.work.isStopped {
                run.predict(block.work.time(number))
                run.correct(block.work.time(number + 1))
                guard !block.work.isRecorded(number + 1) || run.record(draw, number + 1) else { break }
            }
        }
        run.free()
    }
}

/// Fields in the midst of their steps: (field, cell), `size` numbers a field.
@usableFromInline
struct GridRun<System: GridSystem, L: NumberLane> {
    @usableFromInline let block: GridBlock
    @usableFromInline let numbers: FixedStepMemory
    @usableFromInline let lanes: UnsafeMutablePointer<L>
    /// Numbers between two rows and two planes.
    @usableFromInline let row: Int
    @usableFromInline let plane: Int
    @usableFromInline let size: Int

    @inlinable
    init(_ block: GridBlock) {
        self.block = block
        row = Int(block.rowStride)
        plane = row * Int(block.y)
        size = plane * Int(block.z) + 2 * Int(block.margin)
        numbers = FixedStepMemory(count: 3 * System.fieldCount * size)
        lanes = L.allocate(
            2 * System.fieldCount + System.diffusingCount + System.drawParameterCount + System.cellParameterCount)
    }

    @inlinable
    func free() {
        numbers.free()
        lanes.deallocate()
    }

    /// The fields; as predicted at the step's end; with half the step's change.
    @inlinable @inline(__always) var fields: UnsafeMutablePointer<Double> { numbers.base }
    @inlinable @inline(__always) var predicted: UnsafeMutablePointer<Double> { fields + System.fieldCount * size }
    @inlinable @inline(__always) var halfway: UnsafeMutablePointer<Double> { predicted + System.fieldCount * size }

    /// The cells at hand: their fields, rates; the draw's diffusivities; parameters of draw and cells.
    @inlinable @inline(__always) var x: UnsafeMutablePointer<L> { lanes }
    @inlinable @inline(__always) var rate: UnsafeMutablePointer<L> { x + System.fieldCount }
    @inlinable @inline(__always) var diffusivity: UnsafeMutablePointer<L> { rate + System.fieldCount }
    @inlinable @inline(__always) var parameters: UnsafeMutablePointer<L> { diffusivity + System.diffusingCount }

    /// Puts a draw's parameters and the initial fields in place.
    @inlinable
    func begin(_ draw: Int) {
        let own = UnsafeBufferPointer(
            start: block.work.parameters + draw * System.drawParameterCount, count: System.drawParameterCount)
        for p in own.indices { parameters[p] = L(own[p]) }
        for field in 0..<System.diffusingCount { diffusivity[field] = L(System.diffusivity(field: field, parameters: own.span)) }
        for place in 0..<System.fieldCount * size {
            fields[place] = block.initial[place]
            predicted[place] = block.initial[place]
        }
    }

    /// Rates at the start of a step; the fields at its end as they predict them.
    @inlinable @inline(__always)
    func predict(_ time: Double) {
        let (step, half) = (L(block.work.step), L(0.5 * block.work.step))
        walk(fields, time) { place, isOpen, old, rate in
            L.select(isOpen, L.multiplyAdd(step, rate, old), old).store(predicted + place)
            L.multiplyAdd(half, rate, old).store(halfway + place)
        }
    }

    /// Rates at the predicted end; the fields there.
    @inlinable @inline(__always)
    func correct(_ time: Double) {
        let half = L(0.5 * block.work.step)
        walk(predicted, time) { place, isOpen, old, rate in
            L.select(isOpen, L.multiplyAdd(half, rate, L.load(halfway + place)), old).store(fields + place)
        }
    }

    /// Every lane of cells with its rates: tells where each field stands, whether the cells are tissue, the field and its rate.
    @inlinable @inline(__always)
    func walk(_ fields: UnsafeMutablePointer<Double>, _ time: Double, _ body: (Int, L.Mask, L, L) -> Void) {
        for line in 0..<Int(block.y * block.z) {
            if block.work.isStopped { return }
            let first = Int(block.margin) + line * row
            for cell in stride(from: first, to: first + row, by: L.width) {
                evaluate(fields, cell, time)
                let isOpen = L.lessThan(L(0), L.load(block.open + cell))
                for field in 0..<System.fieldCount { body(field * size + cell, isOpen, x[field], rate[field]) }
            }
        }
    }

    @inlinable @inline(__always)
    func evaluate(_ fields: UnsafeMutablePointer<Double>, _ cell: Int, _ time: Double) {
        for field in 0..<System.fieldCount { x[field] = L.load(fields + field * size + cell) }
        for p in 0..<System.cellParameterCount {
            parameters[System.drawParameterCount + p] = L.load(block.cellParameters + p * size + cell)
        }
        var out = written(rate, System.fieldCount).mutableSpan
        System.reaction(
            time: L(time), fields: viewed(x, System.fieldCount).span,
            parameters: viewed(parameters, System.drawParameterCount + System.cellParameterCount).span, into: &out)
        for field in 0..<System.diffusingCount {
            let here = fields + field * size + cell
            var inflow = exchange(here, block.faceX + cell, 1, L(0))
            inflow = exchange(here, block.faceY + cell, row, inflow)
            if block.z > 1 { inflow = exchange(here, block.faceZ + cell, plane, inflow) }
            rate[field] = L.multiplyAdd(diffusivity[field], inflow, rate[field])
        }
    }

    /// What flows in through the two faces across one axis, added to what came through the others.
    @inlinable @inline(__always)
    func exchange(_ here: UnsafeMutablePointer<Double>, _ face: UnsafePointer<Double>, _ apart: Int, _ sum: L) -> L {
        let centre = L.load(here)
        let ahead = L.multiplyAdd(L.load(face), L.load(here + apart) - centre, sum)
        return L.multiplyAdd(L.load(face - apart), L.load(here - apart) - centre, ahead)
    }

    /// Writes the fields after so many steps, without padding; false, and reported, where they are no longer finite.
    @inlinable
    func record(_ draw: Int, _ number: Int) -> Bool {
        let (x, lines) = (Int(block.x), Int(block.y * block.z))
        let count = System.fieldCount * x * lines
        let values = block.work.values + (draw * block.work.recordCount + number / Int(block.work.stride)) * count
        for field in 0..<System.fieldCount {
            for line in 0..<lines {
                let cells = fields + field * size + Int(block.margin) + line * row
                guard (0..<x).allSatisfy({ cells[$0].isFinite }) else {
                    for place in 0..<count { values[place] = .nan }
                    block.work.failed(block.work.receiver, block.work.firstDraw + Int64(draw), block.work.time(number))
                    return false
                }
                for cell in 0..<x { values[(field * lines + line) * x + cell] = cells[cell] }
            }
        }
        return true
    }
}
