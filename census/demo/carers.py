"""A made-up register: how many young carers the made-up council knows, in its own table."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from census.demo.borough import CODE, LOCALITIES
from census.demo.roll import YEARS
from census.demo.shares import apportion
from reports.actions.registers import council_of, load_register
from reports.registers import COLUMNS, FEWEST, read
from schools.models import Authority, User

if TYPE_CHECKING:
    import pandas as pd

# Known of 100 children. Those whose home is in no locality live with families elsewhere.
KNOWN = {"X99-NORTH": 2.8, "X99-CENTRAL": 4.1, "X99-SOUTH": 3.0}
ELSEWHERE = 5.2
BY_YEAR = (0.43, 0.57)
ABOUT = {
    "register": "Young carers known to the council (made up)",
    "measure": "carer",
    "as_of": "2026-05-29",
    "source": "Larkford Children’s Services, list of assessments (made up)",
    "definition": "Children assessed as young carers whose case is open",
}
Row = tuple[str, str, str, int, int]


def load_carers(people: "pd.DataFrame", authority: Authority, *, by: User) -> None:
    """Load the counts of these pupils as if they were all children of the borough."""
    content = carers_csv(people)
    reading = read(content, council_of(authority))
    load_register(authority=authority, content=content, reading=reading, by=by)


def carers_csv(people: "pd.DataFrame") -> bytes:
    """The table; in a small demonstration the whole borough alone, since the parts are too few."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    whole, *parts = _rows(people)
    left = whole[3] - sum(known for kind, _, _, known, _ in parts if kind == "locality")
    shown = parts if min(left, *(known for *_, known, _ in parts)) >= FEWEST else []
    for kind, place, years, known, of in (whole, *shown):
        told = known if known >= FEWEST else f"<{FEWEST}"
        writer.writerow([*ABOUT.values(), kind, place, years, told, of])
    return text.getvalue().encode()


def _rows(people: "pd.DataFrame") -> Iterator[Row]:
    """place_kind, place, year_groups, known, of: the whole borough first."""
    homes = people["locality"].value_counts()
    of = {code: int(homes.get(code, 0)) for code in LOCALITIES}
    known = {code: round(of[code] * KNOWN[code] / 100) for code in LOCALITIES}
    elsewhere = round((len(people) - sum(of.values())) * ELSEWHERE / 100)
    total, years = sum(known.values()) + elsewhere, [str(year) for year in YEARS]
    yield "borough", CODE, " ".join(years), total, len(people)
    for year, n in zip(years, apportion(BY_YEAR, total), strict=True):
        yield "borough", CODE, year, int(n), int((people["year_group"] == year).sum())
    for code in LOCALITIES:
        yield "locality", code, " ".join(years), known[code], of[code]
