"""The cases of the urology board: PSA that follows the avatars' equations, with a seeded error, and drug days set by hand.

`make.py` calls `avatar_board` with its own `Case`; nothing here runs by itself.
"""

import math
from datetime import date, timedelta

LAB = {
    "PSA": ("http://loinc.org", "2857-1", "Prostate specific Ag [Mass/volume] in Serum or Plasma", "ng/mL", 2),
    "testosterone": ("http://loinc.org", "2986-8", "Testosterone [Mass/volume] in Serum or Plasma", "ng/mL", 2),
}
DRUG = {"abiraterone": "L02BX03", "docetaxel": "L01CD02", "leuprorelin": "L02AE02"}


def course(days, windows, *, capacity, size, resistant, growth, kill, cost, turnover):
    """PSA on rising days: sensitive and resistant cells under known drug days (Strobl 2021), steps of half a day."""
    death = turnover * growth

    def rates(s, r, on):
        room = 1 - s - r
        return growth * s * room * (1 - kill * on) - death * s, growth * (1 - cost) * r * room - death * r

    s, r, step, now, values = size * (1 - resistant), size * resistant, 0.5, days[0], []
    for day in days:
        while now < day:
            on = any(start <= now < end for start, end in windows)
            a, b = rates(s, r, on)
            c, d = rates(s + step / 2 * a, r + step / 2 * b, on)
            e, f = rates(s + step / 2 * c, r + step / 2 * d, on)
            g, k = rates(s + step * e, r + step * f, on)
            s += step / 6 * (a + 2 * c + 2 * e + g)
            r += step / 6 * (b + 2 * d + 2 * f + k)
            now += step
        values.append(capacity * (s + r))
    return values


# Zhang 2017: growth per day of T+, TP and T-; what each takes of another's room (12, 13, 21, 23, 31, 32: the authors' patient 7).
GROWTH = (0.0027726, 0.0034657, 0.0066542)
MATRIX = (0.7, 0.8, 0.4, 0.5, 0.6, 0.9)


def three_clones(days, windows, *, first, room, independent, pace, remainder, suppression):
    """PSA on rising days: cells that need testosterone, make it, or need none (Zhang 2017) under known drug days, steps of a quarter day."""
    a, least = MATRIX, 0.005

    def rates(y, on):
        food, space = (0.5 if on else 1.5) * y[1] + least, remainder if on else 1
        return (pace * GROWTH[0] * y[0] * (1 - (y[0] + a[0] * y[1] + a[1] * y[2]) / food),
                pace * GROWTH[1] * y[1] * (1 - (a[2] * y[0] + y[1] + a[3] * y[2]) / space),
                pace * GROWTH[2] * y[2] * (1 - suppression * (a[4] * y[0] + a[5] * y[1]) - y[2]))

    # T+ and TP in the proportion in which they rest without the drug.
    share = 1.5 - a[0]
    size = (1 + share) / (1 + a[2] * share) / (1 + room)
    others = size / (1 + independent)
    y, h, now, values = [others * share / (1 + share), others / (1 + share), others * independent], 0.25, days[0], []
    for day in days:
        while now < day:
            on = any(start <= now < end for start, end in windows)
            k = rates(y, on)
            m = rates([c + h / 2 * d for c, d in zip(y, k)], on)
            n = rates([c + h / 2 * d for c, d in zip(y, m)], on)
            p = rates([c + h * d for c, d in zip(y, n)], on)
            y = [max(c + h / 6 * (d + 2 * e + 2 * f + g), 1e-13) for c, d, e, f, g in zip(y, k, m, n, p)]
            now += h
        values.append(first / size * sum(y))
    return values


def series(case, last, days, windows, error, equations=course, **numbers):
    """PSA observations up to the day of the last one, each with a seeded relative error."""
    for day, value in zip(days, equations(days, windows, **numbers)):
        case.observe("PSA", (last + timedelta(days=day)).isoformat(), value * math.exp(error * case.random.gauss(0, 1)))


def on(last, day):
    return (last + timedelta(days=day)).isoformat()


