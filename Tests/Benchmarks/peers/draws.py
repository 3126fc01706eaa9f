"""Writes the 1,000 seeded parameter sets of each solver workload: draws.py [FOLDER], by default .build-peers/solver.

One generator feeds all workloads, so their order and shapes are part of the seed: a new workload goes at the end.
"""

import sys
from pathlib import Path

import numpy

DRAWS = 1000
SEED = 20240901
FOLDER = Path(__file__).resolve().parents[3] / ".build-peers" / "solver"


def log_normal(generator, medians, deviations):
    """DRAWS rows around the medians; a deviation is that of the logarithm, one for all or one each."""
    medians = numpy.array(medians, float)
    deviations = numpy.broadcast_to(numpy.array(deviations, float), medians.shape)
    return medians * numpy.exp(generator.standard_normal((DRAWS, len(medians))) * deviations)


def draws():
    generator = numpy.random.default_rng(SEED)
    found = {
        # CL, V1, k12, k21, k13, k31, baseline, mean transit time, feedback, slope
        "friberg": log_normal(
            generator,
            [36.8, 8.31, 1.07, 1.74, 1.28, 0.0787, 5.05, 88.7, 0.161, 8.58],
            [0.3, 0.2, 0.2, 0.2, 0.2, 0.2, 0.3, 0.2, 0.15, 0.3],
        ),
        "robertson": log_normal(generator, [0.04, 3e7, 1e4], 0.2),
        # k1, k2, k3, supply, k5, k*, k+, k-
        "hires": log_normal(generator, [1.71, 0.43, 8.32, 0.0007, 0.035, 0.69, 280, 0.69], 0.2),
        # x0 (negative: its sign is put on below), input current, 1 / time scale, slope
        "epileptor": log_normal(generator, [1.6, 3.1, 0.00035, 1.0], [0.05, 0.02, 0.2, 0]),
        # elastances LV max, min, RV max, min, LA, RA; resistances of body, lung; compliances of arteries and veins of both
        "circulation": log_normal(generator, [2.5, 0.08, 0.6, 0.05, 0.2, 0.15, 1.0, 0.08, 1.6, 25.0, 4.0, 8.0], 0.15),
    }
    node = found["epileptor"]
    node[:, 0] *= -1
    node[:, 3] = 0
    node[0] = [-1.6, 3.1, 0.00035, 0]  # the first draw is the published node itself
    return found


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in draws().items():
        table.astype("<f8").tofile(folder / f"{name}.draws.f64")
