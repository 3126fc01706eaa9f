"""The maxima of the avatar's posterior for the 32 men of Zhang 2022, by scipy: the same equations, priors and errors.

avatar.py TABLE: `zhang2022-psa.csv`. Writes `version,wall seconds,processor seconds`, then a line a man: his name and the logarithms of level,
room, resistant ratio, growth, kill, advantage and turnover. Two processes. `least_squares` with odeint (LSODA) restarted at each change of drug.
"""

import csv
import math
import multiprocessing
import resource
import sys
import time

import numpy
import scipy
from scipy.integrate import odeint
from scipy.optimize import least_squares

CENTRES = numpy.log([1.0, 8.6, 0.036, 0.036, 1.52, 0.43, 0.43])
SCALES = numpy.array([0.5, 1.6, 2.0, 0.65, 0.42, 0.8, 0.8])
SIGMA, FLOOR = 0.43, 0.1


def men(path):
    table = {}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["patient"], []).append((float(row["day"]), float(row["psa_ng_ml"]), float(row["abi_on"])))
    return {name: sorted(rows) for name, rows in table.items()}


def sizes(rows, room, ratio, growth, kill, advantage, turnover):
    size = 1 / (1 + room)
    state = [size / (1 + ratio), size * ratio / (1 + ratio)]
    death, slow = growth * turnover / (1 + turnover), growth / (1 + advantage)

    def rates(y, _, on):
        free = 1 - y[0] - y[1]
        return [growth * y[0] * free * (1 - kill * on) - death * y[0], slow * y[1] * free - death * y[1]]

    found, place = [sum(state)], 0
    while place + 1 < len(rows):
        end = place + 1
        while end + 1 < len(rows) and rows[end][2] == rows[place][2]:
            end += 1
        course = odeint(rates, state, [row[0] for row in rows[place:end + 1]], args=(rows[place][2],), rtol=1e-5, atol=1e-12)
        found.extend(course[1:].sum(axis=1))
        state, place = course[-1], end
    return numpy.array(found)


def residuals(point, rows):
    level, room, ratio, growth, kill, advantage, turnover = numpy.exp(point)
    first = max(rows[0][1], FLOOR)
    marker = first * level * (1 + room) * numpy.maximum(sizes(rows, room, ratio, growth, kill, advantage, turnover), 1e-290)
    measured = numpy.array([row[1] for row in rows])
    errors = (numpy.log(marker + FLOOR) - numpy.log(measured + FLOOR)) / SIGMA
    return numpy.concatenate([numpy.nan_to_num(errors, nan=1e3), (point - CENTRES) / SCALES])


def fit(entry):
    name, rows = entry
    return name, least_squares(residuals, CENTRES, args=(rows,), x_scale=SCALES).x


def main():
    cohort = men(sys.argv[1])
    start = time.perf_counter()
    # Spawned, not forked: a forked child may wait for a thread of the linear algebra that only its parent has.
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(fit, cohort.items(), chunksize=1)
    wall = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{scipy.__version__},{wall},{used.ru_utime + used.ru_stime}")
    for name, point in found:
        print(name + "," + ",".join(repr(float(value)) for value in point))


if __name__ == "__main__":
    main()
