#!/usr/bin/env python3
"""Writes the demo board's FHIR R4 bundles (CRC-*.json, MEM-*.json, URO-*.json) beside this file.

Every person, name, number, date and letter in them is invented; README.md says how each case was made.
Python's standard library only; the same bytes at every run (`./make.py --check` proves it and writes nothing).
"""

import base64
import json
import math
import random
import sys
import uuid
from datetime import date
from pathlib import Path

import make_avatar

HERE = Path(__file__).resolve().parent
SEED = 20261126
LOCAL = "urn:twinboard:local"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
ATC = "http://www.whocc.no/atc"
UCUM = "http://unitsofmeasure.org"

# Codes: LOINC, SNOMED CT and ATC as the project's table of verified codes has them; what has none there stays text or local.
LAB = {
    "CEA": (LOINC, "2039-6", "Carcinoembryonic antigen [Mass/volume] in Serum or Plasma", "ng/mL", 1),
    "Hb": (LOINC, "718-7", "Hemoglobin [Mass/volume] in Blood", "g/dL", 1),
    "ANC": (LOINC, "751-8", "Neutrophils [#/volume] in Blood by Automated count", "10*3/uL", 1),
    "platelets": (LOINC, "777-3", "Platelets [#/volume] in Blood by Automated count", "10*3/uL", 0),
    "ALT": (LOINC, "1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma", "U/L", 0),
    "bilirubin": (LOINC, "1975-2", "Bilirubin.total [Mass/volume] in Serum or Plasma", "mg/dL", 1),
    "creatinine": (LOINC, "14682-9", "Creatinine [Moles/volume] in Serum or Plasma", "umol/L", 0),
    "height": (LOINC, "8302-2", "Body height", "cm", 0),
    "weight": (LOINC, "29463-7", "Body weight", "kg", 1),
    "ECOG": (LOINC, "89247-1", "ECOG performance status score", "{score}", 0),
    "sum": (LOCAL, "sum-of-diameters", "Sum of diameters of target lesions (RECIST 1.1)", "mm", 0),
    "count": (LOCAL, "lesion-count", "Number of liver metastases", "{count}", 0),
    "largest": (LOCAL, "largest-lesion", "Largest liver metastasis", "mm", 0),
    "flr": (LOCAL, "flr-volume", "Future liver remnant, CT volumetry", "mL", 0),
    "dfi": (LOCAL, "disease-free-interval", "Primary tumour to metastases", "mo", 0),
    "mmse": (LOINC, "72106-8", "Total score [MMSE]", "{score}", 0),
    "faq": (LOCAL, "faq", "Functional Activities Questionnaire", "{score}", 0),
    "e-cog-subject": (LOCAL, "e-cog-subject", "Everyday Cognition, patient, severity 0 to 1", "{index}", 3),
    "e-cog-study-partner": (LOCAL, "e-cog-study-partner", "Everyday Cognition, informant, severity 0 to 1", "{index}", 3),
    "ravlt": (LOCAL, "ravlt", "RAVLT, severity 0 to 1", "{index}", 3),
    "fdg-pet": (LOCAL, "fdg-pet", "FDG PET, severity 0 to 1", "{index}", 3),
    "hippocampus": (LOCAL, "hippocampus", "Hippocampal volume, severity 0 to 1", "{index}", 3),
}
DRUG = {
    "fluorouracil": "L01BC02", "oxaliplatin": "L01XA03", "irinotecan": "L01CE02", "bevacizumab": "L01FG01",
    "donepezil": "N06DA02", "memantine": "N06DX01", "atorvastatin": "C10AA05",
}
LAB |= make_avatar.LAB
DRUG |= make_avatar.DRUG
DISEASE = {
    "Malignant tumor of colon": "363406005", "Malignant tumor of rectum": "363351006",
    "Secondary malignant neoplasm of liver": "94381002", "Cirrhosis of liver": "19943007", "Alzheimer's disease": "26929004",
}


def day(text):
    return date.fromisoformat(text)


# Whose national identifier is still to be asked for, so that the demo shows what is missing.
WITHOUT_INS = {"CRC-0171"}


def test_ins(pseudonym, sex, birth):
    """A number of the test register that nobody can have: born in France (99100 is the code of France for those born abroad)."""
    number = f"{'1' if sex == 'male' else '2'}{birth[2:4]}{birth[5:7]}99100{int(pseudonym[-3:]):03d}"
    return f"{number}{97 - int(number) % 97:02d}"


