"""What presenters are given of the small census: one place, with or without the wave before."""

from datetime import date
from functools import cache

from reports.disclosure.lattice import Place
from reports.disclosure.released import ReleasedCube
from reports.presenters import Source
from reports.presenters.outline import outline
from reports.presenters.sources import month
from tests import released

ALDER = "100001"
THEN, NOW = date(2024, 5, 1), date(2026, 5, 1)


@cache
def given(kind: str = "school", key: str = ALDER) -> Source:
    """A place of a first wave."""
    return _source(kind, key, released.small_cube())


@cache
def second(kind: str = "school", key: str = ALDER) -> Source:
    """A place of a second wave, with the first behind it."""
    before = _source(kind, key, released.small_cube(released.THEN), when=THEN)
    return _source(kind, key, released.second_cube(), then=month(THEN), before=before)


def _source(
    kind: str,
    key: str,
    cube: ReleasedCube,
    *,
    when: date = NOW,
    then: str = "",
    before: Source | None = None,
) -> Source:
    place = Place(kind, key)
    return Source(
        place=place,
        name=released.names()[kind, key],
        borough=Place("borough", released.BOROUGH),
        borough_name=released.BOROUGH_NAME,
        wave=f"Summer {when.year}",
        wave_key=f"oakmere-{when.year}",
        made_up=True,
        outline=outline(released.definition()),
        cube=cube.part(place),
        participation=released.participation(kind, key),
        all_schools=released.participation("borough", released.BOROUGH),
        when=when,
        then=then,
        before=before,
    )
