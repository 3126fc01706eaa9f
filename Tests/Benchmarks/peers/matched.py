"""Prints rates at matched errors from the lines of JSON on standard input: measure-peers | matched.py. The rule is README.md's."""

import json
import math
import sys

TARGETS = {"friberg": 1e-6, "robertson": 1e-6, "hires": 1e-5, "epileptor": 1.4e-2, "circulation": 3e-5}


def rate(points, target):
    """Trajectories per second at the target error; None where the sweep does not enclose it: nothing is extrapolated."""
    found = []
    for one, other in zip(points, points[1:]):
        a, b = one["median_error"], other["median_error"]
        if a != b and 0 < min(a, b) <= target <= max(a, b) < math.inf:
            share = math.log(target / a) / math.log(b / a)
            found.append(one["trajectories_per_second"] ** (1 - share) * other["trajectories_per_second"] ** share)
    return max(found, default=None)


if __name__ == "__main__":
    for line in sys.stdin:
        peer = json.loads(line)
        if "points" not in peer:
            print(f"{peer['workload']}: {peer['peer']}: {peer['effective_size_per_second']} effective samples/s")
            continue
        target = TARGETS[peer["workload"]]
        matched = rate(peer["points"], target)
        print(f"{peer['workload']} at {target:g}: {peer['peer']} {peer['version']}: {f'{matched:.0f}/s' if matched else 'not enclosed'}")
        for point in peer["points"]:
            print(f"    rtol {point['rtol']:.0e}  error {point['median_error']:.2e}  {point['trajectories_per_second']:.1f}/s")
