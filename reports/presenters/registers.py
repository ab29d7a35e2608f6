"""What pupils say beside what the council knows: a headline and the council's own register.

For officers alone. From released cells and from counts of ten or more; nothing here is a verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.charts import DotAgainstLine, DotRow
from reports.charts.words import number
from reports.disclosure.released import NOT_PUBLISHED, HeadlineCell, Hidden
from reports.presenters import labels
from reports.presenters.drawings import chart_key
from reports.presenters.outline import Headline
from reports.presenters.sources import Source
from reports.presenters.topics import headline_finding
from reports.presenters.view import view_of
from reports.registers import Count, Estimate, Series, estimate

AXES = (10.0, 20.0, 40.0, 100.0)
OTHER = "The register counts by the localities of {}, and this wave has another area here."
CAUTIONS = (
    "The likely ranges speak of the pupils who took part. Pupils who did not, and schools that "
    "did not, may differ.",
    "The survey asks one question, and pupils answer for themselves. A register counts by its "
    "own definition. A child may be in one and not in the other.",
    "A gap has many possible reasons. These figures do not tell which.",
)


@dataclass(frozen=True)
class RegisterRow:
    """One place or year group: `children` in all, what the survey `makes` of them, how many are
    `known`, and how many that is `per_100` of what the survey makes."""

    label: str
    children: str
    makes: str
    known: str
    per_100: str


@dataclass(frozen=True)
class RegisterBeside:
    """One register beside its headline. missing: what is not shown, and why."""

    key: str
    title: str
    as_of: str
    source: str
    definition: str
    topic: str
    sentences: tuple[str, ...]
    chart: DotAgainstLine | None
    rows: tuple[RegisterRow, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    """A count and what the survey says of the same children: `cell` None where that is hidden."""

    label: str
    said: str
    people: str
    cell: HeadlineCell | None
    count: Count

    @property
    def made(self) -> Estimate | None:
        """None where the survey has no number, or a word in its place."""
        cell = self.cell
        if cell is None or cell.percent is None or cell.low is None or cell.high is None:
            return None
        return estimate(cell.percent, cell.low, cell.high, self.count)


def registers(
    borough: Source, localities: Sequence[Source], found: Mapping[str, Series]
) -> tuple[RegisterBeside, ...]:
    """Every register beside its headline, in the order of the questionnaire."""
    return tuple(
        _beside(borough, localities, topic.key, head, found[head.key])
        for topic in borough.outline.topics
        for head in topic.headlines
        if head.key in found
    )


def _beside(
    borough: Source, localities: Sequence[Source], topic: str, head: Headline, one: Series
) -> RegisterBeside:
    lines = list(_lines(borough, localities, head, one))
    shown = [line for line in lines if line.cell]
    return RegisterBeside(
        key=head.key,
        title=one.whole.register,
        as_of=_day(one.whole),
        source=one.whole.source,
        definition=one.whole.definition,
        topic=topic,
        sentences=_sentences(lines[0]),
        chart=_chart(head, one.whole, shown),
        rows=tuple(map(_row, shown)),
        missing=tuple(_first(f"{line.label}: {line.said}") for line in lines[1:] if not line.cell),
    )


def _lines(
    borough: Source, localities: Sequence[Source], head: Headline, one: Series
) -> Iterator[_Line]:
    """The whole borough, its localities by name, its year groups."""
    yield _line(borough, (), borough.name, head, one.whole)
    counts = {count.place: count for count in one.localities}
    for place in sorted(localities, key=lambda each: each.name.casefold()):
        if count := counts.pop(place.place.key, None):
            yield _line(place, (), place.name, head, count)
    for key, count in counts.items():
        yield _Line(key, f"not shown. {NOT_PUBLISHED}", "", None, count)
    for count in one.others:
        yield _Line(count.place, f"not shown. {OTHER.format(count.vintage)}", "", None, count)
    for count in one.years:
        (year,) = count.year_groups
        yield _line(borough, (("year_group", year),), f"Year {year}", head, count)


def _line(source: Source, values: labels.Values, label: str, head: Headline, count: Count) -> _Line:
    found = source.cube.cell(source.group(values), head.key)
    cell = found if isinstance(found, HeadlineCell) else None
    if isinstance(found, Hidden):
        said = f"not shown. {found.reason}"
    else:
        said = str(headline_finding(view_of(source, values), head).sentences[0])
    return _Line(label, said, _people(source, count), cell, count)


def _people(source: Source, count: Count) -> str:
    """ "6,350 children of Years 8 and 10 in Larkford", or the pupils on the roll."""
    years = list(count.year_groups)
    told = " and ".join(filter(None, (", ".join(years[:-1]), years[-1])))
    plural = "s" if len(years) > 1 else ""
    if count.by_roll:
        return f"{count.of:,} pupils of Year{plural} {told} on the council’s roll"
    return f"{count.of:,} children of Year{plural} {told} in {source.name}"


def _sentences(line: _Line) -> tuple[str, ...]:
    """What the survey says, what it would make, what is known, what may not be."""
    made, said = line.made, line.said if line.cell else f"The survey’s share is {line.said}"
    held = f"On {_day(line.count)} the register held {_known(line.count)}"
    if made is None:
        return said, f"{held}."
    makes = f"If that is so for all {line.people}, it makes {_between(made)}."
    if line.count.known is None or made.known is None:
        return said, makes, f"{held}."
    share = f"{held}: {_ends(made.known)} for every 100 of these."
    return said, makes, share, _gap(line.count.known, made)


def _gap(known: int, made: Estimate) -> str:
    """How many may not be known: at least, since those known need not all say so."""
    low, high = made.low - known, made.high - known
    if _tens(high) <= 0:
        return "The register held as many as the survey makes, or more."
    others = f"{_tens(low):,} to {_tens(high):,}" if _tens(low) > 0 else f"{_tens(high):,} or fewer"
    return (
        f"If all {known:,} would say so too, about {others} others would say so and are not known."
    )


def _row(line: _Line) -> RegisterRow:
    made, of = line.made, f"{line.count.of:,}"
    if made is None:
        return RegisterRow(line.label, of, "–", _known(line.count), "–")
    makes = f"{_about(made.likely)} ({_about(made.low)} to {_about(made.high)})"
    per_100 = f"{number(made.known[0], 0, '')} ({_ends(made.known)})" if made.known else "–"
    return RegisterRow(line.label, of, makes, _known(line.count), per_100)


def _chart(head: Headline, count: Count, lines: Sequence[_Line]) -> DotAgainstLine | None:
    """Shares of pupils as dots, shares of children on the register as lines."""
    drawn = [line for line in lines if line.made]
    if not drawn:
        return None
    rows = tuple(_dot(line) for line in drawn)
    ends = [end for row in rows for end in (row.high, row.reference) if end is not None]
    return DotAgainstLine(
        key=chart_key("register", head.key),
        title=f"{count.register}, beside pupils who {head.label}",
        rows=rows,
        value_label="Share of pupils in the survey",
        reference_label="Share of children on the register",
        row_heading="Place or year group",
        ceiling=next(axis for axis in AXES if max(ends) <= axis),
        decimals=1,
    )


def _dot(line: _Line) -> DotRow:
    cell, count = line.cell, line.count
    rate = None if count.known is None else 100 * count.known / count.of
    text = f"{line.said} The register held {_known(count)} of {line.people}"
    text += "." if rate is None else f": {number(rate, 1, '')} in 100."
    ends = (cell.percent, cell.low, cell.high) if cell else (None, None, None)
    return DotRow(line.label, *ends, rate, text)


def _known(count: Count) -> str:
    return "fewer than ten" if count.known is None else f"{count.known:,}"


def _ends(known: tuple[float, float, float | None]) -> str:
    """ "23 to 29"."""
    _, least, most = known
    low = number(least, 0, "")
    return f"{low} or more" if most is None else f"{low} to {number(most, 0, '')}"


def _between(made: Estimate) -> str:
    if _tens(made.low):
        return f"about {_about(made.low)} to {_about(made.high)}"
    return f"about {_about(made.high)} or fewer" if _tens(made.high) else _about(made.high)


def _about(children: float) -> str:
    """To the nearest ten: the survey knows no better."""
    return f"{_tens(children):,}" if _tens(children) else "fewer than 10"


def _tens(children: float) -> int:
    return 10 * int(number(children / 10, 0, ""))


def _day(count: Count) -> str:
    day = date.fromisoformat(count.as_of)
    return f"{day.day} {day:%B %Y}"


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]
