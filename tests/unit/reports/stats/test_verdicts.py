import json
from dataclasses import replace
from math import isnan, nan

import numpy as np
import pytest

from reports.stats.measures import HeadlineMeasure, Measures, ScoreMeasure
from reports.stats.verdicts import (
    RULESETS,
    STANDARD,
    read_rule,
    reasons,
    rule,
    shrunk,
    standardised,
    verdict,
)


@pytest.mark.parametrize(
    ("p", "effect", "unit", "expected"),
    [
        (0.01, 0.2, "g", "higher"),
        (0.01, -0.2, "g", "lower"),
        (0.049, 0.1, "g", "higher"),
        (0.05, 0.5, "g", "same"),
        (0.001, 0.09, "g", "same"),
        (0.001, 4.9, "points", "same"),
        (0.001, -5.0, "points", "lower"),
        (nan, 50.0, "points", "same"),
    ],
)
def test_a_claim_needs_both_evidence_and_size(p, effect, unit, expected):
    assert verdict(p, effect, unit) == expected


def test_the_rule_is_an_argument():
    assert verdict(0.01, 0.2, "g", replace(STANDARD, version=2, min_effect=0.3)) == "same"


def test_a_measure_key_is_used_once():
    with pytest.raises(ValueError, match="used more than once: sleep"):
        Measures(scores={"sleep": ScoreMeasure(0, 4)}, headlines={"sleep": HeadlineMeasure()})


def test_the_files_name_is_the_rules_and_every_number_has_a_reason():
    for file in RULESETS.glob("*.json"):
        name, version = file.stem.rsplit("-", 1)
        found = rule(name, int(version))
        assert (found.name, found.version) == (name, int(version))
        assert all(len(reason.split()) > 5 for reason in reasons(name, int(version)).values())


def test_the_standard_rule():
    assert (STANDARD.name, STANDARD.version) == ("bh-with-floor", 1)
    floors = (STANDARD.alpha, STANDARD.min_effect, STANDARD.min_points, STANDARD.min_base)
    assert floors == (0.05, 0.1, 5, 30)


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        ("alpha", {"value": 5, "why": "percent by mistake"}),
        ("alpha", {"value": 0.05, "why": " "}),
        ("alpha", {"value": 1, "why": "everything"}),
        ("icc", {"value": 0, "why": "none"}),
        ("min_points", {"value": 0, "why": "no floor"}),
        ("min_base", {"value": 29.5, "why": "half a pupil"}),
        ("min_points", {"value": "5", "why": "text"}),
        ("min_effect", {"value": -0.1, "why": "below nought"}),
        ("most", {"value": True, "why": "not a number"}),
        ("floor", {"value": 1, "why": "not a number of this rule"}),
        ("most", 5),
        ("most", None),
    ],
)
def test_a_rule_that_is_not_right_is_refused_by_the_name_of_its_number(field, entry):
    document = json.loads((RULESETS / "bh-with-floor-1.json").read_text())
    document["numbers"][field] = entry
    if entry is None:
        del document["numbers"][field]
    with pytest.raises(ValueError, match=f"not a verdict rule: {field}"):
        read_rule(document)


def test_a_rule_without_name_or_version_is_refused():
    document = json.loads((RULESETS / "bh-with-floor-1.json").read_text())
    for part in ("name", "version"):
        with pytest.raises(ValueError, match="name or version"):
            read_rule({key: value for key, value in document.items() if key != part})


def test_shrinking_gives_the_mean_of_what_schools_are_truly_like():
    """Bayes by brute force: of many schools seen at one difference, the true ones' mean."""
    icc, n, dice = 0.05, 40, np.random.default_rng(11)
    true = dice.normal(0, icc**0.5, 2_000_000)
    seen = true + dice.normal(0, ((1 - icc) / n) ** 0.5, len(true))
    alike = true[np.abs(seen - 0.3) < 0.005]
    assert shrunk(0.3, n, icc) == pytest.approx(alike.mean(), abs=0.005)


@pytest.mark.parametrize(("n", "reliability"), [(10, 0.12), (40, 0.36), (85, 0.55), (228, 0.76)])
def test_reliability_of_a_schools_mean_at_the_published_icc(n, reliability):
    assert shrunk(1.0, n, 0.014) == pytest.approx(reliability, abs=0.005)
    assert shrunk(-1.0, n, 0.014) == -shrunk(1.0, n, 0.014)


def test_points_and_scores_share_a_ruler():
    assert standardised(5, 50) == pytest.approx(0.1)
    assert standardised(-4, 80) == pytest.approx(-0.1)
    assert standardised(1, 0.001) == pytest.approx(3.162, abs=0.001)
    assert isnan(standardised(5, 0))
    assert isnan(standardised(-5, 100))
