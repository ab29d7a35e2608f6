"""Rule sets as files: read whole or refused, and nothing left without a source."""

import json
from dataclasses import fields

import pytest

from reports.disclosure import rules
from reports.disclosure.rules import STANDARD, BadRuleSet, RuleSet, rule_set, sources


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A copy of the standard rule set that may be spoilt."""
    document = json.loads((rules.FILES / "whole-breakdowns-1.json").read_text())
    monkeypatch.setattr(rules, "FILES", tmp_path)

    def write(change):
        change(document)
        (tmp_path / "whole-breakdowns-1.json").write_text(json.dumps(document))

    return write


def test_the_standard_keeps_the_promise():
    assert (STANDARD.k, STANDARD.m) == (10, 10)
    assert (STANDARD.min_schools, STANDARD.min_other_schools, STANDARD.max_school_share) == (
        3,
        3,
        0.8,
    )
    assert ("school", ("year_group",)) in STANDARD.answers_at
    assert hash(STANDARD)


def test_every_rule_has_a_source():
    named = {field.name for field in fields(RuleSet)} - {"name", "version"}
    found = sources("whole-breakdowns", 1)
    assert set(found) == named
    assert all(len(text.split()) > 5 for text in found.values())


def test_a_file_is_read_as_it_is(file):
    file(lambda document: None)
    assert rule_set("whole-breakdowns", 1) == STANDARD


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d["rules"].pop("k"), "missing or unknown: k"),
        (lambda d: d["rules"].update(q={"value": 1, "source": "none"}), "missing or unknown: q"),
        (lambda d: d["rules"]["m"].update(source=" "), "m has no source"),
        (lambda d: d["rules"]["m"].update(value="10"), "m: '10' is no int"),
        (lambda d: d["rules"]["m"].update(value=True), "m: True is no int"),
        (lambda d: d["rules"]["m"].update(value=11), "k: at least m"),
        (lambda d: d["rules"]["m"].update(value=2), "at least 3"),
        (lambda d: d["rules"]["extreme_base"].update(value=40), "under 5 %"),
        (lambda d: d["rules"]["max_school_share"].update(value=1.2), "between nought and one"),
        (lambda d: d["rules"]["max_school_share"].update(value=0), "between nought and one"),
        (lambda d: d["rules"]["two_way_share"].update(value=0.6), "between nought and one"),
        (lambda d: d["rules"]["hidden_count"].update(value=0), "at least 1"),
        (lambda d: d["rules"]["pairs"].update(value=[["sex"]]), "2 entries are needed"),
        (lambda d: d["rules"]["one_way"].update(value="sex"), "a list is needed"),
        (lambda d: d["rules"]["priority"]["value"].pop(), "every kind"),
        (lambda d: d["rules"]["priority"]["value"].append(["ward", 1]), "once"),
        (lambda d: d.update(version=2), "named whole-breakdowns 2 inside"),
        (lambda d: d.pop("name"), "needs name"),
    ],
)
def test_what_is_wrong_is_named(file, change, message):
    file(change)
    with pytest.raises(BadRuleSet, match=message):
        rule_set("whole-breakdowns", 1)


@pytest.mark.parametrize(
    ("rule", "value"), [("m", 3), ("max_school_share", 1), ("two_way_share", 0.5)]
)
def test_the_last_value_that_may_be(file, rule, value):
    file(lambda document: document["rules"][rule].update(value=value))
    assert getattr(rule_set("whole-breakdowns", 1), rule) == value


def test_a_rule_set_that_is_not_there():
    with pytest.raises(BadRuleSet, match=r"whole-breakdowns-99\.json"):
        rule_set("whole-breakdowns", 99)