class Case:
    """One patient's bundle, built up resource by resource."""

    def __init__(self, pseudonym, given, family, sex, birth):
        self.pseudonym = pseudonym
        self.random = random.Random(f"{SEED} {pseudonym}")
        self.entries = []
        self.patient = self.add("Patient", "patient", {
            "identifier": [
                {"system": "urn:twinboard:pseudonym", "value": pseudonym},
                {"system": "urn:twinboard:demo-number", "value": "DEMO-" + pseudonym.replace("-", "")},
            ] + ([] if pseudonym in WITHOUT_INS else [
                {"system": "urn:oid:1.2.250.1.213.1.4.10", "value": test_ins(pseudonym, sex, birth)},
            ]),
            "name": [{"use": "official", "family": family, "given": [given]}],
            "gender": sex,
            "birthDate": birth,
        })

    def add(self, kind, key, body):
        name = str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:twinboard:demo:{self.pseudonym}:{key}"))
        resource = {"resourceType": kind, "id": name}
        resource.update(body)
        self.entries.append({"fullUrl": f"urn:uuid:{name}", "resource": resource})
        return f"urn:uuid:{name}"

    def subject(self):
        return {"reference": self.patient}

    def observe(self, name, when, value):
        system, code, display, unit, digits = LAB[name]
        number = round(value) if digits == 0 else round(value, digits)
        self.add("Observation", f"{name} {when}", {
            "status": "final",
            "code": {"coding": [{"system": system, "code": code, "display": display}]},
            "subject": self.subject(),
            "effectiveDateTime": when,
            "valueQuantity": {"value": number, "unit": unit, "system": UCUM, "code": unit},
        })

    def noisy(self, name, when, value, spread):
        self.observe(name, when, value * (1 + self.random.gauss(0, spread)))

    def answer(self, code, display, when, word):
        self.add("Observation", f"{code} {when}", {
            "status": "final",
            "code": {"coding": [{"system": LOCAL, "code": code, "display": display}]},
            "subject": self.subject(),
            "effectiveDateTime": when,
            "valueCodeableConcept": {"coding": [{"system": LOCAL, "code": word, "display": word.replace("-", " ")}]},
        })

    def finding(self, words, when, text):
        self.add("Observation", f"{words} {when}", {
            "status": "final", "code": {"text": words}, "subject": self.subject(), "effectiveDateTime": when, "valueString": text,
        })

    def blood_pressure(self, when, systolic, diastolic):
        def part(code, display, value):
            return {
                "code": {"coding": [{"system": LOINC, "code": code, "display": display}]},
                "valueQuantity": {"value": round(value), "unit": "mm[Hg]", "system": UCUM, "code": "mm[Hg]"},
            }
        self.add("Observation", f"bp {when}", {
            "status": "final", "code": {"text": "Blood pressure"}, "subject": self.subject(), "effectiveDateTime": when,
            "component": [
                part("8480-6", "Systolic blood pressure", systolic + self.random.gauss(0, 4)),
                part("8462-4", "Diastolic blood pressure", diastolic + self.random.gauss(0, 3)),
            ],
        })

    def condition(self, words, since, status="active"):
        code = {"text": words}
        if words in DISEASE:
            code = {"coding": [{"system": SNOMED, "code": DISEASE[words], "display": words}]}
        self.add("Condition", f"condition {words}", {
            "clinicalStatus": {"coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": status}]},
            "verificationStatus": {"coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
            "code": code, "subject": self.subject(), "onsetDateTime": since,
        })

    def medication(self, drug, start, end=None, note=None):
        code = {"text": drug}
        if drug in DRUG:
            code = {"coding": [{"system": ATC, "version": "2026", "code": DRUG[drug], "display": drug}], "text": drug}
        body = {
            "status": "completed" if end else "active", "medicationCodeableConcept": code, "subject": self.subject(),
            "effectivePeriod": {"start": start} | ({"end": end} if end else {}),
        }
        if note:
            body["dosage"] = [{"text": note}]
        self.add("MedicationStatement", f"{drug} {start}", body)

    def procedure(self, words, when):
        self.add("Procedure", f"procedure {words}", {
            "status": "completed", "code": {"text": words}, "subject": self.subject(), "performedDateTime": when})

    def letters(self):
        for path in sorted((HERE / "letters").glob(f"{self.pseudonym}-*.txt")):
            head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
            fields = dict(line.split(": ", 1) for line in head.splitlines())
            self.add("DocumentReference", path.stem, {
                "status": "current",
                "type": {"text": fields["Category"]},
                "subject": self.subject(),
                "date": fields["Date"] + "T12:00:00Z",
                "author": [{"display": fields["Author"]}],
                "content": [{"attachment": {
                    "contentType": "text/plain; charset=utf-8", "language": "en", "title": fields["Title"],
                    "data": base64.b64encode(text.encode("utf-8")).decode("ascii"),
                }}],
            })

    def bundle(self):
        self.letters()
        bundle = {
            "resourceType": "Bundle",
            "id": f"demo-{self.pseudonym.lower()}",
            # HTEST says to every system that reads it: test data.
            "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]},
            "type": "collection",
            "entry": self.entries,
        }
        return json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"


