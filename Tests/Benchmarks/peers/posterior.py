"""The posterior of a myelosuppression problem by NUTS (numpyro, diffrax): posterior.py [FOLDER], one line of JSON.

Twelve neutrophil counts over two cycles of docetaxel, drawn with a seed and written to FOLDER/posterior-data.json for whoever is compared.
Four unknowns, log-normal; dosing and kinetics are known, so the concentration is a sum of exponentials and only the five cell states are
integrated. One core; seconds are of sampling (warm-up apart), without compilation; the figure is the least effective sample size per second.
"""

import importlib.metadata
import json
import os
import sys
import time
from pathlib import Path

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"

import diffrax  # noqa: E402  (after the flags)
import jax  # noqa: E402
import jax.numpy as jnp  # noqa: E402
import numpy  # noqa: E402
import numpyro  # noqa: E402
from numpyro.diagnostics import effective_sample_size, split_gelman_rubin  # noqa: E402
from numpyro.infer import MCMC, NUTS  # noqa: E402

from draws import FOLDER  # noqa: E402

jax.config.update("jax_enable_x64", True)

SEED = 20240902
WARMUP, SAMPLES = 300, 1000
NAMES = ["baseline", "transit", "feedback", "slope"]
# Friberg et al. 2002, docetaxel and neutrophils: medians; deviations of the logarithm between patients, 0.42 and 0.16 for the first two.
# Feedback (fixed there), slope and the deviation of a count: our assumption.
MEDIANS = numpy.array([5.05, 88.7, 0.161, 8.58])
DEVIATIONS = numpy.array([0.42, 0.16, 0.15, 0.40])
NOISE = 0.25
DAYS = [0, 4, 6, 8, 10, 12, 15, 21, 27, 29, 32, 42]
INFUSIONS, HOURS, RATE = [0.0, 504.0], 1.0, 222.8  # starts (h), duration (h), micromol/h
CLEARANCE, VOLUME, K12, K21, K13, K31 = 36.8, 8.31, 1.07, 1.74, 1.28, 0.0787


def exponentials():
    """Rates and weights of the central amount after a unit bolus."""
    matrix = numpy.array([[-(CLEARANCE / VOLUME + K12 + K13), K21, K31], [K12, -K21, 0], [K13, 0, -K31]])
    rates, vectors = numpy.linalg.eig(matrix)
    return -rates, vectors[0] * numpy.linalg.solve(vectors, numpy.array([1.0, 0, 0]))


RATES, WEIGHTS = exponentials()


def concentration(t):
    since = t - jnp.array(INFUSIONS)[:, None]
    during, after = jnp.clip(since, 0, HOURS), jnp.clip(since - HOURS, 0)
    return jnp.sum(RATE * WEIGHTS / RATES * (1 - jnp.exp(-RATES * during)) * jnp.exp(-RATES * after)) / VOLUME


def cells(t, y, unknowns):
    baseline, transit, feedback, slope = unknowns
    made = y[0] * (1 - slope * concentration(t)) * (baseline / y[4]) ** feedback
    return 4 / transit * (jnp.concatenate([made[None], y[:4]]) - y)


def counts(unknowns):
    controller = diffrax.ClipStepSizeController(
        diffrax.PIDController(rtol=1e-6, atol=1e-8), jump_ts=jnp.array([at for start in INFUSIONS for at in (start, start + HOURS)][1:])
    )
    solution = diffrax.diffeqsolve(
        diffrax.ODETerm(cells), diffrax.Tsit5(), 0.0, 24.0 * DAYS[-1], 0.01, jnp.full(5, unknowns[0]), unknowns,
        saveat=diffrax.SaveAt(ts=24.0 * jnp.array(DAYS, float)), stepsize_controller=controller, max_steps=4096,
        adjoint=diffrax.ForwardMode(), throw=False,
    )  # fmt: skip
    return solution.ys[:, 4]


def data(folder):
    generator = numpy.random.default_rng(SEED)
    truth = MEDIANS * numpy.exp(DEVIATIONS * generator.standard_normal(4))
    values = numpy.array(counts(jnp.array(truth))) * numpy.exp(NOISE * generator.standard_normal(len(DAYS)))
    described = {
        "seed": SEED,
        "truth": dict(zip(NAMES, truth.tolist())),
        "prior": {name: {"median": m, "log_deviation": d} for name, m, d in zip(NAMES, MEDIANS, DEVIATIONS)},
        "log_noise": NOISE,
        "kinetics": {"CL": CLEARANCE, "V1": VOLUME, "k12": K12, "k21": K21, "k13": K13, "k31": K31},
        "infusions": [{"start": start, "hours": HOURS, "rate": RATE} for start in INFUSIONS],
        "hours": [24.0 * day for day in DAYS],
        "counts": values.tolist(),
    }
    (folder / "posterior-data.json").write_text(json.dumps(described, indent=1) + "\n")
    return values


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    observed = jnp.log(data(folder))

    def model():
        standard = numpyro.sample("z", numpyro.distributions.Normal(jnp.zeros(4), 1).to_event(1))
        unknowns = numpyro.deterministic("unknowns", jnp.array(MEDIANS) * jnp.exp(jnp.array(DEVIATIONS) * standard))
        numpyro.sample("counts", numpyro.distributions.Normal(jnp.log(counts(unknowns)), NOISE).to_event(1), obs=observed)

    # Forward derivatives: for four unknowns they are cheaper than the adjoint's way back.
    kernel = NUTS(model, forward_mode_differentiation=True, dense_mass=True)
    sampler = MCMC(kernel, num_warmup=WARMUP, num_samples=SAMPLES // 2, progress_bar=False)
    begin = time.process_time()
    sampler.warmup(jax.random.PRNGKey(SEED))
    warm = time.process_time() - begin
    # The first half of the chain compiles the sampler, the second is timed.
    halves, steps = [], 0
    for _ in range(2):
        begin = time.process_time()
        sampler.run(sampler.post_warmup_state.rng_key, extra_fields=("diverging", "num_steps"))
        halves.append(numpy.array(sampler.get_samples()["unknowns"]))
        seconds = time.process_time() - begin
        fields = sampler.get_extra_fields()
        steps += int(fields["num_steps"].sum())
        sampler.post_warmup_state = sampler.last_state
    logs = numpy.log(numpy.stack(halves))
    timed = logs[1:]
    sizes = [float(effective_sample_size(timed[:, :, i])) for i in range(4)]
    versions = {name: importlib.metadata.version(name) for name in ("numpyro", "diffrax", "jax")}
    print(
        json.dumps(
            {
                "peer": "NUTS (numpyro, diffrax)",
                "version": ", ".join(f"{name} {version}" for name, version in versions.items()),
                "workload": "posterior",
                "samples": len(timed[0]),
                "warmup": WARMUP,
                "seconds": round(seconds, 3),
                "warmup_seconds_with_compilation": round(warm, 3),
                "least_effective_size": round(min(sizes), 1),
                "effective_size_per_second": round(min(sizes) / seconds, 3),
                "gradients_per_sample": round(steps / SAMPLES, 1),
                "divergences": int(fields["diverging"].sum()),
                "split_rhat": round(float(max(split_gelman_rubin(logs[:, :, i]) for i in range(4))), 4),
                "log_mean": dict(zip(NAMES, logs.mean(axis=(0, 1)).round(4).tolist())),
                "log_deviation": dict(zip(NAMES, logs.std(axis=(0, 1)).round(4).tolist())),
            }
        )
    )


if __name__ == "__main__":
    main()
