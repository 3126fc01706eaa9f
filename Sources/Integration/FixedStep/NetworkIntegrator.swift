// Takes a network through steps of fixed length.
import CIntegration

/// Euler's, Heun's and Runge and Kutta's methods for coupled nodes, eight nodes at once.
///
/// - Invariant N10: a node's numbers do not depend on the lane's width, nor on how many nodes it is not coupled to. The terms of a coupling
///   are added edge by edge in the order of the block's rows.
/// - Delays are whole steps. Heun's corrector and Runge and Kutta's last stage read what was sent one step later than the first stage;
///   the middle stages read the cubic that the past steps' ends and rates determine. So the order is kept with delays (Bellen and Zennaro
///   2003, Numerical Methods for Delay Differential Equations, chapter 5).
/// - An edge without delay reads what its sender would send at the stage.
public enum NetworkIntegrator<System: NetworkSystem, L: NumberLane> {
    /// Integrates a checked block; the whole work of a kernel. Runge and Kutta's method leaves the noise out.
    @inlinable
    public static func solve(_ block: NetworkBlock, _ scheme: FixedStepScheme) {
        let run = NetworkRun<System, L>(block)
        for draw in 0..<Int(block.work.drawCount) {
            run.begin(draw)
            guard run.record(draw, 0) else { continue }
            for number in 0..<Int(block.work.stepCount) where !block.work.isStopped {
                switch scheme {
                case .eulerMaruyama: run.euler(draw, number)
                case .heun: run.heun(draw, number)
                case .rungeKutta4: run.rungeKutta(number)
                }
                guard !block.work.isRecorded(number + 1) || run.record(draw, number + 1) else { break }
            }
        }
        run.free()
    }
}
