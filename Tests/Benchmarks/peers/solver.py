"""Measures LSODA (numbalsoda) and libRoadRunner on the stiff workloads: solver.py FOLDER.

One core; processor time. Answers each line «WORKLOAD PEER» on standard input with one line of JSON (README.md says its shape), so that
whoever compares can measure itself in between.
The equations are those of models.hpp, the outputs, segments and scores too. Each peer is given what its users would give it: LSODA compiled
equations and a restart at each dose, RoadRunner events, and both the absolute tolerance that serves them best.
"""

import contextlib
import ctypes
import importlib.metadata
import json
import os
import sys
import time
from pathlib import Path

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import antimony  # noqa: E402  (after the affinity: some libraries count the cores when they are loaded)
import numba  # noqa: E402
import numpy  # noqa: E402
import roadrunner  # noqa: E402
from numbalsoda import lsoda, lsoda_sig  # noqa: E402

TOLERANCES = [1e-4, 1e-5, 1e-6, 1e-7, 1e-8]


class Friberg:
    name, states, parameters = "friberg", 8, 10
    outputs = 24.0 * numpy.arange(1, 127)
    segments = [
        segment for cycle in range(6) for segment in ((504.0 * cycle, 504.0 * cycle + 1, 222.8), (504.0 * cycle + 1, 504.0 * cycle + 504, 0.0))
    ]
    scored, floor = slice(3, 8), 1e-3
    state_names = ["A1", "A2", "A3", "P", "T1", "T2", "T3", "C"]
    parameter_names = ["CL", "V1", "k12", "k21", "k13", "k31", "C0", "MTT", "feedback", "slope"]
    antimony = """
        A1 = 0; A2 = 0; A3 = 0; rate = 0; P = 5; T1 = 5; T2 = 5; T3 = 5; C = 5;
        CL = 1; V1 = 1; k12 = 1; k21 = 1; k13 = 1; k31 = 1; C0 = 5; MTT = 1; feedback = 1; slope = 1;
        A1' = rate - (CL/V1 + k12 + k13)*A1 + k21*A2 + k31*A3; A2' = k12*A1 - k21*A2; A3' = k13*A1 - k31*A3;
        P' = 4/MTT*P*((1 - slope*A1/V1)*(C0/C)^feedback - 1);
        T1' = 4/MTT*(P - T1); T2' = 4/MTT*(T1 - T2); T3' = 4/MTT*(T2 - T3); C' = 4/MTT*(T3 - C);
    """ + "".join(f"at time >= {504 * cycle}, t0=false: rate = 222.8; at time >= {504 * cycle + 1}: rate = 0;" for cycle in range(6))

    @staticmethod
    def start(p):
        return numpy.array([0, 0, 0, p[6], p[6], p[6], p[6], p[6]])

    @staticmethod
    def slope(t, y, d, p):
        transit = 4 / p[7]
        d[0] = p[10] - (p[0] / p[1] + p[2] + p[4]) * y[0] + p[3] * y[1] + p[5] * y[2]
        d[1] = p[2] * y[0] - p[3] * y[1]
        d[2] = p[4] * y[0] - p[5] * y[2]
        d[3] = transit * y[3] * ((1 - p[9] * y[0] / p[1]) * (p[6] / y[7]) ** p[8] - 1)
        d[4] = transit * (y[3] - y[4])
        d[5] = transit * (y[4] - y[5])
        d[6] = transit * (y[5] - y[6])
        d[7] = transit * (y[6] - y[7])


class Robertson:
    name, states, parameters = "robertson", 3, 3
    outputs = 0.4 * 10.0 ** numpy.arange(7)
    segments = [(0.0, 4e5, 0.0)]
    scored, floor = slice(0, 3), 1e-10
    state_names = ["y1", "y2", "y3"]
    parameter_names = ["k1", "k2", "k3"]
    antimony = """
        k1 = 1; k2 = 1; k3 = 1; y1 = 1; y2 = 0; y3 = 0;
        y1' = -k1*y1 + k3*y2*y3; y2' = k1*y1 - k3*y2*y3 - k2*y2^2; y3' = k2*y2^2;
    """

    @staticmethod
    def start(p):
        return numpy.array([1.0, 0.0, 0.0])

    @staticmethod
    def slope(t, y, d, p):
        made, spent, back = p[0] * y[0], p[1] * y[1] * y[1], p[2] * y[1] * y[2]
        d[0] = back - made
        d[1] = made - back - spent
        d[2] = spent


