"""Made-up schools, and a roll in the form in which a council's own system writes one."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stdnum.gb import upn as upn_rules

from census.demo.borough import Borough, Point
from census.demo.shares import apportion
from census.demo.size import Size

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

YEARS = (8, 10)
# The number of a council that is no more; no school of it ever had an establishment 99xx.
LA = "928"
OUTSIDE = "E05970001"  # reads as a ward, and is none of the borough's
SCHOOL_NAMES = (
    "Alder Green School", "Beacon Hill Academy", "Coppice Wood School", "Dovecote High School",
    "Eastbrook Rise Academy", "Fairoak School", "Greenstile School", "Heronsgate Academy",
    "Inglewood Park School", "Jackdaw Lane School", "Kingfisher Academy", "Larkford High School",
    "Meadowsweet School", "Northgate Lodge School", "Orchard Mead Academy", "Peartree School",
    "Quillfield Academy", "Riverside Down School",
)  # fmt: skip

CLASS_SIZE = 28
DISTANCE = 2.2  # km at which a school is e times less likely to be chosen
OUTSIDE_SHARE, HOME_UNKNOWN, FACT_UNKNOWN = 0.03, 0.004, 0.004
TEMPORARY, RENUMBERED = 4, 6  # pupils with a temporary number; with a former one on record


@dataclass(frozen=True)
class DemoSchool:
    urn: str
    estab: str
    name: str
    position: Point
    takes_part: bool


def make_schools(borough: Borough, size: Size, seed: int) -> tuple[DemoSchool, ...]:
    """Each in another ward. Those that take part are spread over the borough."""
    import numpy as np

    rng = np.random.default_rng([seed, 2])
    wards = sorted(rng.permutation(len(borough.wards))[: size.all_schools])
    chosen = {int(i * size.all_schools / size.schools) for i in range(size.schools)}
    return tuple(
        DemoSchool(
            urn=f"{990001 + n}",
            estab=f"{LA}{9901 + n}",
            name=SCHOOL_NAMES[n],
            position=borough.wards[ward].centre,
            takes_part=n in chosen,
        )
        for n, ward in enumerate(wards)
    )


def schools_csv(schools: tuple[DemoSchool, ...]) -> bytes:
    rows = ["URN,name,Estab", *(f"{s.urn},{s.name},{s.estab}" for s in schools)]
    return ("\n".join(rows) + "\n").encode()


def make_roll(
    borough: Borough, schools: tuple[DemoSchool, ...], size: Size, seed: int
) -> "pd.DataFrame":
    """One row a pupil, all text, with the columns of `roll_csv`, in the order of the file."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng([seed, 3])
    need = rng.normal(0, 1, len(borough.wards))  # how poor a ward is, in made-up units
    heads = _heads(schools, size, rng)
    parts = [
        _year(borough, school, year, int(count), need, rng)
        for school, total in zip(schools, heads, strict=True)
        for year, count in zip(YEARS, apportion((0.51, 0.49), int(total)), strict=True)
    ]
    roll = pd.concat(parts, ignore_index=True)
    return _with_other_numbers(roll, rng)