def blood(case, when, on_treatment=False):
    """A week's blood count and chemistry, lower counts under chemotherapy."""
    case.noisy("Hb", when, 11.4 if on_treatment else 13.2, 0.04)
    case.noisy("ANC", when, 2.3 if on_treatment else 4.1, 0.18)
    case.noisy("platelets", when, 158 if on_treatment else 248, 0.12)
    case.noisy("ALT", when, 44 if on_treatment else 27, 0.2)
    case.noisy("bilirubin", when, 0.7, 0.15)
    case.noisy("creatinine", when, 74, 0.08)


def liver_case(pseudonym, given, family, sex, birth, *, primary, primary_since, metastases_since, height, weights, scans, count, largest,
               flr, cea, ras, nodes, interval, ecog, treated=(), extrahepatic="no"):
    case = Case(pseudonym, given, family, sex, birth)
    case.condition(primary, primary_since)
    case.condition("Secondary malignant neoplasm of liver", metastases_since)
    first = scans[0][0]
    case.observe("height", first, height)
    for when, kilograms in weights:
        case.observe("weight", when, kilograms)
    for (when, diameters), marker in zip(scans, cea):
        case.observe("sum", when, diameters)
        case.observe("CEA", when, marker)
        blood(case, when, on_treatment=when in treated)
    last = scans[-1][0]
    case.observe("count", last, count)
    case.observe("largest", last, largest)
    case.observe("flr", last, flr)
    case.observe("dfi", first, interval)
    case.observe("ECOG", last, ecog)
    case.answer("ras-status", "RAS status of the tumour", first, ras)
    case.answer("node-positive", "Lymph nodes of the primary tumour", first, nodes)
    case.answer("extrahepatic", "Disease outside the liver", last, extrahepatic)
    return case


FLUOROURACIL = ("fluorouracil", "400 mg/m2 bolus, then 2400 mg/m2 over 46 h, every 14 days")
OXALIPLATIN = ("oxaliplatin", "85 mg/m2 every 14 days")