class Hires:
    name, states, parameters = "hires", 8, 8
    outputs = numpy.append(10.0 * numpy.arange(1, 33), 321.8122)
    segments = [(0.0, 321.8122, 0.0)]
    scored, floor = slice(0, 8), 1e-6
    state_names = [f"y{i}" for i in range(1, 9)]
    parameter_names = ["k1", "k2", "k3", "supply", "k5", "k", "met", "lost"]
    antimony = """
        k1 = 1; k2 = 1; k3 = 1; supply = 1; k5 = 1; k = 1; met = 1; lost = 1;
        y1 = 1; y2 = 0; y3 = 0; y4 = 0; y5 = 0; y6 = 0; y7 = 0; y8 = 0.0057;
        y1' = -k1*y1 + k2*y2 + k3*y3 + supply; y2' = k1*y1 - (k2 + k3)*y2; y3' = -(k1 + k3)*y3 + k2*y4 + k5*y5;
        y4' = k3*y2 + k1*y3 - (k2 + k)*y4; y5' = -(k5 + k1)*y5 + k2*(y6 + y7);
        y6' = -met*y6*y8 + k*y4 + k1*y5 - k2*y6 + lost*y7; y7' = met*y6*y8 - (k2 + lost + k)*y7; y8' = -met*y6*y8 + (k2 + lost + k)*y7;
    """

    @staticmethod
    def start(p):
        return numpy.array([1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0057])

    @staticmethod
    def slope(t, y, d, p):
        k1, k2, k3, k5, k, lost = p[0], p[1], p[2], p[4], p[5], p[7]
        met = p[6] * y[5] * y[7]
        d[0] = -k1 * y[0] + k2 * y[1] + k3 * y[2] + p[3]
        d[1] = k1 * y[0] - (k2 + k3) * y[1]
        d[2] = -(k1 + k3) * y[2] + k2 * y[3] + k5 * y[4]
        d[3] = k3 * y[1] + k1 * y[2] - (k2 + k) * y[3]
        d[4] = -(k5 + k1) * y[4] + k2 * (y[5] + y[6])
        d[5] = -met + k * y[3] + k1 * y[4] - k2 * y[5] + lost * y[6]
        d[6] = met - (k2 + lost + k) * y[6]
        d[7] = -d[6]


def lsoda_peer(workload, draws):
    """A function of both tolerances that solves every draw; nothing but compiled code runs while it does."""
    states, parameters = workload.states, workload.parameters
    slope, start = numba.njit(workload.slope, error_model="numpy"), numba.njit(workload.start)

    @numba.cfunc(lsoda_sig)
    def equations(t, y, d, p):
        slope(t, numba.carray(y, (states,)), numba.carray(d, (states,)), numba.carray(p, (parameters + 1,)))

    # The times of each segment: its start, the outputs on its way, its end (an output or not).
    grids = [numpy.array([a, *workload.outputs[(workload.outputs > a) & (workload.outputs < b - 1e-9)], b]) for a, b, _ in workload.segments]
    first = numpy.cumsum([0] + [len(grid) for grid in grids])
    times = numpy.concatenate(grids)
    ends_on_output = numpy.array([numpy.any(numpy.abs(workload.outputs - b) < 1e-9) for _, b, _ in workload.segments])
    inputs = numpy.array([rate for _, _, rate in workload.segments])
    outputs, address = len(workload.outputs), equations.address

    @numba.njit
    def run(draws, rtol, atol):
        found = numpy.empty((len(draws), outputs, states))
        p = numpy.zeros(parameters + 1)
        for i in range(len(draws)):
            p[:parameters] = draws[i]
            y = start(draws[i])
            row = 0
            for s in range(len(inputs)):
                p[parameters] = inputs[s]
                way, succeeded = lsoda(address, y, times[first[s] : first[s + 1]], p, rtol, atol, 1000000)
                if not succeeded:
                    way[1:] = numpy.nan
                wanted = len(way) - 1 if ends_on_output[s] else len(way) - 2
                found[i, row : row + wanted] = way[1 : 1 + wanted]
                row += wanted
                y = way[-1].copy()
        return found

    run(draws[:1], 1e-4, 1e-7)
    return lambda rtol, atol: (run(draws, rtol, atol), equations)[0]


