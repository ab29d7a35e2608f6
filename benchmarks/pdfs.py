"""The papers of schools, from released figures: processor seconds each, and a hundred on two.

`python -m benchmarks pdfs` makes those of every school of the newest published wave in the
database that is there (`make demo` makes one), in one process: figures read, words, paper.
"""

import os
import time
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.models import Build

HUNDRED, PROCESSES, MOST = 100, 2, 20
PAPERS = ("pdf", "summary", "pupils")


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")
    django.setup()
    build = _newest()
    if build is None:
        print("no published wave in this database: `make demo` makes one")
        return
    first, *schools = build.places.filter(kind="school").values_list("key", flat=True)
    print(f"first paper, with imports and fonts: {_seconds(build, first, 'pdf')[0]:.2f} s")
    for paper in PAPERS:
        _print(paper, [_seconds(build, school, paper) for school in schools])


def _newest() -> "Build | None":
    from django.db import OperationalError

    from reports.models import Publication

    try:
        found = Publication.objects.order_by("-wave__opens_on").first()
    except OperationalError:
        return None  # not even a table
    return found.build if found else None


def _seconds(build: "Build", school: str, paper: str) -> tuple[float, int]:
    """Processor seconds and bytes of one paper."""
    from reports.rendering import render

    start = time.process_time()
    content = render(build, "school", school, paper)
    return time.process_time() - start, len(content)


def _print(paper: str, made: list[tuple[float, int]]) -> None:
    """The mean counts for the hundred: it holds what the median leaves out."""
    seconds, sizes = zip(*made, strict=True)
    mean = sum(seconds) / len(seconds)
    print(
        f"{paper:<8} {len(made)} schools: median {median(seconds):.3f} s, mean {mean:.3f} s, "
        f"{median(sizes) / 1024:.0f} KB; {HUNDRED} on {PROCESSES} processes: "
        f"{mean * HUNDRED / PROCESSES:.1f} s (at most {MOST})"
    )


if __name__ == "__main__":
    main()
