"""The attack on a made-up census of 10 schools: the last gate, and every measure offline."""

from time import perf_counter

from benchmarks.evidence import CODES, ITEMS, census
from reports.disclosure.attack import attack
from reports.disclosure.control import ControlReport, control
from reports.disclosure.gate import Withhold, passed
from reports.disclosure.released import ReleasedCube
from reports.disclosure.rules import STANDARD
from reports.stats.cube import count
from reports.stats.measures import HeadlineMeasure, ItemMeasure, Measures

OFFLINE = 12  # measures of each kind; a figure a measure says what all of them take


def main() -> None:
    table = census(2_287)
    names = [f"h{number}" for number in range(len(ITEMS) // 2)]
    table = table.assign(
        **{h: (table[i] > 3).astype(float) for h, i in zip(names, ITEMS, strict=False)}
    )
    dims = [name for name in table.columns if name not in {*ITEMS, *names}]
    raw = count(table, dims, dict.fromkeys(ITEMS, CODES), (), names)
    measures = Measures(
        {item: ItemMeasure(CODES) for item in ITEMS},
        {},
        {name: HeadlineMeasure() for name in names},
    )

    def release(withhold: Withhold) -> tuple[ReleasedCube, ControlReport]:
        return control(raw, STANDARD, measures, authority="B", withhold=withhold)

    begun = perf_counter()
    release(frozenset())
    print(f"  certificate and control                {perf_counter() - begun:7.1f} s")
    begun = perf_counter()
    safe = passed(release, table[dims], STANDARD, measures)
    bounded = f"gate ({safe.findings.measures} measures bounded)"
    print(f"  {bounded:39}{perf_counter() - begun:7.1f} s")
    print(f"    findings {len(safe.findings.found)}, withheld {len(safe.withheld)}")
    documents = [safe.cube.part(place).to_document() for place in safe.cube.places()]
    for kind, some in (("question", ITEMS), ("headline", names)):
        begun = perf_counter()
        only = some[:OFFLINE]
        found = attack(documents, table[dims], STANDARD, measures=measures, bounded=None, only=only)
        each = (perf_counter() - begun) / len(only)
        print(f"  a {kind}, offline                     {each:7.1f} s")
        print(f"    counts {found.counts:,}, programs {found.programs:,}, found {len(found.found)}")