def roadrunner_peer(workload, draws):
    """A function of both tolerances that solves every draw in a loop: RoadRunner has none of its own."""
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(f"model workload\n{workload.antimony}\nend") < 0:
        raise SystemExit(antimony.getLastError())
    simulator = roadrunner.RoadRunner(antimony.getSBMLString("workload"))
    integrator, model = simulator.getIntegrator(), simulator.model
    integrator.setValue("maximum_num_steps", 1000000)
    simulator.timeCourseSelections = workload.state_names
    names = list(model.getGlobalParameterIds())
    # States that follow rate rules are parameters too: they are set in the same call.
    places = [names.index(name) for name in workload.parameter_names + workload.state_names]
    times = [0.0, *map(float, workload.outputs)]

    def run(rtol, atol):
        integrator.setValue("relative_tolerance", rtol)
        integrator.setValue("absolute_tolerance", atol)
        found = numpy.empty((len(draws), len(workload.outputs), workload.states))
        for i, draw in enumerate(draws):
            simulator.reset()
            model.setGlobalParameterValues(places, [*draw, *workload.start(draw)])
            found[i] = numpy.asarray(simulator.simulate(times=times))[1:]
        return found

    return run


def errors(workload, found, reference):
    """For each draw the greatest scaled error of any scored state at any output; a failure counts as infinite."""
    scaled = numpy.abs(found - reference) / (numpy.abs(reference) + workload.floor)
    return numpy.nan_to_num(scaled[:, :, workload.scored].max(axis=(1, 2)), nan=numpy.inf)


def point(workload, run, rtol, atol, reference):
    begin = time.process_time()
    found = run(rtol, atol)
    seconds = time.process_time() - begin
    error = errors(workload, found, reference)
    return {
        "rtol": rtol,
        "atol": atol,
        "seconds": round(seconds, 4),
        "trajectories_per_second": round(len(reference) / seconds, 2),
        "median_error": float(f"{numpy.median(error):.4g}"),
        "p90": float(f"{numpy.quantile(error, 0.9):.4g}"),
        "max": float(f"{error.max():.4g}"),
    }


PEERS = {"LSODA": ("LSODA (numbalsoda)", "numbalsoda", lsoda_peer), "RoadRunner": ("libRoadRunner", "libroadrunner", roadrunner_peer)}
WORKLOADS = {workload.name: workload for workload in (Friberg, Robertson, Hires)}
# The absolute tolerance as a share of the relative one.
SHARES = {"friberg": 1e-1, "robertson": 1e-4, "hires": 1e-2}


@contextlib.contextmanager
def quiet():
    """Both libraries warn, from C and on either stream, of the short step after a dose: thousands of times."""
    sys.stdout.flush()
    kept, nowhere = (os.dup(1), os.dup(2)), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        ctypes.CDLL(None).fflush(None)  # what C still holds back was not meant for us either
        os.dup2(kept[0], 1)
        os.dup2(kept[1], 2)
        for descriptor in (*kept, nowhere):
            os.close(descriptor)


def main():
    folder, made = Path(sys.argv[1]), {}
    for request in sys.stdin:
        named, peer = request.split()
        workload, (name, package, make) = WORKLOADS[named], PEERS[peer]
        with quiet():
            if (named, peer) not in made:
                draws = numpy.fromfile(folder / f"{named}.draws.f64").reshape(-1, workload.parameters)
                reference = numpy.fromfile(folder / f"{named}.reference.f64").reshape(-1, len(workload.outputs), workload.states)
                made[named, peer] = make(workload, draws[: len(reference)]), reference
            run, reference = made[named, peer]
            points = [point(workload, run, rtol, rtol * SHARES[named], reference) for rtol in TOLERANCES]
        version = importlib.metadata.version(package)
        print(json.dumps({"peer": name, "version": version, "workload": named, "draws": len(reference), "points": points}), flush=True)


if __name__ == "__main__":
    main()
