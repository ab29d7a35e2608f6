"""Cells to the last digit that is shown, against figures worked out by hand."""

import pytest

from reports.disclosure.cells import AT_ONE_END, answers_cell, extreme, headline_cell, score_cell
from reports.disclosure.released import AnswersCell, HeadlineCell, Hidden, ScoreCell, Share
from reports.disclosure.rules import STANDARD
from reports.stats.means import summarise
from reports.stats.measures import ScoreMeasure

SCALE = ScoreMeasure(7, 35)


def test_a_headline():
    """The example of docs/statistics.md."""
    assert headline_cell(30, 85, "school", STANDARD) == HeadlineCell(
        85, 30, 35.3, 26.0, 45.9, "35.3 %"
    )


@pytest.mark.parametrize(("met", "shown"), [(30, 30), (31, 30), (32, 33), (44, 45)])
def test_in_a_ward_it_is_of_the_nearest_multiple_of_three(met, shown):
    of_ward = headline_cell(met, 85, "ward", STANDARD)
    assert of_ward == headline_cell(shown, 85, "school", STANDARD)
    assert of_ward.count == shown


@pytest.mark.parametrize(
    ("met", "n", "label"),
    [
        (2, 41, "<5 %"),
        (2, 40, "fewer than 3"),
        (3, 41, ""),
        (39, 41, ">95 %"),
        (38, 40, "all but fewer than 3"),
        (38, 41, ""),
    ],
)
def test_what_stands_for_a_small_numerator(met, n, label):
    assert extreme(met, n, STANDARD) == label


def test_a_score():
    """The example of docs/statistics.md: 85 raw totals add up to 1,904, their squares to 44,667."""
    found = score_cell(summarise(85, 1904, 44667), 9.0, SCALE, STANDARD)
    assert found == ScoreCell(85, 22.4, 4.9, 21.3, 23.5)


def test_a_small_group_has_the_spread_of_the_borough():
    """20 pupils, mean 20: t with 19 degrees of freedom is 2.093; 2.093 x 5 / sqrt(20) = 2.34."""
    found = score_cell(summarise(20, 400, 8019), 5.0, SCALE, STANDARD)
    assert found == ScoreCell(20, 20.0, None, 17.7, 22.3)


@pytest.mark.parametrize(("n", "has_sd"), [(STANDARD.sd_base - 1, False), (STANDARD.sd_base, True)])
def test_an_sd_from_its_base_on(n, has_sd):
    found = score_cell(summarise(n, 20 * n, 425 * n), 5.0, SCALE, STANDARD)
    assert isinstance(found, ScoreCell)
    assert (found.sd is not None) is has_sd


@pytest.mark.parametrize("mean", [7, 35])
def test_a_mean_at_one_end_is_not_shown(mean):
    given = summarise(20, 20 * mean, 20 * mean**2)
    assert score_cell(given, 5.0, SCALE, STANDARD) == Hidden(AT_ONE_END)


def test_answers_are_of_those_who_answered_and_gaps_of_all():
    """84 answered of 100: 50/84 = 59.52 %, 32/84 = 38.10 %; 10 and 6 of 100 did not."""
    assert answers_cell((1, 2, 3, -1, -2), (50, 32, 2, 10, 6), STANDARD) == AnswersCell(
        84,
        (Share(1, 59.5, "59.5 %"), Share(2, 38.1, "38.1 %"), Share(3, None, "<5 %")),
        (Share(-1, 10.0, "10 %"), Share(-2, 6.0, "6 %")),
    )
