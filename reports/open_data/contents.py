"""The tables: every released number, and what its keys stand for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reports import tables as released
from reports.external.matching import Definition
from reports.open_data.files import Field, Resource, table
from reports.presenters.outline import Outline
from reports.presenters.sources import Source

Row = Mapping[str, Any]
PLACE = (
    Field("place_kind", "string", "borough, locality or ward"),
    Field("place", "string", "code of the place; its name stands in places.csv"),
)
NAMED = Field("name", "string", "name of the place")
MEASURE = Field("measure", "string", "key of the measure; its words stand in measures.csv")
GROUP = (
    *PLACE,
    Field("year_group", "string", "school year, or all"),
    Field("sex", "string", "F or M as recorded by the school, or all"),
    Field("fsm", "string", "eligible for free school meals: yes, no, or all"),
    Field("sen", "string", "special educational needs: none, any, support, plan, or all"),
)
RESULTS = (
    *GROUP,
    Field("pupils", "integer", "pupils of the group who took part"),
    MEASURE,
    Field("kind", "string", "headline, score or answer"),
    Field("answer", "string", "code of the answer as in answers.csv, or why there is none"),
    Field(
        "n", "integer", "answers that the figure is of; skipped and not reached are of all pupils"
    ),
    Field("value", "number", "share in percent or average score; empty where only shown stands"),
    Field("unit", "string", "percent or score"),
    Field("low", "number", "lower end of the likely range, 95 times in 100"),
    Field("high", "number", "upper end of the likely range"),
    Field("sd", "number", "standard deviation of a score, for larger groups"),
    Field("shown", "string", "the figure as pages show it, such as <5 %"),
)
CHANGES = (
    *GROUP,
    MEASURE,
    Field("kind", "string", "headline or score"),
    Field("unit", "string", "percent or score"),
    Field("n", "integer", "answers now, in the schools that took part both times"),
    Field("value", "number", "the figure now, in these schools"),
    Field("before_n", "integer", "answers in the wave before, in these schools"),
    Field("before", "number", "the figure of the wave before, in these schools"),
    Field("change", "number", "value less before, worked out before rounding"),
    Field("low", "number", "lower end of the change's likely range, 95 times in 100"),
    Field("high", "number", "upper end of the change's likely range"),
    Field("schools", "integer", "schools that took part both times"),
    Field("verdict", "string", "higher, lower or same; empty where answers are too few for one"),
)
MEASURES = (
    Field("measure", "string", "key of the measure"),
    Field("kind", "string", "headline, score or answer"),
    Field("theme", "string", "theme that it is shown under"),
    Field("topic", "string", "topic that it is shown under"),
    Field("words", "string", "what the share or the score is of, or the question"),
    Field("threshold", "string", "which score or answers meet the headline"),
    Field("scale_low", "number", "lowest figure there can be"),
    Field("scale_high", "number", "highest figure there can be"),
    Field("better", "string", "higher_better, lower_better, or empty"),
    Field("year_groups", "string", "school years that were asked; empty for answers"),
)
ANSWERS = (
    Field("measure", "string", "key of the measure"),
    Field("answer", "string", "code of the answer"),
    Field("words", "string", "the answer as pupils read it"),
    Field("counts", "boolean", "false for don't know and prefer not to say"),
)
PLACES = (*PLACE, NAMED, Field("pupils", "integer", "pupils who took part"))
NOT_COMPARED = (MEASURE, Field("reason", "string", "why it is not compared"))
NOT_SHOWN = (
    *PLACE,
    Field("split_by", "string", "demographics of the table, joined by +; empty for all pupils"),
    Field("measure", "string", "key of the measure that is not shown, or all"),
    Field("reason", "string", "why it is not shown"),
)


def tables(sources: Sequence[Source], definitions: Iterable[Definition]) -> tuple[Resource, ...]:
    """All tables of these places, the borough first."""
    parts = sources[0].outline
    known = {each.column: each for each in definitions}
    return (
        table("results.csv", "Every released number", RESULTS, _each(sources, _results)),
        table("measures.csv", "What each measure is", MEASURES, _measures(parts, known)),
        table("answers.csv", "What each answer's code means", ANSWERS, _answers(parts)),
        table("places.csv", "Places with released figures", PLACES, map(_place, sources)),
        table("not-shown.csv", "What is not shown, and why", NOT_SHOWN, _each(sources, _withheld)),
        *_changes(sources),
    )


def _changes(sources: Sequence[Source]) -> Iterator[Resource]:
    """The table of changes, and of what may not be compared; neither for a first wave."""
    borough = sources[0]
    if not borough.cube.earlier:
        return
    title = f"What has changed in the borough since {borough.then}"
    rows = (row for row in released.changes(borough.cube) if row["place_kind"] == "borough")
    yield table("changes.csv", title, CHANGES, rows)
    apart = ({"measure": key, "reason": why} for key, why in borough.cube.apart.items())
    yield table("not-compared.csv", "What is not compared, and why", NOT_COMPARED, apart)


def _each(sources: Iterable[Source], rows: Any) -> Iterator[Row]:
    for source in sources:
        yield from rows(source)


def _results(source: Source) -> Iterator[Row]:
    """A place's own rows: its cube has the borough's beside them."""
    own = (source.place.kind, source.place.key)
    rows = released.rows(source.cube)
    return (row for row in rows if (row["place_kind"], row["place"]) == own)


def _measures(parts: Outline, known: Mapping[str, Definition]) -> Iterator[Row]:
    for theme in parts.themes:
        for topic in theme.topics:
            base = {"theme": theme.title, "topic": topic.title}
            for head in topic.headlines:
                yield {**base, "kind": "headline", "words": head.name, **_about(head, known)}
            for score in topic.scores:
                yield {**base, "kind": "score", "words": score.title, **_about(score, known)}
            for question in topic.questions:
                for part in question.parts:
                    words = f"{question.text} {part.label}" if question.many else question.text
                    yield {**base, "kind": "answer", "words": words, "measure": part.key}


def _about(measure: Any, known: Mapping[str, Definition]) -> Row:
    row = {"measure": measure.key, "better": measure.direction}
    found = known.get(measure.key)
    if found is None:
        return row
    ends = {"scale_low": found.low, "scale_high": found.high}
    return {**row, **ends, "threshold": found.threshold, "year_groups": " ".join(found.years)}


def _answers(parts: Outline) -> Iterator[Row]:
    for topic in parts.topics:
        for question in topic.questions:
            for part in question.parts:
                for each in part.answers:
                    base = {"measure": part.key, "answer": each.code, "words": each.label}
                    yield {**base, "counts": str(each.counts).lower()}


def _place(source: Source) -> Row:
    base = {"place_kind": source.place.kind, "place": source.place.key, "name": source.name}
    return {**base, "pupils": source.size(source.group())}


def _withheld(source: Source) -> Iterator[Row]:
    base = {"place_kind": source.place.kind, "place": source.place.key}
    for each in source.cube.breakdowns:
        if each.place == source.place:
            split = {**base, "split_by": "+".join(each.dims)}
            if each.status != "published":
                yield {**split, "measure": "all", "reason": each.reason}
            for measure, reason in source.cube.hidden.get(each.id, {}).items():
                yield {**split, "measure": measure, "reason": reason}
