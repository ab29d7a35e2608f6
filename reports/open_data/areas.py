"""Released areas on the map, as GeoJSON: only those whose boundary the council has loaded."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reports.disclosure.released import HeadlineCell
from reports.open_data.files import Resource
from reports.presenters.imprint import Imprint
from reports.presenters.sources import Source

Boundaries = Mapping[tuple[str, str], Mapping[str, Any]]


def areas(
    sources: Iterable[Source], boundaries: Boundaries, imprint: Imprint, attribution: str
) -> Resource | None:
    """Headline values of every area with a boundary; None where none has one.

    Args:
        boundaries: geometry by kind and code of the area.
        attribution: what the boundaries' own licence asks to be said.
    """
    shapes = [
        {"type": "Feature", "id": s.place.key, "geometry": shape, "properties": _properties(s)}
        for s in sources
        if (shape := boundaries.get((s.place.kind, s.place.key)))
    ]
    if not shapes:
        return None
    document = {
        "type": "FeatureCollection",
        "attribution": attribution,
        "citation": imprint.citation,
        "features": shapes,
    }
    content = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    title = "Released areas with the percent of each headline, for maps"
    return Resource("areas.geojson", title, "application/geo+json", content)


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
