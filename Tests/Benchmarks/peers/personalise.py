"""Personalises every patient with leaspy and prints: version,seconds,processor seconds; then ID,xi,tau,source 0,source 1."""

import contextlib
import sys
import time

import leaspy
import pandas
from leaspy.io.data import Data
from leaspy.models import BaseModel

model = BaseModel.load(sys.argv[1])
table = pandas.read_csv(sys.argv[2]).set_index(["ID", "TIME"])
data = Data.from_dataframe(table)
wall, processor = time.perf_counter(), time.process_time()
with contextlib.redirect_stdout(sys.stderr):
    found = model.personalize(data, "scipy_minimize", seed=0, progress_bar=False)
wall, processor = time.perf_counter() - wall, time.process_time() - processor
print(f"{leaspy.__version__},{wall:.3f},{processor:.3f}")
frame = found.to_dataframe()
for name, row in frame.iterrows():
    print(f"{name},{row['xi']:.15g},{row['tau']:.15g},{row['sources_0']:.15g},{row['sources_1']:.15g}")
