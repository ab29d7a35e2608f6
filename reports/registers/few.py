"""Nothing that is kept of a register tells of fewer than ten children, not even by subtraction.

Of one measure and day a table may hold the whole borough, its year groups, and its localities.
Each of the two splits is whole or not there at all, every part of it has ten or more, and what is
left of the borough beside the localities is ten or more too, or no child at all.

Splits are by one thing only, so no calculation gives a count of, say, Year 8 in the north: it lies
between max(0, north + Year 8 - borough) and min(north, Year 8), and these ends meet, or both lie
under ten, only where a part of a split is the whole or has fewer than ten.
"""

from collections.abc import Iterator, Sequence

from reports.columns import Problem
from reports.registers.counts import FEWEST, Count

Numbered = tuple[int, Count]
OUT = "leave all of them out"


def faults(rows: Sequence[Numbered], localities: Sequence[frozenset[str]]) -> list[Problem]:
    """What is wrong with right rows when they stand together.

    Args:
        localities: the codes of all localities of the council, a set a vintage.
    """
    sets: dict[tuple[str, str], list[Numbered]] = {}
    for row in rows:
        sets.setdefault((row[1].measure, row[1].as_of), []).append(row)
    found = (each for together in sets.values() for each in _faults(together, localities))
    return sorted(found, key=lambda problem: problem.row)


def _faults(rows: list[Numbered], localities: Sequence[frozenset[str]]) -> Iterator[Problem]:
    """Of one measure and day."""
    yield from _other_registers(rows)
    boroughs = [row for row in rows if row[1].place_kind == "borough"]
    if not boroughs:
        yield Problem(rows[0][0], "", "the whole borough is missing for this measure and day")
        return
    whole = max(boroughs, key=lambda row: len(row[1].year_groups))
    by_year = [row for row in boroughs if row is not whole]
    by_place = [row for row in rows if row[1].place_kind == "locality"]
    wrong = [*_years_outside(whole[1], by_year), *_places_of_other_years(whole[1], by_place)]
    yield from wrong or (*_by_year(whole[1], by_year), *_by_place(whole[1], by_place, localities))


def _other_registers(rows: list[Numbered]) -> Iterator[Problem]:
    """Two registers at one measure could be subtracted from one another."""
    first, one = rows[0]
    for number, count in rows[1:]:
        for column in ("register", "source", "definition"):
            if getattr(count, column) != getattr(one, column):
                yield Problem(number, column, f"is not that of row {first}: a headline has one")


def _years_outside(whole: Count, rows: list[Numbered]) -> Iterator[Problem]:
    for number, count in rows:
        if len(count.year_groups) > 1 or count.year_groups[0] not in whole.year_groups:
            told = " ".join(whole.year_groups)
            yield Problem(number, "year_groups", f"is neither {told} nor one of them")


def _places_of_other_years(whole: Count, rows: list[Numbered]) -> Iterator[Problem]:
    for number, count in rows:
        if count.year_groups != whole.year_groups:
            told = " ".join(whole.year_groups)
            yield Problem(number, "year_groups", f"is {told} for a locality, as for the borough")


def _by_year(whole: Count, rows: list[Numbered]) -> Iterator[Problem]:
    """Year groups leave nobody over, so they add up to the whole."""
    if not rows:
        return
    if {count.year_groups[0] for _, count in rows} != set(whole.year_groups):
        yield Problem(rows[0][0], "year_groups", f"not all are there: {OUT}")
        return
    small = list(_small(whole, rows))
    yield from small
    if not small and _left(whole, rows) != (0, 0):
        yield Problem(rows[0][0], "", "the year groups do not add up to the whole borough")


def _by_place(
    whole: Count, rows: list[Numbered], localities: Sequence[frozenset[str]]
) -> Iterator[Problem]:
    if not rows:
        return
    if {count.place for _, count in rows} not in localities:
        yield Problem(rows[0][0], "place", f"not all localities are there: {OUT}")
        return
    small = list(_small(whole, rows))
    yield from small
    known, of = (0, 0) if small else _left(whole, rows)
    if min(known, of) < 0:
        yield Problem(rows[0][0], "", "the localities add up to more than the whole borough")
    elif (known, of) != (0, 0) and min(known, of - known) < FEWEST:
        reason = "the borough less its localities leaves fewer than ten on or off the register"
        yield Problem(rows[0][0], "", f"{reason}: {OUT}")


def _small(whole: Count, rows: list[Numbered]) -> Iterator[Problem]:
    """Told beside the others, a part of fewer than ten would come out by subtraction."""
    if whole.known is None:
        yield Problem(rows[0][0], "known", f"fewer than ten in the whole borough: {OUT}")
        return
    for number, count in rows:
        if count.known is None:
            yield Problem(number, "known", f"fewer than ten would come out by subtraction: {OUT}")


def _left(whole: Count, rows: list[Numbered]) -> tuple[int, int]:
    """Of the whole beside its parts: those on the register, and all children."""
    known = sum(count.known or 0 for _, count in rows)
    return (whole.known or 0) - known, whole.of - sum(count.of for _, count in rows)
