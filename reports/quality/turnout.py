"""Who answered: coverage three ways, response by group, and what linkage made of the responses.

Counts of the roll and of responses, which hold no answer (decision 4). Pure.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reports import participation
from reports.participation import OPTED_OUT, TOOK_PART
from reports.quality.sections import FEW, SMALLEST, Section, count, percent
from reports.stats.nonresponse import Coverage
from reports.stats.nonresponse import response as response_of

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("year_group", "sex", "fsm", "sen")
NO_ROLL = "This wave was answered elsewhere: there is no roll to set it beside."


def coverage(roll: "pd.DataFrame", year_groups: int | None) -> Section:
    """Coverage of the year groups, of the rolls of schools that took part, and after opt-outs.

    Args:
        roll: everybody who could have taken part, with `school`, `status` and `edition`.
        year_groups: pupils of these years in all schools of the council; None without a roll.
    """
    title = "Coverage"
    if year_groups is None:
        return Section("coverage", title, NO_ROLL)
    found = participation.of(roll, has_roll=True)
    out = int((roll["status"] == OPTED_OUT).sum())
    # Who took part may have left the roll since.
    whole = Coverage(found.took_part, max(year_groups, len(roll)), len(roll), out)
    after = FEW if found.opted_out is None else count(whole.rolls - out)
    rows = (
        (
            "All pupils of these year groups",
            count(whole.year_groups),
            percent(whole.of_year_groups),
        ),
        ("On the rolls of schools that took part", count(whole.rolls), percent(whole.of_rolls)),
        (
            "Of these, not opted out",
            f"all but {FEW}" if after == FEW else after,
            "" if after == FEW else percent(whole.after_opt_outs),
        ),
    )
    note = f"{count(whole.answered)} pupils answered."
    return Section("coverage", title, note, ("Pupils", "Number", "Answered"), rows)


def response(roll: "pd.DataFrame", names: Mapping[tuple[str, str], str], has_roll: bool) -> Section:
    """Response by group, for groups of ten or more on the roll.

    Args:
        names: what a (demographic, value) is called.
    """
    if not has_roll:
        return Section("response", "Response by group", NO_ROLL)
    groups = {}
    for dim in GROUPS:
        # Year 8 before Year 10.
        for value, rows in sorted(roll.groupby(dim), key=lambda each: _by_number(str(each[0]))):
            if len(rows) >= SMALLEST:
                took = int((rows["status"] == TOOK_PART).sum())
                groups[names.get((dim, str(value)), f"{dim} {value}")] = (took, len(rows))
    found = response_of(groups)
    return Section(
        "response",
        "Response by group",
        "The range reads response as chance, pupil by pupil; where whole classes are missing it "
        "is wider in truth. Groups of fewer than ten are left out.",
        ("Group", "On the roll", "Answered", "Likely range"),
        tuple(
            (
                name,
                count(int(found.roll[place])),
                percent(float(found.share.value[place])),
                f"{percent(float(found.share.low[place]))} to "
                f"{percent(float(found.share.high[place]))}",
            )
            for place, name in enumerate(found.names)
        ),
    )


def _by_number(value: str) -> tuple[int, str]:
    return len(value), value


def linkage(counts: Mapping[str, int]) -> Section:
    """What became of the responses.

    Small outcomes are told together; where even together they are few, so is no total that would
    give them by subtraction.
    """
    total = sum(counts.values())
    told = {name: number for name, number in counts.items() if number >= SMALLEST}
    rest = {name: number for name, number in counts.items() if 0 < number < SMALLEST}
    while 0 < sum(rest.values()) < SMALLEST and len(told) > 1:
        smallest = min(told, key=lambda name: (told[name], name))
        rest[smallest] = told.pop(smallest)
    if rest:
        told["; or ".join(sorted(rest))] = sum(rest.values())
    rows = tuple(
        (name, count(number), percent(number / total, 0) if number >= SMALLEST else "")
        for name, number in told.items()
    )
    return Section(
        "linkage",
        "Linkage",
        "" if 0 < sum(rest.values()) < SMALLEST else f"{count(total)} responses.",
        ("Outcome", "Responses", "Share"),
        rows if total >= SMALLEST else (),
    )
