"""Writes the reference solutions and LSODA's errors that the solver's verification is held against: verification.py, beside this file.

Each reference is computed in two independent ways, and held against the published end values where there are any; README.md beside it says
how far they agree. LSODA is numbalsoda's, compiled. Run it with the environment of scripts/bench-peers; some minutes.
"""

from decimal import Decimal, getcontext
from pathlib import Path

import numba
import numpy
from numbalsoda import lsoda, lsoda_sig
from scipy.integrate import solve_ivp

getcontext().prec = 40
LONG = numpy.longdouble
TOLERANCES = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9]
STAGES = 9


class Robertson:
    name, start, share = "robertson", [1.0, 0.0, 0.0], 1e-6
    outputs = [0.4, 4.0, 40.0, 400.0, 4e3, 4e4, 4e5]
    # Mazzia and Magherini (2008), Test Set for IVP Solvers 2.4, ROBER: the end at 1e11.
    beyond = (1e11, [0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050])

    @staticmethod
    def slope(y, d):
        d[0] = -0.04 * y[0] + 1e4 * y[1] * y[2]
        d[2] = 3e7 * y[1] * y[1]
        d[1] = -d[0] - d[2]

    @staticmethod
    def jacobian(y):
        first = [-0.04, 1e4 * y[2], 1e4 * y[1]]
        last = [0, 6e7 * y[1], 0]
        return numpy.array([first, [-a - b for a, b in zip(first, last)], last], float)


class Hires:
    name, start, share = "hires", [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057], 1e-4
    outputs = [10.0 * i for i in range(1, 33)] + [321.8122]
    # The same, HIRES.
    published = [
        0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2, 0.2386356198831331e-2,
        0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
    ]  # fmt: skip

    @staticmethod
    def slope(y, d):
        met = 280 * y[5] * y[7]
        d[0] = -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007
        d[1] = 1.71 * y[0] - 8.75 * y[1]
        d[2] = -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4]
        d[3] = 8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3]
        d[4] = -1.745 * y[4] + 0.43 * (y[5] + y[6])
        d[5] = -met + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6]
        d[6] = met - 1.81 * y[6]
        d[7] = -d[6]

    @staticmethod
    def jacobian(y):
        j = numpy.zeros((8, 8))
        j[0, :3], j[0, 0] = [0, 0.43, 8.32], -1.71
        j[1, :2] = [1.71, -8.75]
        j[2, 2:5] = [-10.03, 0.43, 0.035]
        j[3, 1:4] = [8.32, 1.71, -1.12]
        j[4, 4:7] = [-1.745, 0.43, 0.43]
        j[5, 3:] = [0.69, 1.71, -0.43 - 280 * y[7], 0.69, -280 * y[5]]
        j[6, 5:] = [280 * y[7], -1.81, 280 * y[5]]
        j[7] = -j[6]
        return j


class VanDerPol:
    name, start, share = "van-der-pol", [2.0, 0.0], 1.0
    outputs = [0.25 * i for i in range(1, 9)]
    # The same, VDPOL with epsilon 1e-6.
    published = [0.1706167732170483e1, -0.8928097010247975]

    @staticmethod
    def slope(y, d):
        d[0] = y[1]
        d[1] = ((1 - y[0] * y[0]) * y[1] - y[0]) * 1e6

    @staticmethod
    def jacobian(y):
        return numpy.array([[0, 1], [(-2 * y[0] * y[1] - 1) * 1e6, (1 - y[0] * y[0]) * 1e6]], float)


class LotkaVolterra:
    name, start, share = "lotka-volterra", [1.0, 1.0], 1.0
    outputs = [0.4 * i for i in range(1, 51)]

    @staticmethod
    def slope(y, d):
        d[0] = 1.5 * y[0] - y[0] * y[1]
        d[1] = y[0] * y[1] - 3 * y[1]


def rate(problem):
    def f(t, y):
        d = numpy.empty_like(y)
        problem.slope(y, d)
        return d

    return f


def taylor(problem):
    """Lotka and Volterra's equations by Taylor series of degree 30 in 40 decimal digits."""
    y, found, steps = [Decimal(v) for v in problem.start], [], 20
    for begin, end in zip([0.0, *problem.outputs], problem.outputs):
        h = (Decimal(end) - Decimal(begin)) / steps
        for _ in range(steps):
            prey, hunter = [y[0]], [y[1]]
            for k in range(30):
                met = sum(prey[i] * hunter[k - i] for i in range(k + 1))
                prey.append((Decimal("1.5") * prey[k] - met) / (k + 1))
                hunter.append((met - 3 * hunter[k]) / (k + 1))
            y = [sum(c * h**i for i, c in enumerate(series)) for series in (prey, hunter)]
        found.append([float(v) for v in y])
    return numpy.array(found)


def radau():
    """Nodes and matrix of Radau IIA's method of order 17, from 40 decimal digits."""
    n = STAGES

    def polynomial(x):  # P_n-1 - P_n of Legendre at 2x - 1: zero at the nodes
        z, before, now = 2 * x - 1, Decimal(1), 2 * x - 1
        for k in range(1, n):
            before, now = now, ((2 * k + 1) * z * now - k * before) / (k + 1)
        return now - before

    grid = [polynomial(Decimal(i) / 2000) for i in range(2000)]
    nodes = []
    for i in range(1999):
        if grid[i] * grid[i + 1] < 0:
            low, high = Decimal(i) / 2000, Decimal(i + 1) / 2000
            for _ in range(130):
                middle = (low + high) / 2
                low, high = (middle, high) if polynomial(middle) * grid[i] > 0 else (low, middle)
            nodes.append(low)
    nodes.append(Decimal(1))
    # Row by row: sum over j of a[i][j] nodes[j]^k = nodes[i]^(k+1) / (k+1).
    matrix = []
    for c in nodes:
        rows = [[x**k for x in nodes] + [c ** (k + 1) / (k + 1)] for k in range(n)]
        for k in range(n):
            pivot = max(range(k, n), key=lambda r: abs(rows[r][k]))
            rows[k], rows[pivot] = rows[pivot], rows[k]
            for r in range(n):
                if r != k:
                    factor = rows[r][k] / rows[k][k]
                    rows[r] = [a - factor * b for a, b in zip(rows[r], rows[k])]
        matrix.append([rows[k][n] / rows[k][k] for k in range(n)])
    return [LONG(str(c)) for c in nodes], numpy.array([[LONG(str(a)) for a in row] for row in matrix])