def liver_board():
    # Clearly resectable: two small metachronous metastases in the right liver, a large remnant, no drug needed to get there.
    case = liver_case(
        "CRC-0112", "Étienne", "Lefèvre-Marchand", "male", "1968-03-14", primary="Malignant tumor of colon", primary_since="2025-03-20",
        metastases_since="2026-10-05", height=168, weights=[("2026-10-05", 70.5), ("2026-11-16", 70.0)],
        scans=[("2026-10-05", 48), ("2026-11-16", 45)], count=2, largest=28, flr=620, cea=[11.8, 13.1], ras="mutant", nodes="no",
        interval=18, ecog=0)
    case.condition("Essential hypertension", "2015")
    case.procedure("Right hemicolectomy, pT3 pN0 (0/19) R0", "2025-04-08")
    case.medication("perindopril", "2015-06-01", note="5 mg daily")
    case.blood_pressure("2026-11-16", 138, 82)
    yield case

    # Borderline: four metastases that answer to FOLFOX; the left lateral remnant decides whether an operation is possible.
    case = liver_case(
        "CRC-0147", "Margarethe", "Schönfeld", "female", "1965-04-02", primary="Malignant tumor of colon", primary_since="2026-08-27",
        metastases_since="2026-09-03", height=172, weights=[("2026-09-21", 77.2), ("2026-10-19", 76.4), ("2026-11-16", 76.0)],
        scans=[("2026-09-21", 140), ("2026-11-16", 118)], count=4, largest=47, flr=350, cea=[86.4, 41.9], ras="wild-type", nodes="yes",
        interval=0, ecog=1, treated=("2026-11-16",))
    for drug, dose in [FLUOROURACIL, OXALIPLATIN]:
        case.medication(drug, "2026-09-21", "2026-11-04", dose)
    case.procedure("Sigmoid colectomy, pT3 pN1b (2/21) R0", "2026-08-31")
    case.finding("Segments involved", "2026-11-16", "IVb, V, VI, VIII; left lateral section free")
    yield case

    # Progression under treatment: an early answer to FOLFOX with bevacizumab, a nadir in summer, regrowth since.
    scans = list(zip(["2026-04-13", "2026-06-08", "2026-08-03", "2026-09-28", "2026-11-23"], [120, 88, 76, 84, 101]))
    case = liver_case(
        "CRC-0163", "Tomás", "Ibáñez Ruiz", "male", "1959-09-23", primary="Malignant tumor of rectum", primary_since="2026-03-30",
        metastases_since="2026-03-30", height=165, weights=[("2026-04-13", 63.4), ("2026-08-03", 61.1), ("2026-11-23", 60.0)],
        scans=scans, count=6, largest=34, flr=280, cea=[310, 94.5, 58.2, 88.7, 141.6], ras="mutant", nodes="yes", interval=0, ecog=1,
        treated=("2026-06-08", "2026-08-03"))
    for drug, dose in [FLUOROURACIL, OXALIPLATIN, ("bevacizumab", "5 mg/kg every 14 days")]:
        case.medication(drug, "2026-04-13", "2026-09-16", dose)
    case.condition("Peripheral neuropathy due to oxaliplatin, grade 2", "2026-08")
    yield case

    # Cirrhosis: little tumour, but a liver that raises the demand on the remnant to 40 %.
    case = liver_case(
        "CRC-0171", "Odile", "Bréval", "female", "1953-01-30", primary="Malignant tumor of colon", primary_since="2024-01-15",
        metastases_since="2026-08-31", height=158, weights=[("2026-08-31", 63.4), ("2026-11-09", 63.0)],
        scans=[("2026-08-31", 52), ("2026-11-09", 55)], count=3, largest=22, flr=520, cea=[6.2, 7.0], ras="wild-type", nodes="no",
        interval=31, ecog=1)
    case.condition("Cirrhosis of liver", "2021")
    case.condition("Type 2 diabetes mellitus", "2009")
    case.procedure("Left hemicolectomy, pT2 pN0 (0/16) R0", "2024-02-06")
    case.medication("metformin", "2012-09-01", note="1 g twice daily")
    case.finding("Child-Pugh class", "2026-11-09", "A5; platelets and spleen without sign of portal hypertension")
    yield case


# Contains data of leaspy 2.1.0, (c) INRIA / Aramis Lab, Clear BSD License: LICENSES/leaspy.txt
# The published population of leaspy 2.1 (`alzheimer`, BSD-3-Clause-Clear), rounded: feature, log g, log v0, noise, and the two rows of its
# mixing matrix. Cases are drawn from it so that the twin meets patients of the kind it knows; the shapes (s1, s2) are chosen by hand.
COURSE = [
    ("e-cog-subject", 1.02018, -4.15272, 0.17299, -0.044173, -0.049120),
    ("e-cog-study-partner", 0.31643, -2.41621, 0.08436, -0.029084, -0.092222),
    ("mmse", 1.81072, -3.66692, 0.06747, 0.015008, 0.043064),
    ("ravlt", -0.65218, -3.45895, 0.09784, -0.003875, 0.071603),
    ("faq", 1.38181, -2.58306, 0.06860, 0.014802, -0.012778),
    ("fdg-pet", -0.24459, -3.77955, 0.08225, 0.066365, 0.086714),
    ("hippocampus", 0.03658, -3.77079, 0.04291, -0.082260, 0.118825),
]
IMAGING = ("fdg-pet", "hippocampus")


def severity(feature, age, tau, xi, shape):
    _, log_g, log_v0, _, first, second = feature
    g = math.exp(log_g)
    rate = (g + 1) ** 2 / g
    time = math.exp(xi) * (age - tau)
    return 1 / (1 + math.exp(-(rate * (math.exp(log_v0) * time + first * shape[0] + second * shape[1]) - log_g)))


def visits(case, birth, dates, tau, xi, shape, imaging):
    """Seven features at each date, with half the population's noise for scores (the same rater) and all of it for images."""
    for when in dates:
        age = (day(when) - day(birth)).days / 365.25
        for feature in COURSE:
            name, noise = feature[0], feature[3]
            if name in IMAGING and when not in imaging:
                continue
            value = severity(feature, age, tau, xi, shape) + case.random.gauss(0, noise * (1 if name in IMAGING else 0.5))
            value = min(max(value, 0.0), 1.0)
            if name == "mmse":
                value = 30 * (1 - value)
            elif name == "faq":
                value = 30 * value
            case.observe(name, when, value)


