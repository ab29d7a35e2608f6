"""Where a wave's pupils live, by the wards of one vintage and of no other."""

from collections.abc import Iterable

from schools.models import Area
from schools.vintages import Places, covering, has_localities, has_wards, places
from surveys.models import Link, Wave
from surveys.refusal import Refused


def vintage_of(wave: Wave) -> str:
    """The vintage by which a wave's pupils are placed; "" where nobody knows.

    A wave that was linked before this was written down: the one that has all of its wards.
    """
    if wave.vintage:
        return wave.vintage
    links = Link.objects.filter(response__wave=wave).exclude(ward="")
    wards = links.order_by().values_list("ward", flat=True).distinct()
    return covering(wave.authority, wards, wave.closes_on) if wards else ""


def places_of(wave: Wave) -> Places:
    """The areas in which a wave's pupils live."""
    return places(wave.authority, vintage_of(wave))


def choose(wave: Wave, homes: Iterable[Area | None], asked: str = "") -> str:
    """The vintage to place the pupils of these homes by.

    The one that is asked for or was chosen before; else the one of the time of the lessons that
    has all homes. "" where the council has no wards.

    Raises:
        Refused: no vintage has them all, it is not there, or its wards lie in no locality.
    """
    authority, named = wave.authority, asked or wave.vintage
    if named and not has_wards(authority, named):
        raise Refused(f"There are no wards of {named}. import_areas takes them in.")
    if not has_wards(authority):
        return ""
    codes = sorted({home.code for home in homes if home})
    found = named or covering(authority, codes, wave.closes_on)
    if not found:
        raise Refused(
            "The roll names areas that no one vintage of wards has. Take in the wards of the roll "
            "(import_areas, import_area_members), or say by which to place pupils (link_wave "
            "--vintage): pupils of other wards then count in no ward and no locality."
        )
    if has_localities(authority) and not has_localities(authority, found):
        raise Refused(
            f"No list says in which locality the wards of {found} lie: import_area_members "
            f"--vintage {found} takes it in."
        )
    return found