def roll_csv(roll: "pd.DataFrame") -> bytes:
    """The file that the council's system would write."""
    return str(roll.to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")


def people(roll: "pd.DataFrame", borough: Borough) -> "pd.DataFrame":
    """The same pupils in the words of the released figures; None where unknown.

    Columns: school, year_group, sex, fsm, sen, ward, locality.
    """
    import pandas as pd

    localities = {ward.code: ward.locality for ward in borough.wards}
    known = roll["Ward"].isin(localities.keys())
    found = pd.DataFrame(
        {
            "school": roll["URN"],
            "year_group": roll["NCyearActual"],
            "sex": roll["Sex"],
            "fsm": roll["EVERFSM_6"].map({"Y": "yes", "N": "no"}),
            "sen": roll["SENprovision"].map({"N": "none", "K": "any", "E": "any"}),
            "ward": roll["Ward"].where(known),
            "locality": roll["Ward"].map(localities),
        }
    ).astype(object)
    return found.where(found.notna(), None)


def _heads(
    schools: tuple[DemoSchool, ...], size: Size, rng: "np.random.Generator"
) -> "NDArray[np.int64]":
    """Pupils of each school: some schools are half as large again as others."""
    import numpy as np

    weights = rng.uniform(0.75, 1.3, len(schools))
    taking_part = np.array([school.takes_part for school in schools])
    heads = apportion(weights * taking_part, size.on_their_rolls)
    return heads + apportion(weights * ~taking_part, size.pupils - size.on_their_rolls)


def _year(
    borough: Borough,
    school: DemoSchool,
    year: int,
    count: int,
    need: "NDArray[np.float64]",
    rng: "np.random.Generator",
) -> "pd.DataFrame":
    import numpy as np
    import pandas as pd

    home = _homes(borough, school, count, rng)
    fsm = rng.uniform(size=count) < 1 / (1 + np.exp(1.25 - 0.6 * need[home]))
    classes = np.sort(np.arange(count) % math.ceil(count / CLASS_SIZE))
    return pd.DataFrame(
        {
            "UPN": [_upn(school, year, n) for n in rng.permutation(np.arange(1, count + 1))],
            "FormerUPN": "",
            "Sex": rng.choice(["F", "M"], count, p=[0.502, 0.498]),
            "NCyearActual": str(year),
            "SENprovision": _sen(fsm, rng),
            "EVERFSM_6": _or_blank(np.where(fsm, "Y", "N"), FACT_UNKNOWN, rng),
            "RegGroup": [f"{year}{chr(ord('A') + n)}" for n in classes],
            "URN": school.urn,
            "LA": LA,
            "Estab": school.estab[3:],
            "Ward": _codes(borough, home, rng),
        }
    )


def _homes(
    borough: Borough, school: DemoSchool, count: int, rng: "np.random.Generator"
) -> "NDArray[np.int64]":
    """Numbers of wards: the nearer, the likelier."""
    import numpy as np

    far = np.array([math.dist(ward.centre, school.position) for ward in borough.wards])
    chance = np.exp(-far / DISTANCE)
    return rng.choice(len(far), count, p=chance / chance.sum())


def _codes(
    borough: Borough, home: "NDArray[np.int64]", rng: "np.random.Generator"
) -> "NDArray[np.object_]":
    import numpy as np

    codes = np.array([ward.code for ward in borough.wards], dtype=object)[home]
    codes[rng.uniform(size=len(home)) < OUTSIDE_SHARE] = OUTSIDE
    return _or_blank(codes, HOME_UNKNOWN, rng)


def _sen(fsm: "NDArray[np.bool_]", rng: "np.random.Generator") -> "NDArray[np.object_]":
    import numpy as np

    drawn = rng.uniform(size=len(fsm)) / np.where(fsm, 1.5, 1.0)
    return _or_blank(np.select([drawn < 0.045, drawn < 0.17], ["E", "K"], "N"), FACT_UNKNOWN, rng)


def _or_blank(
    values: "NDArray[np.object_]", share: float, rng: "np.random.Generator"
) -> "NDArray[np.object_]":
    import numpy as np

    return np.where(rng.uniform(size=len(values)) < share, "", values).astype(object)


def _upn(school: DemoSchool, year: int, number: int) -> str:
    """A UPN as given out at the age of four or five: council, school, year, number."""
    return _lettered(f"{school.estab}{26 - year:02d}{number:03d}")


def _lettered(rest: str) -> str:
    return f"{upn_rules.calc_check_digit(rest)}{rest}"


def _with_other_numbers(roll: "pd.DataFrame", rng: "np.random.Generator") -> "pd.DataFrame":
    """A few pupils have a temporary number (it ends in a letter), a few a former one on record."""
    rows = rng.choice(len(roll), TEMPORARY + RENUMBERED, replace=False)
    temporary, renumbered = rows[:TEMPORARY], rows[TEMPORARY:]
    roll.loc[temporary, "UPN"] = roll["UPN"].iloc[temporary].map(_temporary)
    roll.loc[renumbered, "FormerUPN"] = roll["UPN"].iloc[renumbered].map(_temporary)
    return roll


def _temporary(number: str) -> str:
    """The temporary number of the same pupil: a letter stands for the last digit."""
    return _lettered(number[1:-1] + "ABCDEFGHJK"[int(number[-1])])
