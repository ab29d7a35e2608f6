"""The part of a report on change: a verdict a figure, from the released change alone."""

from dataclasses import replace

import pytest

from reports.charts.words import number
from reports.disclosure.released import Since
from reports.narrative import CellId, between, change, since
from reports.presenters import compose
from reports.presenters.change import NOT_THEN, change_section
from reports.presenters.view import view_of
from tests.sources import given, second

CEDAR, DAMSON, BOROUGH = "100003", "100004", "E09000099"


def section(kind: str = "school", key: str = CEDAR, values=()):
    return change_section(view_of(second(kind, key), values))


def test_a_first_wave_has_no_part_on_change() -> None:
    assert compose(given(), {}).change is None


def test_less_sleep_than_then_is_told_as_lower_and_nothing_else_is() -> None:
    found = section()
    assert [each.heading for each in found.groups] == ["Lower than in May 2024"]
    (one,) = found.groups[0].changes
    assert (one.topic, one.title) == ("sleep_topic", "Pupils who said they get enough sleep")
    cell = second("school", CEDAR).cube.since[f"school:{CEDAR}"]["enough_sleep"]
    assert one.sentence.text.startswith(
        f"{one.title}: {number(cell.before, 0, '')} in 100 in May 2024, "
        f"{number(cell.value, 0, '')} in 100 now. {number(-cell.difference, 0, '')} points lower"
    )
    assert one.figures == one.sentence.text.removeprefix(f"{one.title}: ")
    assert "Pupils who felt calm often or always" in found.same
    assert "about the same" not in found.said.lower()


def test_where_nothing_has_changed_that_is_said() -> None:
    found = section(key=DAMSON)
    assert found.groups == ()
    assert found.said.startswith("Nothing is clearly higher or lower than in May 2024. ")


def test_where_too_few_answered_for_any_verdict_that_is_said_and_not_that_nothing_changed() -> None:
    source = second("school", DAMSON)
    few = {
        key: replace(found, verdict=None)
        for key, found in source.cube.since[source.group()].items()
    }
    cube = replace(source.cube, since={source.group(): few})
    found = compose(replace(source, cube=cube), {}).change
    assert found is not None
    assert found.said.startswith("Too few pupils answered, now or in May 2024, to tell a change ")
    assert found.same == ()


def test_every_figure_of_the_section_is_the_released_one() -> None:
    source, found = second("school", CEDAR), section()
    cells = source.cube.since[source.group()]
    figures = {f.name: f for topic in source.outline.topics for f in topic.figures}
    assert found.table is not None
    assert {row[0] for row in found.table[1]} == {
        name for name, figure in figures.items() if figure.key in cells
    }
    for name, before, now, moved, _, verdict in found.table[1]:
        cell, share = cells[figures[name].key], name.startswith("Pupils who")
        decimals, unit = (0, "%") if share else (1, "")
        assert before == number(cell.before, decimals, unit)
        assert now == number(cell.value, decimals, unit)
        assert moved == number(cell.difference, decimals, "", signed=True)
        assert verdict == {"lower": "Lower", "same": "About the same"}[cell.verdict]
    rows = {
        f"Pupils who {r.label[0].lower()}{r.label[1:]}": r for c in found.charts for r in c.rows
    }
    for name, row in rows.items():
        cell = cells[figures[name].key]
        assert (row.value, row.low, row.high, row.reference) == (
            cell.difference, cell.low, cell.high, 0.0,
        )  # fmt: skip
    assert len(rows) > 3


def test_the_borough_speaks_of_the_schools_of_both_waves() -> None:
    found = section("borough", BOROUGH)
    assert "Only schools that took part both times" in found.said
    report = change_section(view_of(second("locality", "north")))
    assert (report.groups, report.said, report.table) == ((), "", None)


def test_a_school_that_was_not_there_has_nothing_to_compare_with() -> None:
    source = second("school", CEDAR)
    alone = replace(source, cube=replace(source.cube, since={}))
    found = change_section(view_of(alone))
    assert found.said == NOT_THEN.format(then="May 2024")
    assert (found.groups, found.same, found.charts, found.table) == ((), (), (), None)


