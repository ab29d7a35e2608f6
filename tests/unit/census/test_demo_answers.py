"""Made-up answers: they walk the real routes, and the published findings come out of them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from census.demo.answers import Sheet, make_sheets
from census.demo.findings import FINDINGS, PROFILES
from census.demo.leaning import leanings
from census.demo.model import Luck
from census.demo.register import Made, make
from census.demo.shares import apportion, hump
from census.demo.size import FULL, SEED, SMALL
from census.demo.turnout import COUNTED, Fate
from surveys.coding import coded
from surveys.definition import check_answers, columns, load
from surveys.navigation import relevant_answers, visible_pages
from surveys.scoring import headline_frame

FOLDER = Path(__file__).resolve().parents[3] / "surveys" / "questionnaires"
CORE = load(FOLDER / "core.json")


@pytest.fixture(scope="module")
def made() -> Made:
    return make(FULL, SEED)


@pytest.fixture(scope="module")
def sheets(made: Made) -> list[Sheet]:
    return make_sheets(CORE, made.people, made.fates, Luck(SEED))


@pytest.fixture(scope="module")
def met(made: Made, sheets: list[Sheet]) -> pd.DataFrame:
    """Demographics and headlines of everybody who counts."""
    counted = [sheet for sheet in sheets if sheet.fate in COUNTED]
    years = made.people["year_group"]
    rows = [
        coded(CORE, everything(sheet), years[sheet.row], {page for page, _ in sheet.pages})
        for sheet in counted
    ]
    items = pd.DataFrame(rows, columns=[c.key for c in columns(CORE)]).astype("int16")
    who = made.people.loc[[sheet.row for sheet in counted]].reset_index(drop=True)
    return who.join(headline_frame(CORE, items))


def everything(sheet: Sheet) -> dict:
    return {key: answer for _, answers in sheet.pages for key, answer in answers.items()}


def percent(met: pd.DataFrame, headline: str, column: str, value: str) -> float:
    return float(100 * met.loc[met[column] == value, headline].mean())


@pytest.mark.parametrize(
    ("headline", "column", "value", "published"),
    [
        ("active_5_days", "sex", "F", 33),
        ("active_5_days", "sex", "M", 54),
        ("lonely_sometimes", "sex", "F", 36),
        ("lonely_sometimes", "sex", "M", 21),
        ("bullied_4_times", "year_group", "8", 22),
        ("bullied_4_times", "sen", "any", 22),
        ("discrimination_disability", "sen", "any", 16),
        ("feel_safe_local", "locality", "X99-NORTH", 70),
    ],
)
def test_the_published_percentages_come_out(
    met: pd.DataFrame, headline: str, column: str, value: str, published: int
) -> None:
    # A little inside the rounding, for the few whose fact is not known and who join a group.
    assert percent(met, headline, column, value) == pytest.approx(published, abs=0.3)


def test_the_percentage_published_with_a_decimal(met: pd.DataFrame) -> None:
    assert f"{percent(met, 'enough_sleep', 'sex', 'F'):.1f}" == "38.5"


def test_the_percentage_of_everybody(met: pd.DataFrame) -> None:
    assert round(100 * met["discrimination_race"].mean()) == 10


@pytest.mark.parametrize("finding", FINDINGS, ids=lambda finding: finding.headline)
def test_both_sides_are_common_enough_to_be_broken_down(met: pd.DataFrame, finding) -> None:
    assert 0.10 <= met[finding.headline].mean() <= 0.90


def test_schools_differ_but_little(met: pd.DataFrame) -> None:
    by_school = 100 * met.groupby("school")["lonely_sometimes"].mean()
    assert 2 < by_school.std() < 10


def test_headlines_hang_together(met: pd.DataFrame) -> None:
    """One factor runs through all topics: whoever is lonely feels less safe."""
    safe = met.groupby("lonely_sometimes")["feel_safe_local"].mean()
    assert safe[0.0] - safe[1.0] > 0.08


def test_every_page_would_be_saved(made: Made, sheets: list[Sheet]) -> None:
    for sheet in sheets[::7]:
        for page, answers in sheet.pages:
            assert check_answers(CORE, page, answers) == ()


def test_pupils_meet_the_pages_that_routing_shows_them(made: Made, sheets: list[Sheet]) -> None:
    for sheet in sheets[::7]:
        year, answers = made.people["year_group"][sheet.row], everything(sheet)
        assert relevant_answers(CORE, answers, year) == answers
        shown = [page.key for page in visible_pages(CORE, answers, year)]
        pages = [page for page, _ in sheet.pages]
        if sheet.fate == Fate.FINISHED:
            assert pages == shown
        else:
            assert pages == shown[: len(pages)]


def test_those_who_stop_early_do_not_reach_the_end(sheets: list[Sheet]) -> None:
    last = CORE.pages[-1].key
    early = [s for s in sheets if s.fate in (Fate.STOPPED, Fate.OUT_OF_TIME, Fate.WITHDRAWN)]
    assert len(early) > 100
    assert all(sheet.pages and sheet.pages[-1][0] != last for sheet in early)


def test_a_few_questions_are_skipped_or_not_said(sheets: list[Sheet]) -> None:
    asked = sum(len(CORE.page[page].items) for sheet in sheets for page, _ in sheet.pages)
    given = sum(len(everything(sheet)) for sheet in sheets)
    assert 0.9 < given / asked < 0.995
    silent = [s for s in sheets if everything(s).get("bullied_times") == 9]
    assert 5 < len(silent) < 150


def test_the_same_seed_gives_the_same_answers() -> None:
    small = make(SMALL, SEED)
    first = make_sheets(CORE, small.people, small.fates, Luck(SEED))
    assert make_sheets(CORE, small.people, small.fates, Luck(SEED)) == first
    assert make_sheets(CORE, small.people, small.fates, Luck(SEED + 1)) != first


def test_any_questionnaire_can_be_answered() -> None:
    devon = load(FOLDER / "devon-beewell-2023.json")
    small = make(SMALL, SEED)
    for sheet in make_sheets(devon, small.people, small.fates, Luck(SEED), findings=()):
        assert all(check_answers(devon, page, answers) == () for page, answers in sheet.pages)


def test_a_finding_about_no_question_is_refused() -> None:
    devon = load(FOLDER / "devon-beewell-2023.json")
    small = make(SMALL, SEED)
    with pytest.raises(ValueError, match="No single question has the headline"):
        make_sheets(devon, small.people, small.fates, Luck(SEED))


def test_profiles_speak_of_questions_that_are_there() -> None:
    for key, shares in PROFILES.items():
        assert len(shares) == len(CORE.items[key].kind.answer_codes())


def test_leanings_follow_scale_and_headline() -> None:
    lean = leanings(CORE)
    assert lean["wellbeing_calm"] == 1
    assert lean["affect_sad"] == -1
    assert lean["esteem_happy"] == -1, "strongly agree comes first, and is good"
    assert lean["local_safe"] == -1, "very safe comes first"
    assert lean["bullied_how"] == 0


@pytest.mark.parametrize("total", [0, 1, 7, 100])
def test_apportion_keeps_the_total(total: int) -> None:
    shares = [0.5, 0.2, 0.2, 0.1]
    counts = apportion(shares, total)
    assert counts.sum() == total
    assert (np.abs(counts - np.array(shares) * total) < 1).all()


def test_hump_has_the_mean_asked_for() -> None:
    shares = hump(11, 0.63)
    assert shares.sum() == pytest.approx(1)
    assert (shares @ np.arange(11)) / 10 == pytest.approx(0.63)
