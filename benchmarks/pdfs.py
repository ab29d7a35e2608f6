"""The papers of schools, from released figures: processor seconds each, and a hundred on two.

`python -m benchmarks pdfs` makes those of every school of the newest published wave in the
database that is there (`make demo` makes one): figures read, words, paper. Then a hundred reports
in two processes that start afresh, by the clock.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from multiprocessing import get_context
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reports.models import Build

HUNDRED, PROCESSES, MOST = 100, 2, 20
PAPERS = ("pdf", "summary", "pupils")


def main() -> None:
    _set_up()
    build = _newest()
    if build is None:
        print("no published wave in this database: `make demo` makes one")
        return
    first, *schools = build.places.filter(kind="school").values_list("key", flat=True)
    print(f"first paper, with imports and fonts: {_seconds(build, first, 'pdf')[0]:.2f} s")
    for paper in PAPERS:
        _print(paper, [_seconds(build, school, paper) for school in schools])
    _print_hundred(build, [first, *schools])


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "census.settings")
    django.setup()
    from census.celery import make_ready

    make_ready()  # as a worker is


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
    seconds, sizes = zip(*made, strict=True)
    mean = sum(seconds) / len(seconds)
    print(
        f"{paper:<8} {len(made)} schools: median {median(seconds):.3f} s, mean {mean:.3f} s, "
        f"{median(sizes) / 1024:.0f} KB"
    )


def _print_hundred(build: "Build", schools: list[str]) -> None:
    """By the clock, as workers make them: each process starts, and reads the figures, once."""
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _set_up) as pool:
        made = list(pool.map(_one, islice(cycle(schools), HUNDRED), [build.pk] * HUNDRED))
    seconds = time.perf_counter() - start
    print(f"{len(made)} reports in {PROCESSES} processes: {seconds:.1f} s (at most {MOST})")


def _one(school: str, build: int) -> int:
    from reports.models import Build

    return _seconds(Build.objects.get(pk=build), school, "pdf")[1]


if __name__ == "__main__":
    main()
