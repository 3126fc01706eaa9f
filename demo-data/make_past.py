#!/usr/bin/env python3
"""Writes the FHIR R4 bundles of the liver board's past patients (past/CRC-00*.json), who are decided while the demo is loaded.

All of it is invented; README.md says how each case was made. The same bytes at every run (`./make_past.py --check` proves it).
"""

from make import FLUOROURACIL, HERE, OXALIPLATIN, liver_case, write

PAST = HERE / "past"


def past_case(pseudonym, given, family, sex, birth, *, before, after, height, kilograms, count, largest, flr, ras, nodes, interval,
              folfox, operated=None):
    """Scans up to the decision and after it; drugs and operation as they were carried out."""
    case = liver_case(
        pseudonym, given, family, sex, birth, primary="Malignant tumor of colon", primary_since=before[0][0],
        metastases_since=before[0][0], height=height, weights=[(before[-1][0], kilograms)], scans=before, count=count, largest=largest,
        flr=flr, cea=[0.4 * mm for _, mm in before], ras=ras, nodes=nodes, interval=interval, ecog=0)
    for when, mm in after:
        case.observe("sum", when, mm)
        case.observe("CEA", when, max(2.1, 0.4 * mm))
    for drug, dose in [FLUOROURACIL, OXALIPLATIN] if folfox else []:
        case.medication(drug, *folfox, dose)
    if operated:
        case.procedure("Right hepatectomy, R0", operated)
    return case


def past_board():
    # Decided on 13 March 2025: drugs alone.
    yield past_case(
        "CRC-0041", "Berit", "Lindqvist", "female", "1958-02-17", before=[("2025-01-13", 104), ("2025-03-10", 98)],
        after=[("2025-05-12", 81), ("2025-07-14", 74), ("2025-09-15", 82), ("2025-11-17", 95)], height=166, kilograms=68.0, count=6,
        largest=33, flr=310, ras="mutant", nodes="yes", interval=0, folfox=("2025-03-20", "2025-08-06"))
    yield past_case(
        "CRC-0044", "Dragan", "Vuković", "male", "1951-09-30", before=[("2025-01-20", 83), ("2025-03-10", 95)],
        after=[("2025-05-12", 118), ("2025-07-14", 131)], height=177, kilograms=74.5, count=7, largest=29, flr=340, ras="mutant", nodes="yes", interval=4,
        folfox=("2025-03-20", "2025-05-07"))
    yield past_case(
        "CRC-0052", "Mireille", "Castaing", "female", "1964-06-08", before=[("2025-02-03", 66), ("2025-03-10", 64)],
        after=[("2025-05-19", 58), ("2025-07-21", 57), ("2025-09-22", 63), ("2025-12-15", 66), ("2026-02-16", 75)], height=161,
        kilograms=59.0, count=5, largest=21, flr=290, ras="wild-type", nodes="no", interval=9, folfox=("2025-03-20", "2025-08-06"))
    # Of the same day: drugs, then an operation.
    yield past_case(
        "CRC-0047", "Aurelio", "Benvenuti", "male", "1967-11-21", before=[("2025-03-03", 48)],
        after=[("2025-05-26", 38), ("2025-09-15", 0), ("2025-12-15", 0), ("2026-03-16", 0), ("2026-06-15", 0), ("2026-09-14", 0)],
        height=174, kilograms=79.0, count=2, largest=27, flr=640, ras="wild-type", nodes="no", interval=16,
        folfox=("2025-03-20", "2025-06-04"), operated="2025-07-10")
    yield past_case(
        "CRC-0049", "Solveig", "Aune", "female", "1960-04-12", before=[("2025-02-24", 71)],
        after=[("2025-05-19", 52), ("2025-10-13", 0), ("2026-01-12", 0), ("2026-04-13", 14)], height=168, kilograms=64.5, count=3,
        largest=35, flr=520, ras="mutant", nodes="yes", interval=0, folfox=("2025-03-20", "2025-06-04"), operated="2025-07-11")
    # Decided on 11 September 2025.
    yield past_case(
        "CRC-0078", "Jorge", "Matallana", "male", "1955-01-05", before=[("2025-07-07", 121), ("2025-09-08", 130)],
        after=[("2025-11-10", 110), ("2026-01-12", 104), ("2026-03-16", 131)], height=170, kilograms=70.0, count=8, largest=38, flr=260,
        ras="mutant", nodes="yes", interval=0, folfox=("2025-09-18", "2026-02-04"))
    yield past_case(
        "CRC-0081", "Ingeborg", "Thalmann", "female", "1948-08-26", before=[("2025-09-01", 72)],
        after=[("2025-11-17", 66), ("2026-01-19", 61), ("2026-03-23", 63), ("2026-06-15", 66), ("2026-09-14", 70)], height=159,
        kilograms=57.5, count=4, largest=26, flr=330, ras="wild-type", nodes="no", interval=22, folfox=("2025-09-18", "2025-11-05"))
    yield past_case(
        "CRC-0083", "Cormac", "Devlin", "male", "1971-03-19", before=[("2025-09-01", 60)],
        after=[("2025-11-24", 46), ("2026-04-13", 0), ("2026-07-13", 0), ("2026-10-12", 0)], height=183, kilograms=88.0, count=2, largest=38,
        flr=700, ras="wild-type", nodes="no", interval=14, folfox=("2025-09-18", "2025-12-03"), operated="2026-02-05")
    yield past_case(
        "CRC-0086", "Zofia", "Wrońska", "female", "1962-12-01", before=[("2025-07-14", 84), ("2025-09-01", 88)],
        after=[("2025-11-10", 66), ("2026-03-23", 0), ("2026-06-22", 18)], height=164, kilograms=66.0, count=4, largest=31, flr=480,
        ras="mutant", nodes="yes", interval=2, folfox=("2025-09-18", "2025-12-03"), operated="2026-01-08")
    yield past_case(
        "CRC-0088", "Hamid", "Rostami", "male", "1966-07-14", before=[("2025-09-01", 55)],
        after=[("2025-12-01", 41), ("2026-03-30", 0), ("2026-07-06", 0), ("2026-11-02", 12)], height=176, kilograms=81.0, count=3, largest=24,
        flr=610, ras="wild-type", nodes="yes", interval=11, folfox=("2025-09-18", "2025-12-03"), operated="2026-01-09")


if __name__ == "__main__":
    write(past_board(), PAST, "make_past.py")
