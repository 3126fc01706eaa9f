"""Measures LSODA (numbalsoda) and libRoadRunner on the whole liver twin's equations: liver.py FOLDER.

FOLDER holds a scenario a file, «NAME.json»: parameters (a row a draw), initial (a row a draw), outputs (weeks), segments (start, end, event,
input), as the twin plans them. Answers each line «NAME PEER» on standard input with one line of JSON as solver.py does. «NAME reference»
writes NAME.reference.f64 (draw, time, state of the nine that are integrated) by LSODA at 1e-11.
The equations are those of Systems/LiverTreatmentSystem.swift: each peer integrates fluorouracil's two compartments, the tumour and the
marrow, and decides at each cycle from the neutrophils whether it is given or held. LSODA restarts at each border, RoadRunner has events.
"""

import ctypes  # noqa: F401  (as solver.py does before the libraries are loaded)
import importlib.metadata
import json
import sys
from pathlib import Path

import solver  # noqa: E402  (pins the process to one core)
from solver import TOLERANCES, lsoda, lsoda_sig, numba, numpy, quiet, roadrunner
import antimony  # noqa: E402
import time

STATES, SCORED, FLOOR, INSTANT = 9, [2, 4, 5, 6, 7, 8], 1e-3, 1e-7
NEVER = -1e6


class Scenario:
    def __init__(self, path):
        data = json.loads(Path(path).read_text())
        self.parameters = numpy.array(data["parameters"])
        self.initial = numpy.array(data["initial"])
        self.outputs = numpy.array(data["outputs"])
        self.segments = data["segments"]


@numba.njit(error_model="numpy")
def slope(t, y, d, p):
    """p: thirteen parameters, six inputs, the week of the last dose."""
    started = p[14] + 1e-7
    infused = p[16] if started < p[19] + p[17] else 0.0
    kill = p[1] * p[13] if started < p[19] + p[15] else 0.0
    d[0] = infused + p[11] * y[1] - (p[8] / p[9] + p[10]) * y[0]
    d[1] = p[10] * y[0] - p[11] * y[1]
    d[2] = (p[0] - kill * y[3]) * y[2]
    d[3] = -p[2] * y[3]
    pace = 4 / p[5]
    feedback = (p[4] / max(y[8], 1e-3 * p[4])) ** p[6]
    d[4] = pace * y[4] * ((1 - p[7] * p[18] / p[9] * y[0]) * feedback - 1)
    d[5] = pace * (y[4] - y[5])
    d[6] = pace * (y[5] - y[6])
    d[7] = pace * (y[6] - y[7])
    d[8] = pace * (y[7] - y[8])


@numba.cfunc(lsoda_sig)
def equations(t, y, d, p):
    slope(t, numba.carray(y, (9,)), numba.carray(d, (9,)), numba.carray(p, (20,)))


@numba.njit
def happen(event, t, y, p, u, doses):
    """An event; `doses`: week of the last one, week in which the next is due, cycles left."""
    if event == 1:
        y[3] = numpy.exp(-p[2] * u[0])
    elif event == 2:
        left = min(p[3] * u[1], 1.0)
        before = u[3] + (1 - u[3]) * left
        if not (u[2] > 0.5 and abs(p[12] - t) > 1e-7):
            y[2] = y[2] * (u[3] - u[0] + (1 - u[3] + u[0]) * left) / before if before > 0 else 0.0
    elif event == 3:
        y[0] += u[0]
        doses[0] = t
    elif event == 4:
        doses[2], doses[1], doses[0] = u[0], t, -1e6
    elif event == 5:
        if doses[2] > 0.5 and doses[1] < t + 1e-7:
            if u[1] <= y[8] and not abs(p[12] - t) + 1e-7 < u[6]:
                if u[4] <= doses[2] and u[5] >= 0:
                    y[3] = numpy.exp(-p[2] * u[5])
                doses[0], doses[1] = t, u[2]
                doses[2] -= 1
                y[0] += u[0]
            else:
                doses[1] = u[3]
    elif event == 6:
        if numpy.max(numpy.abs(y[4:9] - p[4])) <= 1e-5 * p[4]:
            y[4:9] = p[4]


