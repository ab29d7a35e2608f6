"""Documents are one, whichever database has kept them."""

import json

import pytest

from reports.disclosure.canonical import canonical

KEPT = {"b": {"d": [-0.0, {"f": 1, "e": "-0.0"}], "c": -0.04}, "a": True}


def test_keys_stand_in_order_at_every_depth():
    found = json.dumps(canonical(KEPT))
    assert found == '{"a": true, "b": {"c": -0.04, "d": [0.0, {"e": "-0.0", "f": 1}]}}'


@pytest.mark.parametrize("value", [0, -3, 2.5, -2.5, None, False, "text"])
def test_everything_else_stays_as_it_is(value):
    assert json.dumps(canonical({"x": [value]})) == json.dumps({"x": [value]})


def test_a_second_time_changes_nothing():
    assert json.dumps(canonical(canonical(KEPT))) == json.dumps(canonical(KEPT))
