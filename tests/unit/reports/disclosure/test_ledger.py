"""Releases of one wave's answers, safe together; planted leaks between two of them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reports.disclosure.certificate import certify
from reports.disclosure.control import control
from reports.disclosure.lattice import Breakdown, Place, membership, parse_group
from reports.disclosure.ledger import Beside, Entry, fixed_columns, record, units
from reports.disclosure.released import AnswersCell
from reports.disclosure.rules import STANDARD
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures
from tests.unit.reports.disclosure.town import DIMS, counted, profiles, town

KEY = b"k" * 32
ACTIVE = Measures(headlines={"active": HeadlineMeasure()})
# One demographic at a time: enough to leak, and a certificate takes no time.
LEAN = replace(STANDARD, pairs=())
BOROUGH = Breakdown(Place("borough", "B"))


def pupils(seed: int = 4, count: int = 400) -> pd.DataFrame:
    table = town(seed, pupils=count, wards=3)
    draw = np.random.default_rng(seed)
    return table.assign(active=(draw.random(count) < 0.5) * 1.0)


def population(table: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([table[list(DIMS)], units(table, ["active"], KEY)], axis=1)


def release(table, ledger=(), measures=ACTIVE, **more):
    return control(
        counted(table, measures),
        LEAN,
        measures,
        authority="B",
        population=population(table),
        ledger=ledger,
        **more,
    )


def isolated(before: Entry, after: Entry) -> int:
    """The fewest pupils in which two of the columns of two releases differ, if any do."""
    states = sorted({*before.states, *after.states})
    pupil = dict(zip(before.states, before.pupils, strict=True))
    pupil |= dict(zip(after.states, after.pupils, strict=True))
    tables = []
    for entry in (before, after):
        table = pd.DataFrame(entry.values()[entry.pattern], index=entry.states)
        tables.append(table.reindex(states, fill_value=0.0))
    columns = np.column_stack(tables)
    people = np.array([pupil[state] for state in states])
    whose = (np.unique(people)[:, None] == people).astype(float)
    counts = []
    for number in range(columns.shape[1] - 1):
        apart = columns[:, [number]] != columns[:, number + 1 :]
        counts.append((whose @ apart > 0).sum(axis=0))
    found = np.concatenate(counts)
    return int(found[found > 0].min())


def test_an_entry_is_read_back_as_it_was():
    table = pupils()
    _, report = release(table, weighted={"weighted:B": np.linspace(0.3, 3, len(table))})
    entry = report.entry
    again = Entry.from_bytes(entry.to_bytes())
    assert (again.pupils, again.states, again.columns) == (
        entry.pupils,
        entry.states,
        entry.columns,
    )
    assert np.array_equal(again.values()[again.pattern], entry.values()[entry.pattern])
    with pytest.raises(ValueError, match="ledger entry"):
        Entry.from_bytes(b"something else")


def test_an_entry_says_who_was_in_what():
    table = pupils()
    _, report = release(table)
    entry = report.entry
    member = membership(table, [parse_group(name) for name in entry.columns])
    assert np.array_equal(entry.values()[entry.pattern], member)
    assert list(entry.pupils) == list(units(table, ["active"], KEY)["pupil"])


def test_a_state_changes_with_any_figure_and_with_nothing_else():
    table = pupils(count=20)
    before = units(table, ["active"], KEY)
    moved = table.assign(school="100009", active=table["active"].where(table.index > 0, 0.5))
    after = units(moved, ["active"], KEY)
    assert (before["pupil"] == after["pupil"]).all()
    assert (before["state"] != after["state"]).tolist() == [True] + [False] * 19
    assert (units(table, ["active"], b"other")["state"] != before["state"]).all()
    unscored = table.assign(active=np.nan)
    assert not (units(unscored, ["active"], KEY)["state"] == before["state"]).any()


def test_the_same_release_again_is_published_again():
    table = pupils()
    cube, report = release(table)
    again, second = release(table.sample(frac=1, random_state=1), [report.entry])
    assert again.to_document() == cube.to_document()
    assert not second.stopped


def test_one_changed_pupil_is_too_few_for_a_new_release():
    table = pupils()
    _, report = release(table)
    table.loc[5, "active"] = 1 - table.loc[5, "active"]
    cube, second = release(table, [report.entry])
    assert "too few" in second.stopped
    assert not cube.groups
    assert not cube.cells
    assert "too few" in cube.cell("borough:B", "active").reason


def test_a_late_school_may_be_added_but_not_what_is_few_of_it():
    table = pupils(count=700)
    late = table["school"] == "100003"
    # Nearly all of the late school's pupils are girls: the borough's boys would show the others.
    table.loc[late & (table.index % 40 != 0), "sex"] = "F"
    table.loc[late & (table.index % 40 == 0), "sex"] = "M"
    few = int((late & (table["sex"] == "M")).sum())
    assert 0 < few < 10
    _, report = release(table[~late])
    alone, _ = release(table)
    cube, second = release(table, [report.entry])
    published = {each.id for each in cube.breakdowns if each.status == "published"}
    assert "borough:B" in published
    assert "borough:B|sex" not in published
    assert "borough:B|sex" in {b.id for b in alone.breakdowns if b.status == "published"}
    assert isolated(report.entry, second.entry) >= STANDARD.m


def test_a_boundary_moved_by_a_few_homes_is_seen():
    table = pupils()
    _, report = release(table)
    moved = table.copy()
    homes = table.index[(table["ward"] == "W1")][:4]
    moved.loc[homes, ["ward", "locality"]] = ["W0", "L0"]
    cube, second = release(moved, [report.entry])
    published = {each.id for each in cube.breakdowns if each.status == "published"}
    assert "ward:W1" in {name.split("|")[0] for name in report.entry.columns}
    assert not {"ward:W0", "ward:W1"} & published
    assert "borough:B" in published
    assert isolated(report.entry, second.entry) >= STANDARD.m


def test_withdrawn_answers_of_enough_pupils_may_go():
    table = pupils()
    _, report = release(table)
    fewer = table.drop(index=table.index[table["school"] == "100001"][:30])
    cube, second = release(fewer, [report.entry])
    assert not second.stopped
    assert isolated(report.entry, second.entry) >= STANDARD.m
    assert cube.cell("borough:B", "active").n == len(fewer)


def test_a_question_of_one_year_has_a_ledger_of_its_own():
    """Twelve more pupils are enough, but of Year 10 there are three, and only they were asked."""
    asked = Measures(items={"tenth": ItemMeasure((0, 1), years=frozenset({"10"}))})
    table = town(4, pupils=300, wards=3).assign(active=0.0)
    table["tenth"] = np.where(table["year_group"] == "10", table.index % 2, -3)
    years = {"8": 9, "10": 3}
    late = [i for y, n in years.items() for i in table.index[table["year_group"] == y][:n]]
    table.loc[late, ["school", "sex"]] = ["100000", "F"]
    first, report = release(table.drop(index=late), measures=asked)
    assert isinstance(first.cell("borough:B", "tenth"), AnswersCell)
    entry = report.entry
    tenth = entry.values(frozenset({"10"}))
    assert not tenth[np.array(entry.years) == "8"].any()
    assert tenth.sum() > 0
    assert not entry.values(frozenset({"9"})).any()
    cube, second = release(table, [Entry.from_bytes(entry.to_bytes())], measures=asked)
    assert not second.stopped
    assert "borough:B" in {group.id for group in cube.groups}
    assert not isinstance(cube.cell("borough:B", "tenth"), AnswersCell)
    alone, _ = release(table, measures=asked)
    assert isinstance(alone.cell("borough:B", "tenth"), AnswersCell)


def test_beside_a_question_of_one_year_stands_what_was_said_of_that_year():
    table = pupils(count=120)
    tenth = frozenset({"10"})
    names = ["borough:B", "school:100000", "school:100001"]
    entry = record(population(table), names, {tenth: frozenset(names[:2])}, {})
    beside = Beside(population(table), (entry,), {"w": np.arange(120.0)})
    asked = (table["year_group"] == "10").to_numpy()
    at_school = asked & (table["school"] == "100000").to_numpy()
    fixed = beside.fixed(profiles(table[asked]), tenth)
    sums = fixed.sizes[fixed.kind] @ fixed.values
    assert sums.tolist() == [np.arange(120.0)[asked].sum(), asked.sum(), at_school.sum()]
    everybody = beside.fixed(profiles(table))
    assert (everybody.sizes[everybody.kind] @ everybody.values)[1] == 120


def test_every_release_counts_whom_it_counted():
    """Over the rows of all releases, each column still adds up to its own pupils."""
    table = pupils(count=120)
    before, after = table.iloc[:100], table.iloc[15:].copy()
    after.loc[20:24, "active"] = 0.5
    weights = np.linspace(0.5, 2, 105)
    entry = record(population(before), ["borough:B", "school:100001"], {}, {})
    fixed = fixed_columns(profiles(after), population(after), [entry], {"w": weights})
    pupils_of = fixed.sizes[fixed.kind]
    here = (before["school"] == "100001").sum()
    assert (pupils_of @ fixed.values).tolist() == pytest.approx([weights.sum(), 100, here])
    counted_now = fixed.profile >= 0
    sizes = np.bincount(fixed.profile[counted_now], weights=pupils_of[counted_now])
    assert sizes.tolist() == profiles(after)["n"].tolist()
    assert fixed.sizes.sum() == 120
    assert pupils_of.sum() == 120 + 5
    assert pupils_of[~counted_now].sum() == 15 + 5


def test_a_ledger_needs_to_know_who_is_who():
    table = pupils(count=60)
    entry = record(population(table), ["borough:B"], {}, {})
    with pytest.raises(ValueError, match="population"):
        control(counted(table, ACTIVE), LEAN, ACTIVE, authority="B", ledger=[entry])
    twice = pd.concat([population(table), population(table).iloc[:1]])
    with pytest.raises(ValueError, match="twice"):
        fixed_columns(profiles(table), twice)
    with pytest.raises(ValueError, match="none of the profiles"):
        fixed_columns(profiles(table.assign(sex="F")), population(table))


@pytest.mark.parametrize(("changed", "kept"), [(9, ()), (10, (BOROUGH,))])
def test_a_pupil_whose_answers_changed_is_one_pupil(changed, kept):
    """Not two, and not the half that the screens count."""
    people = town(1, pupils=changed).assign(year_group="8", active=0.0)
    before, after = population(people), population(people.assign(active=1.0))
    entry = record(before, ["borough:B"], {}, {})
    fixed = fixed_columns(profiles(people), after, [entry])
    assert fixed.sizes.sum() == changed
    assert certify(profiles(people), [BOROUGH], STANDARD, fixed=fixed).kept == kept