def lsoda_peer(scenario, draws):
    grids = []
    for start, end, _, _ in scenario.segments:
        inside = scenario.outputs[(scenario.outputs > start) & (scenario.outputs < end)]
        grids.append(numpy.array([start, *inside, end]))
    first = numpy.cumsum([0] + [len(grid) for grid in grids])
    times = numpy.concatenate(grids)
    events = numpy.array([-1 if event is None else event for _, _, event, _ in scenario.segments])
    inputs = numpy.array([list(given) for _, _, _, given in scenario.segments])
    ends = numpy.array([end for _, end, _, _ in scenario.segments])
    lengths = numpy.array([end - start for start, end, _, _ in scenario.segments])
    outputs, parameters, initial, address = scenario.outputs, scenario.parameters[:draws], scenario.initial[:draws], equations.address

    @numba.njit
    def run(parameters, initial, rtol, atol):
        found = numpy.empty((len(parameters), len(outputs), 9))
        p = numpy.zeros(20)
        doses = numpy.zeros(3)
        for i in range(len(parameters)):
            p[:13] = parameters[i]
            y = initial[i, :9].copy()
            doses[:] = initial[i, 10:13]
            row = 0
            while row < len(outputs) and outputs[row] <= times[0]:
                found[i, row] = y
                row += 1
            for s in range(len(events)):
                if events[s] >= 0:
                    happen(events[s], ends[s], y, p, inputs[s], doses)
                if lengths[s] <= 0:
                    continue
                p[13:19] = inputs[s, :6]
                p[19] = doses[0]
                way, succeeded = lsoda(address, y, times[first[s] : first[s + 1]], p, rtol, atol, 1000000)
                if not succeeded:
                    way[1:] = numpy.nan
                for place in range(1, len(way) - 1):
                    found[i, row] = way[place]
                    row += 1
                y = way[-1].copy()
                while row < len(outputs) and outputs[row] <= ends[s]:
                    found[i, row] = y
                    row += 1
        return found

    run(parameters[:1], initial[:1], 1e-4, 1e-7)
    return lambda rtol, atol: run(parameters, initial, rtol, atol)


def model_text(scenario):
    """The scenario in Antimony: weeks from the plan's start; of what happens at one time the earlier has the higher priority."""
    lines = [
        "exposure = 0; started = 0; lasting = 0; rate = 0; duration = 0; slope = 0; dose = -1e6; due = 0; left = 0;",
        "A = 0; B = 0; S = 0; R = 1; P = 5; T1 = 5; T2 = 5; T3 = 5; C = 5;",
        "; ".join(f"p{i} = 1" for i in range(13)) + ";",
        "infused := piecewise(rate, started + 1e-7 < dose + duration, 0);",
        "kill := piecewise(p1*exposure, started + 1e-7 < dose + lasting, 0);",
        "A' = infused + p11*B - (p8/p9 + p10)*A; B' = p10*A - p11*B; S' = (p0 - kill*R)*S; R' = -p2*R;",
        "P' = 4/p5*P*((1 - p7*slope/p9*A)*(p4/max(C, 0.001*p4))^p6 - 1);",
        "T1' = 4/p5*(P - T1); T2' = 4/p5*(T1 - T2); T3' = 4/p5*(T2 - T3); C' = 4/p5*(T3 - C);",
    ]
    origin, priority, now = scenario.segments[0][0], 10000, None
    names = ["exposure", "started", "lasting", "rate", "duration", "slope"]
    for start, end, event, u in scenario.segments:
        t = start - origin
        priority -= 1
        at = f"time >= {t!r} && time < {t + 0.01!r}"

        def when(condition, *does):
            lines.append(f"at ({at}{condition}), t0=false, priority={priority}: {', '.join(does)};")

        near = f"abs(p12 - {start!r})"
        if event == 1:
            when("", f"R = exp(-p2*{u[0]!r})")
        elif event == 2:
            left = f"min(p3*{u[1]!r}, 1)"
            own = f" && {near} <= 1e-7" if u[2] > 0.5 else ""
            when(own, f"S = S*({u[3] - u[0]!r} + {1 - u[3] + u[0]!r}*{left})/({u[3]!r} + {1 - u[3]!r}*{left} + 1e-300)")
        elif event == 3:
            when("", f"A = A + {u[0]!r}", f"dose = {start!r}")
        elif event == 4:
            when("", f"left = {u[0]!r}", f"due = {start!r}", "dose = -1e6")
        elif event == 5:
            asked = f" && left > 0.5 && due < {start + INSTANT!r}"
            free = f" && {near} + 1e-7 >= {u[6]!r}" if u[6] > 0 else ""
            line = [f"R = piecewise(exp(-p2*{u[5]!r}), {u[4]!r} <= left, R)"] if u[5] >= 0 else []
            when(f"{asked} && C >= {u[1]!r}{free}", f"A = A + {u[0]!r}", f"dose = {start!r}", f"due = {u[2]!r}", "left = left - 1", *line)
            held = f"(C < {u[1]!r} || {near} + 1e-7 < {u[6]!r})" if u[6] > 0 else f"C < {u[1]!r}"
            when(f"{asked} && {held}", f"due = {u[3]!r}")
        elif event == 6:
            rest = " && ".join(f"abs({name} - p4) <= 1e-5*p4" for name in ["P", "T1", "T2", "T3", "C"])
            when(f" && {rest}", *[f"{name} = p4" for name in ["P", "T1", "T2", "T3", "C"]])
        if end > start:
            lines.append(f"at (time >= {t!r}), t0=false, priority={priority}: " + ", ".join(f"{n} = {v!r}" for n, v in zip(names, u)) + ";")
    return "model workload\n" + "\n".join(lines) + "\nend"


