"""Survey designs against R 4.2.2 with survey 4.1.1, on its Californian schools (api data).

`data(api)` and, by name:
srs: `svydesign(id = ~1, fpc = ~fpc, data = apisrs)`
strat: `svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat)`
strat_nofpc: the same without `fpc`
clus1: `svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1)`
clus1_nofpc: the same without `fpc`
clus2: `svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = apiclus2)`

survey_api.json holds n, sum and sum of squares of each measure by stratum or district, which is all
that these figures depend on, and R's figures. Rows are made up from the sums where rows are needed.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from reports.stats.design import Design, Draw
from reports.stats.estimation import Column, means, totals
from reports.stats.shares import share_interval
from reports.stats.weighting import effective_n, indicators, rake

KEPT = json.loads(Path(__file__).with_name("survey_api.json").read_text(encoding="utf-8"))
PW, DISTRICTS = 33.846996307373, 757
ROLL = {"stype": {"E": 4421, "H": 755, "M": 1018}, "sch.wide": {"No": 1072, "Yes": 5122}}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "reference"


def sums(name):
    return KEPT["sums"][name.split("_")[0]]


def repeated(name, key):
    return np.concatenate([np.repeat(part[key], part["n"]) for part in sums(name)])


def parts(name):
    return np.repeat(np.arange(len(sums(name))), [part["n"] for part in sums(name)])


def rows(n, answered, total, squares):
    """Values with this number, sum and sum of squares; NaN for those who did not answer."""
    if not answered:
        return np.full(n, np.nan)
    values = np.full(answered, total / answered)
    if answered > 1:
        away = np.sqrt(max(squares - total**2 / answered, 0) / 2)
        values[:2] += [away, -away]
    return np.concatenate([values, np.full(n - answered, np.nan)])


def column(name, measure):
    """By rows; of the clustered sample as one cell a district."""
    found = [part["sums"][measure] for part in sums(name)]
    if name.startswith("clus1"):
        return Column.of_sums(*np.array(found, dtype=float).T)
    each = [rows(part["n"], *three) for part, three in zip(sums(name), found, strict=True)]
    return Column.of_values(np.concatenate(each))


def design(name):
    corrected = not name.endswith("nofpc")
    if name == "srs":
        return Design.of(Draw(np.arange(200), population=np.full(200, 6194)))
    if name.startswith("strat"):
        population = repeated(name, "population") if corrected else None
        draw = Draw(np.arange(200), parts(name), population)
        return Design.of(draw, weights=repeated(name, "weight"))
    if name.startswith("clus1"):
        population = np.full(15, DISTRICTS) if corrected else None
        return Design.of(Draw(np.arange(15), population=population), weights=np.full(15, PW))
    one = Draw(parts(name), population=np.full(126, DISTRICTS))
    return Design.of(one, Draw(np.arange(126), population=repeated(name, "schools")))


def estimated(name, measure):
    return means(design(name), {measure: column(name, measure)})


@pytest.mark.parametrize("figures", KEPT["svymean"], ids=lambda row: f"{row[0]} {row[1]}")
def test_means_totals_and_design_effects(figures):
    """`svymean(~y, d, deff = TRUE, na.rm = TRUE)`, `svytotal`, `confint(m, df = degf(d))`."""
    name, measure, mean, se, effect, df, z_low, z_high, low, high, total, total_se, spread = figures
    found = estimated(name, measure)
    assert found.value[0] == pytest.approx(mean, rel=1e-9)
    assert found.se[0] == pytest.approx(se, rel=1e-9)
    assert found.design_effect()[0] == pytest.approx(effect, rel=1e-9)
    assert found.df[0] == df
    shown = found.interval()
    assert (shown.low[0], shown.high[0]) == pytest.approx((low, high), rel=1e-9)
    plain = found.value[0] + 1.959963984540054 * found.se[0] * np.array([-1, 1])
    assert plain == pytest.approx((z_low, z_high), rel=1e-9)
    summed = totals(design(name), {measure: column(name, measure)})
    assert (summed.value[0], summed.se[0]) == pytest.approx((total, total_se), rel=1e-9)
    # svyvar alone counts the six schools of clus2 without an enrolment; deff, like us, does not.
    n = found.n[0]
    counted = (126 / 125) / (n / (n - 1)) if (name, measure) == ("clus2", "enroll") else 1.0
    assert found.srs[0] * n * counted == pytest.approx(spread, rel=1e-9)


@pytest.mark.parametrize("figures", KEPT["categorical"], ids=lambda row: f"{row[0]} {row[1]}")
def test_shares_of_every_category(figures):
    """`svymean(~stype + sch.wide, d, deff = TRUE)`; shares of the strata themselves do not vary."""
    name, level, share, se, effect = figures
    found = estimated(name, level)
    shown = (found.value[0], found.se[0], found.design_effect()[0])
    assert shown == pytest.approx((share, se, effect), rel=1e-9, abs=1e-12)


EVENTS = {"stype == 'E'": "stypeE", "stype == 'H'": "stypeH", "sch.wide == 'Yes'": "sch.wideYes"}


@pytest.mark.parametrize("figures", KEPT["svyciprop"], ids=lambda row: " ".join(row[:3]))
def test_intervals_of_shares(figures):
    """`svyciprop(~I(event), d, method, df = degf(d), na.rm = TRUE)`.

    likelihood: R interpolates its profile between steps of a fifth of the way, so it is off by up
    to 1e-4; the next test holds ours to its definition. beta: R counts the school without an answer
    (emer) as a row, worth 1.1e-6. Where the error is nought R gives 0.5 for beta and nothing for
    likelihood, and for a share of nought the logit of a fit that does not end; we give the share
    itself, and nothing.
    """
    name, event, method, share, low, high = figures
    found = estimated(name, EVENTS.get(event, event))
    shown = share_interval(found, "logit" if method == "xlogit" else method)
    if share is not None:
        assert shown.value[0] == pytest.approx(share, abs=1e-9)
    if found.value[0] == 0:
        assert np.isnan([shown.low[0], shown.high[0]]).all()
        return
    if found.se[0] < 1e-12:
        low = high = found.value[0]
    error = {"likelihood": 1e-4, "beta": 2e-6 if event == "emer > 60" else 1e-9}.get(method, 1e-9)
    assert (shown.low[0], shown.high[0]) == pytest.approx((low, high), abs=error)


def test_likelihood_ends_are_where_the_profile_has_fallen():
    found = estimated("clus2", "stypeH")
    p, effective = found.value[0], found.value[0] * (1 - found.value[0]) / found.se[0] ** 2
    t = 2.022690920036761  # qt(.975, 39)
    shown = share_interval(found, "likelihood")
    for end in (shown.low[0], shown.high[0]):
        deviance = p * np.log(p / end) + (1 - p) * np.log((1 - p) / (1 - end))
        assert 2 * effective * deviance == pytest.approx(t**2 * 126 / 125, rel=1e-9)


# District, stype, sch.wide; schools; sum and sum of squares of api00 and of enroll in apiclus1.
COLUMNS = ["dnum", "stype", "sch.wide", "n", "api", "api2", "enroll", "enroll2"]
CELLS = pd.DataFrame(KEPT["cells"], columns=COLUMNS)
RAKED = {row[0]: row[1:] for row in KEPT["rake"]}


def check_weighted(weights, margins, expected, error):
    names = list(margins)
    base = Design.of(
        Draw(CELLS["dnum"], population=np.full(len(CELLS), DISTRICTS)),
        weights=np.full(len(CELLS), PW),
    )
    found = base.calibrated(weights, indicators({name: CELLS[name] for name in names}), CELLS["n"])
    api = means(found, {"api00": Column.of_sums(CELLS["n"], CELLS["api"], CELLS["api2"])})
    size = totals(found, {"size": Column.of_sums(CELLS["n"], CELLS["enroll"], CELLS["enroll2"])})
    effective = effective_n(weights, CELLS["n"])
    shown = (api.value[0], api.se[0], size.value[0], size.se[0], effective, 183 / effective)
    assert shown == pytest.approx(expected, rel=error)


@pytest.mark.parametrize("method", ["rake", "calibrate raking"])
def test_raking(method):
    """`rake(clus1, list(~stype, ~sch.wide), list(types, wide))`; `calibrate(calfun = "raking")`."""
    margins = {name: CELLS[name] for name in ROLL}
    weights = rake(margins, ROLL, CELLS["n"], np.full(len(CELLS), PW))
    check_weighted(weights, ROLL, RAKED[method], 1e-9)


def test_raking_to_one_margin_is_poststratification():
    """`postStratify(clus1, ~stype, types)`."""
    one = {"stype": ROLL["stype"]}
    weights = rake({"stype": CELLS["stype"]}, one, CELLS["n"], np.full(len(CELLS), PW))
    check_weighted(weights, one, RAKED["postStratify(stype)"], 1e-9)


def linear(columns, totals_known, pupils, base):
    """Linear calibration, in closed form."""
    inner = columns.T @ (columns * (base * pupils)[:, None])
    gap = totals_known - columns.T @ (base * pupils)
    return base * (1 + columns @ np.linalg.lstsq(inner, gap, rcond=None)[0])


def test_errors_of_any_calibrated_weights():
    """`calibrate(clus1, ~stype + sch.wide, totals)`: the weights in closed form, the error ours."""
    columns = indicators({name: CELLS[name] for name in ROLL})
    known = [ROLL[name][each] for name in ROLL for each in dict.fromkeys(CELLS[name])]
    weights = linear(columns, np.array(known), CELLS["n"].to_numpy(), np.full(len(CELLS), PW))
    check_weighted(weights, ROLL, RAKED["calibrate linear"], 1e-9)


@pytest.mark.skipif(not SHARED.exists(), reason="needs apiclus1 itself in ../shared/reference")
def test_errors_after_calibration_to_a_number():
    """`calibrate(clus1, ~stype + api99, c(6194, 755, 1018, api99 = 3914069))`, by rows."""
    table = pd.read_csv(SHARED / "data_apiclus1.csv")
    base = Design.of(Draw(table["dnum"], population=table["fpc"]), weights=table["pw"])
    columns = np.column_stack([indicators({"stype": table["stype"]}), table["api99"]])
    known = [ROLL["stype"][each] for each in dict.fromkeys(table["stype"])]
    weights = linear(columns, np.array([*known, 3914069]), np.ones(183), base.weights)
    found = base.calibrated(weights, columns)
    api = means(found, {"api00": Column.of_values(table["api00"])})
    size = totals(found, {"size": Column.of_values(table["enroll"])})
    shown = (api.value[0], api.se[0], size.value[0], size.se[0], effective_n(weights))
    assert shown == pytest.approx(RAKED["calibrate linear stype+api99"][:5], rel=1e-9)