def memory_board():
    # Early: a slow amnestic decline over two years, scores still near normal, hippocampus already small.
    birth = "1957-06-18"
    case = Case("MEM-0021", "Hélène", "Vasseur", "female", birth)
    visits(case, birth, ["2024-11-12", "2025-05-20", "2025-11-18", "2026-11-10"], tau=69.5, xi=-0.1, shape=(-0.6, 0.7),
           imaging=("2024-11-12", "2026-11-10"))
    case.condition("Mild cognitive impairment, amnestic", "2024-11-12")
    case.condition("Alzheimer's disease", "2025-02-03")
    case.finding("CSF biomarkers", "2025-02-03", "amyloid beta 42/40 ratio low, phosphorylated tau raised: A+ T+ N+")
    case.finding("APOE genotype", "2025-02-03", "e3/e4")
    case.finding("MRI", "2026-11-10", "no microhaemorrhage, no superficial siderosis, Fazekas 1")
    case.observe("weight", "2026-11-10", 61.5)
    case.observe("height", "2024-11-12", 163)
    case.blood_pressure("2026-11-10", 126, 76)
    yield case

    # Atypical: posterior profile; metabolism and daily life fail early, word lists and the hippocampus hardly.
    birth = "1963-02-09"
    case = Case("MEM-0034", "Séamus", "Ó Faoláin", "male", birth)
    visits(case, birth, ["2024-06-03", "2024-12-02", "2025-06-16", "2025-12-01", "2026-06-08", "2026-11-16"], tau=61.5, xi=0.3,
           shape=(2.3, -0.5), imaging=("2024-06-03", "2025-06-16", "2026-11-16"))
    case.condition("Posterior cortical atrophy", "2024-06-03")
    case.condition("Alzheimer's disease", "2024-09-10")
    case.medication("donepezil", "2024-10-01", note="10 mg daily")
    case.finding("CSF biomarkers", "2024-09-10", "amyloid beta 42/40 ratio low, phosphorylated tau raised: A+ T+ N+")
    case.finding("APOE genotype", "2024-09-10", "e3/e3")
    case.finding("Visual field", "2025-06-16", "left homonymous inattention, fields full to confrontation")
    case.observe("weight", "2026-11-16", 78.0)
    case.blood_pressure("2026-11-16", 131, 80)
    yield case

    # One visit only: everything that the twin says of her pace is the population's.
    birth = "1947-10-30"
    case = Case("MEM-0048", "Zdeňka", "Nováková", "female", birth)
    visits(case, birth, ["2026-11-03"], tau=76.5, xi=0.0, shape=(0.2, 0.1), imaging=("2026-11-03",))
    case.condition("Cognitive decline, cause not yet known", "2026-11-03")
    case.condition("Atrial fibrillation", "2019")
    case.medication("apixaban", "2019-04-01", note="5 mg twice daily")
    case.medication("atorvastatin", "2017-01-01", note="20 mg daily")
    case.observe("weight", "2026-11-03", 58.5)
    case.blood_pressure("2026-11-03", 148, 78)
    yield case

    # Typical and moving fast: moderate stage under donepezil, losing about three points a year.
    birth = "1952-08-21"
    case = Case("MEM-0055", "Paulo", "Gonçalves", "male", birth)
    visits(case, birth, ["2023-05-09", "2023-11-14", "2024-05-14", "2024-11-05", "2025-11-11", "2026-11-12"], tau=70.0, xi=0.45,
           shape=(-0.2, 0.4), imaging=("2023-05-09", "2026-11-12"))
    case.condition("Alzheimer's disease", "2023-06-20")
    case.condition("Essential hypertension", "2004")
    case.medication("donepezil", "2023-07-01", note="10 mg daily")
    case.medication("memantine", "2025-12-01", note="20 mg daily")
    case.observe("weight", "2026-11-12", 71.0)
    case.blood_pressure("2026-11-12", 142, 84)
    yield case


def write(cases, folder, script):
    """Writes each case's bundle to its file; with --check only compares, and says which are not as the script writes them."""
    check = "--check" in sys.argv[1:]
    stale = []
    for case in cases:
        path = folder / f"{case.pseudonym}.json"
        text = case.bundle()
        if check:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(path.name)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{path.name}: {len(case.entries)} entries")
    if stale:
        sys.exit(f"not as {script} writes them: " + ", ".join(stale))


if __name__ == "__main__":
    write([*liver_board(), *memory_board(), *make_avatar.avatar_board(Case)], HERE, "make.py")