def avatar_board(Case):
    last = date(2026, 12, 1)

    # Crowded before treatment, few resistant cells, one holiday already: dosing by PSA should gain time and spare months of drug.
    case = Case("URO-0204", "Baptiste", "Kerouédan", "male", "1953-03-14")
    case.condition("Castration-resistant prostate cancer, metastatic to bone", on(last, -500))
    case.medication("leuprorelin", on(last, -1900), note="22.5 mg every 3 months")
    windows = [(-364, -280), (-196, -98)]
    for start, end in windows:
        case.medication("abiraterone", on(last, start), on(last, end), note="1000 mg daily with prednisone")
    series(case, last, list(range(-504, 1, 28)), windows, 0.08, capacity=72, size=0.12, resistant=0.004, growth=0.021, kill=1.9,
           cost=0.30, turnover=0.10)
    case.observe("testosterone", on(last, -28), 0.12)
    case.observe("ECOG", on(last, 0), 0)
    case.observe("weight", on(last, 0), 81.5)
    case.finding("Bone scan", on(last, -30), "five lesions, all known since 2025, none new")
    yield case

    # What the 32 men of Zhang 2022 have in common, by the three clones: two short courses, few cells that need no testosterone, held down by the
    # others. Dosing by PSA should put progression off by a year.
    case = Case("URO-0248", "Aurèle", "Vandenberghe", "male", "1955-09-08")
    case.condition("Castration-resistant prostate cancer, metastatic to bone", on(last, -240))
    case.medication("leuprorelin", on(last, -1500), note="22.5 mg every 3 months")
    windows = [(-182, -154), (-28, 0)]
    for start, end in windows:
        case.medication("abiraterone", on(last, start), on(last, end), note="1000 mg daily with prednisone")
    series(case, last, list(range(-238, 1, 14)), windows, 0.08, three_clones, first=20, room=3.8, independent=0.00012, pace=4.4,
           remainder=0.044, suppression=1.9)
    case.observe("testosterone", on(last, -28), 0.10)
    case.observe("ECOG", on(last, 0), 0)
    case.observe("weight", on(last, 0), 78.0)
    case.finding("Bone scan", on(last, -21), "three lesions, all known since April, none new")
    yield case

    # A third of the cells resistant before the drug began: PSA never fell by half, so a policy that waits for that never pauses.
    case = Case("URO-0217", "Tomasz", "Wiśniewski", "male", "1957-11-02")
    case.condition("Castration-resistant prostate cancer, metastatic to lymph nodes", on(last, -330))
    case.medication("leuprorelin", on(last, -1200), note="22.5 mg every 3 months")
    case.medication("abiraterone", on(last, -168), note="1000 mg daily with prednisone")
    series(case, last, list(range(-308, 1, 28)), [(-168, 1)], 0.06, capacity=700, size=0.03, resistant=0.14, growth=0.016, kill=1.8,
           cost=0.30, turnover=0.10)
    case.observe("testosterone", on(last, -56), 0.09)
    case.observe("ECOG", on(last, 0), 1)
    case.observe("weight", on(last, 0), 74.0)
    case.finding("CT", on(last, -14), "retroperitoneal nodes up from 24 to 31 mm")
    yield case

    # Outside the model: docetaxel among the PSA values, two values left, testosterone never measured.
    case = Case("URO-0231", "Ibrahim", "Haddad", "male", "1949-07-23")
    case.condition("Prostate cancer, metastatic", on(last, -260))
    case.medication("leuprorelin", on(last, -250), note="22.5 mg every 3 months")
    case.medication("docetaxel", on(last, -182), on(last, -77), note="75 mg/m2 every 21 days, six cycles")
    for day, value in [(-168, 212.0), (-126, 64.0), (-98, 22.0), (-70, 14.5), (-35, 12.1), (0, 15.8)]:
        case.observe("PSA", on(last, day), value)
    case.observe("ECOG", on(last, 0), 1)
    case.observe("weight", on(last, 0), 69.5)
    yield case
