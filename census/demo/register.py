"""The made-up council's register: places, schools and roll, put in as a council does it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from census.demo.borough import CODE, NAME, VINTAGE, Borough, make_borough
from census.demo.roll import DemoSchool, make_roll, make_schools, people, roll_csv, schools_csv
from census.demo.size import Size
from census.demo.turnout import Fate, make_turnout
from schools.actions import (
    import_area_memberships,
    import_areas,
    import_roll,
    import_schools,
    record_opt_out,
    roll_context,
    set_up_authority,
)
from schools.keys import LINK_KEY, read_key
from schools.models import AreaKind, Authority, RollPupil, User
from schools.roll import pseudonym, read_roll

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

DATES_OF_OPT_OUTS = (date(2026, 5, 18), date(2026, 7, 20))  # before and after the lessons
NAMES = uuid.UUID("7c0b5a0e-2f7e-4f0c-9a39-5d2a53a1c7d1")


@dataclass(frozen=True)
class Made:
    """Everything drawn from the seed about places and pupils; rows of all four tables agree."""

    borough: Borough
    schools: tuple[DemoSchool, ...]
    roll: "pd.DataFrame"
    people: "pd.DataFrame"
    fates: "NDArray[np.object_]"

    def rows(self, fate: Fate) -> list[int]:
        return [row for row, each in enumerate(self.fates) if each == fate]


def make(size: Size, seed: int) -> Made:
    """The same for the same size and seed, without touching a database."""
    borough = make_borough(seed)
    schools = make_schools(borough, size, seed)
    roll = make_roll(borough, schools, size, seed)
    who = people(roll, borough)
    return Made(borough, schools, roll, who, make_turnout(who, schools, size, seed))


def set_up_places(made: Made, *, by: User | None) -> Authority:
    authority = set_up_authority(code=CODE, name=f"{NAME} (made up)", by=by)
    layers = {
        AreaKind.LOCALITY: made.borough.localities_geojson(),
        AreaKind.WARD: made.borough.wards_geojson(),
    }
    for kind, collection in layers.items():
        import_areas(authority=authority, kind=kind, vintage=VINTAGE, collection=collection, by=by)
    content = made.borough.memberships_csv()
    import_area_memberships(authority=authority, vintage=VINTAGE, content=content, by=by)
    import_schools(authority=authority, content=schools_csv(made.schools), by=by)
    return authority


def take_in_roll(made: Made, authority: Authority, *, by: User) -> None:
    """Import the roll, name its rows, and note who opted out before the lessons."""
    _import(made.roll, authority, "spring 2026", by)
    _name_rows(made)
    _opt_out(made, authority, Fate.OPTED_OUT, DATES_OF_OPT_OUTS[0], by)


def go_on(made: Made, authority: Authority, *, by: User) -> None:
    """What happens after the lessons: parents change their mind, pupils leave."""
    _opt_out(made, authority, Fate.REGRETTED, DATES_OF_OPT_OUTS[1], by)
    _import(made.roll.drop(index=made.rows(Fate.LEFT)), authority, "summer 2026", by)


def _import(roll: "pd.DataFrame", authority: Authority, term: str, by: User) -> None:
    reading = read_roll(
        roll_csv(roll), context=roll_context(authority), name=f"larkford {term}.csv"
    )
    import_roll(authority=authority, reading=reading, by=by, term=term)


@transaction.atomic
def _name_rows(made: Made) -> None:
    """Give the rows of pupils who could take part names drawn from the seed.

    Everywhere else these names are random. They decide in which group a pupil counts of whom
    a fact is not known, so that with random ones a few released figures would differ by a
    pupil from one demonstration to the next.
    """
    key = read_key(LINK_KEY)
    taking_part = {school.urn for school in made.schools if school.takes_part}
    for upn in made.roll.loc[made.roll["URN"].isin(taking_part), "UPN"]:
        RollPupil.objects.filter(pseudonym=pseudonym(upn, key)).update(id=uuid.uuid5(NAMES, upn))


def _opt_out(made: Made, authority: Authority, fate: Fate, on: date, by: User) -> None:
    for number, pupil in enumerate(_pupils(made, authority, made.rows(fate))):
        decided_by = "pupil" if number % 4 == 3 else "parent"
        record_opt_out(pupil=pupil, decided_by=decided_by, on=on, by=by)


def _pupils(made: Made, authority: Authority, rows: Iterable[int]) -> Iterable[RollPupil]:
    key = read_key(LINK_KEY)
    marks = [pseudonym(made.roll["UPN"].iloc[row], key) for row in rows]
    return RollPupil.objects.filter(authority=authority, pseudonym__in=marks).order_by("pk")
