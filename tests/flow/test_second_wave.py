"""Two waves built for real: the later one beside the build of the earlier that was public."""

import pytest

from reports import queries
from reports.actions.builds import request_build
from reports.actions.rebuilds import rebuild
from reports.actions.releases import approve, publish
from reports.disclosure.lattice import Place
from reports.disclosure.rules import STANDARD
from reports.disclosure.since import Earlier, since
from reports.models import Build
from reports.stats.measures import Comparable
from reports.stats.verdicts import STANDARD as RULE
from schools.models import School
from surveys.actions.waves import follow_wave
from surveys.models import Wave
from tests.cast import Cast, build_cast
from tests.waves import borough, collected_wave

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    authority, schools = borough()
    return build_cast(authority, schools[0], schools[1])


def wave_of(cast: Cast, key: str, previous: Wave | None = None) -> Wave:
    authority = cast.lead_a.memberships.get().authority
    wave = collected_wave(authority, list(School.objects.all()), key=key)
    if previous:
        Wave.objects.filter(pk=wave.pk).update(opens_on="2028-05-01", closes_on="2028-07-01")
        wave.refresh_from_db()
        follow_wave(wave=wave, previous=previous, by=None)
    return wave


def built(wave: Wave) -> Build:
    build = request_build(wave=wave, by=None)
    build.refresh_from_db()
    assert build.state == Build.State.COMPLETE, build.error
    return build


def release(build: Build, cast: Cast) -> None:
    for person in (cast.releaser_1, cast.releaser_2):
        approve(build=build, by=person)
    publish(build=build, by=cast.releaser_1, note="Figures.")


def test_a_wave_is_set_beside_what_is_public_of_the_one_before(cast: Cast) -> None:
    first = wave_of(cast, "wave-1")
    second = wave_of(cast, "wave-2", previous=first)
    before = built(first)
    alone = built(second)
    assert alone.earlier is None  # nothing is public of the wave before yet
    assert not any("since" in place.document for place in alone.places.all())

    release(before, cast)
    beside = built(second)
    assert (beside.earlier, beside.pk == alone.pk) == (before, False)
    assert built(second).pk == beside.pk
    cells = [
        {group: row for cube in queries.cubes(build) for group, row in cube.cells.items()}
        for build in (beside, before)
    ]
    keys = frozenset(key for row in cells[0].values() for key in row)
    earlier = Earlier("wave-1", cells[1], Comparable(keys, keys))
    place = Place("borough", first.authority.code)
    by_hand = since(cells[0], earlier, place, STANDARD, RULE)
    told: dict[str, dict] = {}
    for cube in queries.cubes(beside):
        told |= {group: dict(row) for group, row in cube.since.items()}
    assert told == by_hand
    assert told[f"borough:{first.authority.code}"]["feels_happy"].schools == 4

    made_again = rebuild(build=beside, by=None)
    assert made_again.different == ()
    assert made_again.documents == beside.places.count()
