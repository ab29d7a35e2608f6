from math import nan

import pytest

from reports.stats.measures import HeadlineMeasure, Measures, ScoreMeasure
from reports.stats.verdicts import VerdictRule, verdict


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
    assert verdict(0.01, 0.2, "g", VerdictRule(version=2, min_effect=0.3)) == "same"


def test_a_measure_key_is_used_once():
    with pytest.raises(ValueError, match="used more than once: sleep"):
        Measures(scores={"sleep": ScoreMeasure(0, 4)}, headlines={"sleep": HeadlineMeasure()})