def collocation(problem, outputs, steps_each):
    """Radau IIA of order 17 in 80-bit arithmetic on each step of a coarse run of scipy's, cut further in `steps_each`."""
    nodes, matrix = radau()
    n, f = len(problem.start), rate(problem)
    coarse = solve_ivp(f, (0, outputs[-1]), problem.start, "Radau", rtol=1e-6, atol=1e-6 * problem.share, jac=lambda t, y: problem.jacobian(y))
    times = sorted({*coarse.t, *outputs, 0.0})
    y, found = numpy.array(problem.start, LONG), {}
    for begin, end in zip(times, times[1:]):
        h = (LONG(end) - LONG(begin)) / steps_each
        for _ in range(steps_each):
            stages = numpy.tile(y, (STAGES, 1))
            for trial in range(60):
                slopes = numpy.empty_like(stages)
                for stage, slope in zip(stages, slopes):
                    problem.slope(stage, slope)
                rest = y + h * (matrix @ slopes) - stages
                system = numpy.eye(STAGES * n)
                for j in range(STAGES):
                    block = problem.jacobian(stages[j])
                    for i in range(STAGES):
                        system[i * n : i * n + n, j * n : j * n + n] -= float(h * matrix[i, j]) * block
                # Each correction loses nothing: it is computed in doubles from a rest in 80 bits, and the rest is computed anew.
                change = numpy.linalg.solve(system, rest.astype(float).ravel()).reshape(STAGES, n)
                stages = stages + change
                if numpy.all(numpy.abs(change) <= 1e-18 * numpy.abs(stages) + 1e-26):
                    break
            else:
                if numpy.any(numpy.abs(change) > 1e-15 * numpy.abs(stages) + 1e-22):
                    raise SystemExit(f"{problem.name}: no solution at {begin}")
            y = stages[-1]
        found[end] = y
    return numpy.array([found[t] for t in outputs]).astype(float)


def second(problem):
    """scipy's solution at its tightest."""
    stiff = hasattr(problem, "jacobian")
    more = {"jac": lambda t, y: problem.jacobian(y)} if stiff else {}
    # Stopped at each output: a reading between steps has only the interpolant's order.
    found, y, begin = [], problem.start, 0.0
    for end in problem.outputs:
        part = solve_ivp(rate(problem), (begin, end), y, "Radau" if stiff else "DOP853", rtol=1e-13, atol=1e-13 * problem.share, **more)
        y, begin = part.y[:, -1], end
        found.append(y)
    return numpy.array(found)


def lsoda_errors(problem, reference):
    slope, n = numba.njit(problem.slope), len(problem.start)

    @numba.cfunc(lsoda_sig)
    def equations(t, y, d, p):
        slope(numba.carray(y, (n,)), numba.carray(d, (n,)))

    times = numpy.array([0.0, *problem.outputs])
    errors = []
    for tolerance in TOLERANCES:
        found, succeeded = lsoda(
            equations.address, numpy.array(problem.start), times, numpy.zeros(1), tolerance, tolerance * problem.share, 10_000_000
        )
        if not succeeded:
            raise SystemExit(f"LSODA fails on {problem.name} at {tolerance}")
        errors.append(greatest(found[1:], reference))
    return errors


def greatest(found, reference):
    """The greatest relative difference over outputs and states."""
    return float(numpy.max(numpy.abs(found - reference) / numpy.abs(reference)))


def main():
    folder = Path(__file__).resolve().parent
    solutions, errors = ["problem,time,state,value"], ["problem,relative,absolute,lsoda"]
    for problem in (Robertson, Hires, VanDerPol, LotkaVolterra):
        if problem is LotkaVolterra:
            reference = taylor(problem)
            print(problem.name, "Taylor series and DOP853 differ by", greatest(second(problem), reference))
        else:
            reference = collocation(problem, problem.outputs, 1)
            print(problem.name, "collocation on steps cut in two differs by", greatest(collocation(problem, problem.outputs, 2), reference))
            print(problem.name, "collocation and scipy's Radau differ by", greatest(second(problem), reference))
            if hasattr(problem, "published"):
                print(problem.name, "from the published end it differs by", greatest(reference[-1], numpy.array(problem.published)))
            else:
                end, published = problem.beyond
                print(problem.name, f"from the published end at {end:g} it differs by", greatest(collocation(problem, [end], 1), numpy.array([published])))
        for time, states in zip(problem.outputs, reference):
            solutions += [f"{problem.name},{time!r},{state},{float(value)!r}" for state, value in enumerate(states)]
        for tolerance, error in zip(TOLERANCES, lsoda_errors(problem, reference)):
            errors.append(f"{problem.name},{tolerance:g},{tolerance * problem.share:g},{error:.4g}")
    (folder / "verification-solutions.csv").write_text("\n".join(solutions) + "\n")
    (folder / "verification-lsoda.csv").write_text("\n".join(errors) + "\n")


if __name__ == "__main__":
    main()
