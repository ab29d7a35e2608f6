"""Which groups a page offers: the published ones and no others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from reports.presenters import labels
from reports.presenters.sources import Source


@dataclass(frozen=True)
class Option:
    """`query` is the address's part behind "?"; empty for all pupils."""

    label: str
    query: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    options: tuple[Option, ...]


def chosen(source: Source, asked: Mapping[str, str]) -> tuple[labels.Values, str]:
    """The published group that an address asks for, and a note where it is not published.

    Parameters that name no demographic are nobody's business here.
    """
    values = tuple(sorted((k, v) for k, v in asked.items() if k in labels.DIMENSIONS))
    if not values or source.size(source.group(values)) is not None:
        return values, ""
    return (), "The group you asked for is not one that we publish. These are all pupils."


def query(values: labels.Values) -> str:
    """The part of an address that asks for a group, with its "?"; "" for all pupils."""
    return f"?{urlencode(values)}" if values else ""


def filters(source: Source, values: labels.Values) -> tuple[Filter, ...]:
    """One filter a demographic; each option leads to a published group."""
    published = _published(source)
    rows = []
    for dim in labels.DIMENSIONS:
        codes = {v for group in published for d, v in group if d == dim}
        if dim == "sen_detail" and (("sen", "none"),) in published:
            codes -= {"none"}  # the same pupils as the other filter's
        options = [_option(published, values, dim, code) for code in sorted(codes, key=_order)]
        found = [option for option in options if option]
        if found:
            rows.append(Filter(labels.dimension(dim), (_all(published, values, dim), *found)))
    return tuple(rows)


def not_shown(source: Source) -> tuple[str, ...]:
    """The withheld tables of a place, in words, with the reason they share."""
    by_reason: dict[str, list[str]] = {}
    for each in source.cube.breakdowns:
        if each.place == source.place and each.status != "published":
            by_reason.setdefault(each.reason, []).append(labels.breakdown(each.dims))
    lines = (f"{'; '.join(names)}. {reason}" for reason, names in by_reason.items())
    return tuple(line[:1].upper() + line[1:] for line in lines)


def _published(source: Source) -> frozenset[labels.Values]:
    return frozenset(g.group.values for g in source.cube.groups if g.place == source.place)


def _option(
    published: Iterable[labels.Values], values: labels.Values, dim: str, code: str
) -> Option | None:
    """Added to what is chosen where that is published, else on its own."""
    together = tuple(sorted({**dict(values), dim: code}.items()))
    alone = ((dim, code),)
    goal = next((each for each in (together, alone) if each in published), None)
    if goal is None:
        return None
    return Option(labels.value(dim, code), urlencode(goal), dict(values).get(dim) == code)


def _all(published: Iterable[labels.Values], values: labels.Values, dim: str) -> Option:
    rest = tuple(pair for pair in values if pair[0] != dim)
    query = urlencode(rest) if rest in published else ""
    return Option("All", query, dim not in dict(values))


def _order(code: str) -> tuple[bool, int, str]:
    return code in {"no", "none"}, int(code) if code.isdigit() else 0, code
