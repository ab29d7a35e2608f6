"""Coverage, response and linkage: plain counts, and none that tells of a few."""

import pandas as pd

from reports.quality.turnout import coverage, linkage, response
from surveys.models import Link

NAMES = {("sex", "F"): "Girls", ("sex", "M"): "Boys"}


def roll(*groups: tuple[int, dict[str, object]]) -> pd.DataFrame:
    usual = {"school": "1", "year_group": "8", "sex": "F", "fsm": "no", "sen": "none"}
    usual |= {"status": "took_part", "edition": "full"}
    return pd.DataFrame([usual | facts for number, facts in groups for _ in range(number)])


def rows(section: object) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in section.rows}  # type: ignore[attr-defined]


def test_coverage_three_ways() -> None:
    found = coverage(
        roll((60, {}), (20, {"status": "did_not"}), (20, {"status": "opted_out"})), 200
    )
    assert list(rows(found).values()) == [("200", "30.0 %"), ("100", "60.0 %"), ("80", "75.0 %")]


def test_a_few_opt_outs_are_not_told_by_any_number() -> None:
    found = coverage(roll((60, {}), (37, {"status": "did_not"}), (3, {"status": "opted_out"})), 200)
    assert found.rows[2][1:] == ("all but fewer than 10", "")
    assert "97" not in str(found.rows)


def test_pupils_who_have_left_since_count_as_pupils_of_the_years() -> None:
    assert coverage(roll((60, {})), 50).rows[0][1:] == ("60", "100.0 %")


def test_a_wave_from_a_file_has_no_coverage() -> None:
    assert coverage(roll((60, {})), None).rows == ()
    assert response(roll((60, {})), NAMES, has_roll=False).rows == ()


def test_response_by_group_leaves_small_groups_out() -> None:
    table = roll(
        (40, {}),
        (10, {"status": "did_not"}),
        (12, {"sex": "M"}),
        (8, {"sex": "M", "status": "opted_out"}),
        (9, {"sex": "X"}),
        (11, {"fsm": None, "sex": None}),
    )
    found = rows(response(table, NAMES, has_roll=True))
    assert found["Girls"][:2] == ("50", "80.0 %")
    assert found["Boys"][:2] == ("20", "60.0 %")
    assert found["Boys"][2] == "38.7 % to 78.1 %"  # Wilson, R: prop.test(12, 20, correct = FALSE)
    assert "sex X" not in found
    assert len(found) == 5  # one year, two sexes, one fsm, one sen


def test_linkage_tells_reasons() -> None:
    found = linkage({"Linked": 300, "Opted out": 20, "Duplicate": 12, "Left": 0})
    assert found.rows == (
        ("Linked", "300", "90 %"),
        ("Opted out", "20", "6 %"),
        ("Duplicate", "12", "4 %"),
    )
    assert "332" in found.note


def test_small_outcomes_are_joined() -> None:
    found = linkage({"Linked": 300, "Opted out": 20, "Left": 3, "Duplicate": 2})
    assert rows(found) == {
        "Linked": ("300", "92 %"),
        "Duplicate; or Left; or Opted out": ("25", "8 %"),
    }


def test_what_is_few_even_together_is_not_told_by_the_total() -> None:
    found = linkage({"Linked": 300, "Left": 3, "Duplicate": 2})
    assert rows(found)["Duplicate; or Left"] == ("fewer than 10", "")
    assert found.note == ""
    assert "305" not in str(found)


def test_every_outcome_has_a_name_of_its_own() -> None:
    assert len({each.label for each in Link.Outcome}) == len(Link.Outcome)