def test_what_may_not_be_compared_is_named_with_its_reason() -> None:
    source = second("school", CEDAR)
    apart = replace(source, cube=replace(source.cube, apart={"mood": "Put differently then."}))
    assert change_section(view_of(apart)).apart == ("Mood: average score. Put differently then.",)


def test_findings_say_what_the_figure_was_and_keep_their_first_sentences() -> None:
    before, now = (compose(each("school", CEDAR), {}) for each in (given, second))
    for theme, other in zip(before.themes, now.themes, strict=True):
        for topic, same in zip(theme.topics, other.topics, strict=True):
            for old, new in zip(topic.findings, same.findings, strict=True):
                assert new.sentences[: len(old.sentences)] == old.sentences
                more = [str(each) for each in new.sentences[len(old.sentences) :]]
                if new.since:
                    assert more[0].startswith("In May 2024 the figure for your pupils was ")
                    assert more[1].startswith(
                        ("Lower than in May 2024", "About the same as in May")
                    )
                else:
                    assert more == []


AT = CellId("school:1", "h")
CELL = Since(100, 42.4, 90, 38.2, 4.2, 0.6, 7.4, 0.01, 0.02, 4.2, "higher")


def test_a_change_is_said_with_both_figures_and_its_range() -> None:
    assert change("Pupils who nap", CELL, "May 2024", 0, AT).text == (
        "Pupils who nap: 38 in 100 in May 2024, 42 in 100 now. 4 points higher; "
        "if we asked again we would expect between 1 and 7 points higher."
    )
    assert change("Mood", replace(CELL, low=-0.5), "May 2024", 1, AT).text == (
        "Mood: 38.2 in May 2024, 42.4 now. 4.2 higher; "
        "if we asked again we would expect between 0.5 lower and 7.4 higher."
    )


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-2, 9, "between 2 points lower and 9 points higher"),
        (1, 7, "between 1 and 7 points higher"),
        (-7, -1, "between 1 and 7 points lower"),
        (-0.4, 5, "between 0 and 5 points higher"),
        (-5, 0.4, "between 0 and 5 points lower"),
        (-0.4, 0.4, "between 0 and 0 points"),
        (-1, 1, "between 1 point lower and 1 point higher"),
    ],
)
def test_a_range_reads_from_its_nearer_end(low: float, high: float, said: str) -> None:
    assert between(low, high, 0, " points") == said


@pytest.mark.parametrize(
    ("verdict", "p", "adjusted", "said"),
    [
        (
            "higher",
            0.004,
            0.01,
            "Higher than in May 2024: a difference this size is seldom seen by chance.",
        ),
        ("same", 0.004, 0.01, "About the same as in May 2024: the difference is small."),
        (
            "same",
            0.004,
            0.2,
            "About the same as in May 2024: among so many figures a difference this size may be "
            "chance.",
        ),
        (
            "same",
            0.2,
            0.4,
            "About the same as in May 2024: a difference this size is often seen by chance in a "
            "school of your size.",
        ),
        (
            None,
            0.2,
            0.4,
            "No verdict: fewer than 30 answers are too few to tell a difference from chance.",
        ),
    ],
)
def test_three_verdicts_and_none(verdict: str | None, p: float, adjusted: float, said: str) -> None:
    found = replace(CELL, verdict=verdict, p=p, p_adjusted=adjusted)
    voice = view_of(second()).voice
    assert since(voice, found, "May 2024", 0, AT)[1].text == said


def test_the_borough_is_told_without_a_schools_size() -> None:
    found = replace(CELL, verdict="same", p=0.2, p_adjusted=0.4, schools=7)
    first, last = since(view_of(second("borough", BOROUGH)).voice, found, "May 2024", 0, AT)
    assert first.text == (
        "In the 7 schools that took part both times it was 38 in May 2024 and is 42 now."
    )
    assert last.text.endswith("often seen by chance.")
