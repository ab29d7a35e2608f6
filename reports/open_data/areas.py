"""Released areas on the map, as GeoJSON: only those whose boundary the council has loaded."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from reports.disclosure.released import HeadlineCell
from reports.open_data.files import Resource
from reports.presenters.imprint import Imprint
from reports.presenters.sources import Source

Boundaries = Mapping[tuple[str, str], Mapping[str, Any] | None]
Ring = Sequence[Sequence[float]]


def areas(
    sources: Iterable[Source],
    boundaries: Boundaries,
    imprint: Imprint,
    attribution: str,
    vintage: str,
) -> Resource | None:
    """Headline values of every area with a boundary; None where none has one.

    Args:
        boundaries: geometry by kind and code of the area; None where it has none.
        attribution: what the boundaries' own licence asks to be said.
        vintage: of all these boundaries.
    """
    shapes = [
        {
            "type": "Feature",
            "id": s.place.key,
            "geometry": wound(shape),
            "properties": {**_properties(s), "vintage": vintage},
        }
        for s in sources
        if (shape := boundaries.get((s.place.kind, s.place.key)))
    ]
    if not shapes:
        return None
    document = {
        "type": "FeatureCollection",
        "vintage": vintage,
        "attribution": attribution,
        "citation": imprint.citation,
        "features": shapes,
    }
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    title = "Released areas with the percent of each headline, for maps"
    return Resource("areas.geojson", title, "application/geo+json", content, vintage=vintage)


def wound(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """The same shape with its rings as RFC 7946 has them: outer ones anticlockwise, holes
    clockwise. Official boundaries run the other way, and some programs then fill all but the
    area."""
    single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if single else geometry["coordinates"]
    turned = [[_turned(ring, hole=at > 0) for at, ring in enumerate(rings)] for rings in polygons]
    return {"type": geometry["type"], "coordinates": turned[0] if single else turned}


def _turned(ring: Ring, *, hole: bool) -> list[Sequence[float]]:
    """Twice the area within is above zero where a ring runs anticlockwise (shoelace formula)."""
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return list(reversed(ring)) if (doubled < 0) != hole else list(ring)


def _properties(source: Source) -> dict[str, Any]:
    """The headlines' percent; null where nothing, or only a label, is shown."""
    heads = (head for topic in source.outline.topics for head in topic.headlines)
    found = {head.key: source.cube.cell(source.group(), head.key) for head in heads}
    return {
        "place_kind": source.place.kind,
        "place": source.place.key,
        "name": source.name,
        "pupils": source.size(source.group()),
        **{
            key: cell.percent if isinstance(cell, HeadlineCell) else None
            for key, cell in found.items()
        },
    }