def roadrunner_peer(scenario, draws):
    antimony.clearPreviousLoads()
    if antimony.loadAntimonyString(model_text(scenario)) < 0:
        raise SystemExit(antimony.getLastError())
    simulator = roadrunner.RoadRunner(antimony.getSBMLString("workload"))
    integrator, model = simulator.getIntegrator(), simulator.model
    integrator.setValue("maximum_num_steps", 1000000)
    states = ["A", "B", "S", "R", "P", "T1", "T2", "T3", "C"]
    simulator.timeCourseSelections = states
    names = list(model.getGlobalParameterIds())
    places = [names.index(name) for name in [f"p{i}" for i in range(13)] + states + ["dose", "due", "left"]]
    origin = scenario.segments[0][0]
    # What happens at the very start happens just after it: a trigger must have been false.
    times = [-1e-4, *map(float, scenario.outputs - origin)]

    def run(rtol, atol):
        integrator.setValue("relative_tolerance", rtol)
        integrator.setValue("absolute_tolerance", atol)
        found = numpy.empty((draws, len(scenario.outputs), STATES))
        for i in range(draws):
            simulator.reset()
            row = scenario.initial[i]
            model.setGlobalParameterValues(places, [*scenario.parameters[i], *row[:9], *row[10:13]])
            # CVODE gives up on a draw now and then; it counts as one without an answer.
            try:
                found[i] = numpy.asarray(simulator.simulate(times=times))[1:]
            except RuntimeError:
                found[i] = numpy.nan
        return found

    return run


PEERS = {"LSODA": ("LSODA (numbalsoda)", "numbalsoda", lsoda_peer, 200), "RoadRunner": ("libRoadRunner", "libroadrunner", roadrunner_peer, 40)}


def main():
    folder, made = Path(sys.argv[1]), {}
    for request in sys.stdin:
        name, peer = request.split()
        scenario = Scenario(folder / f"{name}.json")
        if peer == "reference":
            with quiet():
                found = lsoda_peer(scenario, len(scenario.parameters))(1e-11, 1e-14)
            found.tofile(folder / f"{name}.reference.f64")
            print(json.dumps({"peer": "LSODA", "version": "", "points": []}), flush=True)
            continue
        title, package, make, draws = PEERS[peer]
        draws = min(draws, len(scenario.parameters))
        reference = numpy.fromfile(folder / f"{name}.reference.f64").reshape(-1, len(scenario.outputs), STATES)[:draws]
        with quiet():
            run, points = make(scenario, draws), []
            for rtol in TOLERANCES:
                begin = time.process_time()
                found = run(rtol, rtol * 1e-2)
                seconds = time.process_time() - begin
                scaled = numpy.abs(found - reference) / (numpy.abs(reference) + FLOOR)
                error = numpy.nan_to_num(scaled[:, :, SCORED].max(axis=(1, 2)), nan=numpy.inf)
                median = float(f"{numpy.median(error):.4g}")
                # Where most draws have no answer there is no rate to speak of.
                if numpy.isfinite(median):
                    points.append({"rtol": rtol, "trajectories_per_second": round(draws / seconds, 2), "median_error": median})
        print(json.dumps({"peer": title, "version": importlib.metadata.version(package), "points": points}), flush=True)


if __name__ == "__main__":
    main()
