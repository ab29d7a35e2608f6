"""``python -m benchmarks.peers``: install the peers, run the journey on all, print the table."""

import argparse
import os
import platform
import signal
import sys
import tempfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from benchmarks.peers.journey import ITEMS, PAGES
from benchmarks.peers.measure import Figures, Running, alternate
from benchmarks.peers.otree import OTree
from benchmarks.peers.ours import ByForm, ByScript
from benchmarks.peers.product import Product
from benchmarks.peers.survey_and_report import SurveyAndReport

PRODUCTS: list[type[Product]] = [ByScript, ByForm, OTree, SurveyAndReport]
ON_POSTGRES: list[type[Product]] = [ByScript, OTree]
HEAD = (
    "product",
    "processor ms a page turn",
    "times ours",
    "whole journey, ms a page",
    "times ours",
    "wall p50 ms",
    "p95 ms",
    "class at once, p95 ms",
)
WARMING = 2  # pupils nobody counts


def main() -> None:
    wants = _wants()
    # Ended from outside, it still stops what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    pupils = WARMING + wants.blocks * wants.pupils + wants.room
    with ExitStack() as served:
        running = []
        for product in _products(wants, pupils):
            served.callback(product.clear)
            product.prepare()
            running.append(Running(product, product.serve()))
            served.callback(running[-1].server.stop)
        for each in running:
            each.warm_up(WARMING)
        alternate(running, blocks=wants.blocks, pupils=wants.pupils)
        for each in running:
            each.walk_at_once(wants.room)
        print(_report(running, wants))


def _wants() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    place = Path(tempfile.gettempdir()) / "peers"
    parser.add_argument("--folder", type=Path, default=place, help=f"({place})")
    parser.add_argument("--blocks", type=int, default=6, help="rounds of the products (6)")
    parser.add_argument("--pupils", type=int, default=6, help="pupils in a block (6)")
    parser.add_argument("--room", type=int, default=30, help="pupils of the class at once (30)")
    parser.add_argument("--postgres", default="", help="address of a server, to compare on it too")
    return parser.parse_args()


def _products(wants: argparse.Namespace, pupils: int) -> list[Product]:
    made = [make(wants.folder, pupils) for make in PRODUCTS]
    if wants.postgres:
        made += [make(wants.folder, pupils, wants.postgres) for make in ON_POSTGRES]
    return made


def _report(running: list[Running], wants: argparse.Namespace) -> str:
    ours = running[0].alone
    rows = [HEAD, tuple("---" for _ in HEAD)] + [_row(each, ours) for each in running]
    table = ["| " + " | ".join(row) + " |" for row in rows]
    told = [
        f"{platform.node()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{date.today():%-d %B %Y}",  # noqa: DTZ011
        f"{PAGES} pages of {ITEMS} items; {wants.blocks} blocks of {wants.pupils} pupils one "
        f"after the other, then {wants.room} at once",
    ]
    return "\n".join([*told, "", *table, "", *map(_kept, running)])


def _row(each: Running, ours: Figures) -> tuple[str, ...]:
    alone = each.alone
    walls = (alone.percentile(0.5), alone.percentile(0.95), each.at_once.percentile(0.95))
    return (
        _name(each),
        f"{1000 * alone.per_turn:.2f}",
        f"{alone.per_turn / ours.per_turn:.1f}",
        f"{1000 * alone.per_page:.2f}",
        f"{alone.per_page / ours.per_page:.1f}",
        *(f"{1000 * wall:.1f}" for wall in walls),
    )


def _name(each: Running) -> str:
    return each.product.name + (", PostgreSQL" if each.product.database else ", SQLite")


def _kept(each: Running) -> str:
    """What became of the answers, one line a product and the first troubles."""
    counted = [each.alone, each.at_once]
    finished = [len(figures.finished) for figures in counted]
    lost = [each.lost(figures) for figures in counted]
    failed = [trouble for figures in counted for trouble in figures.failed]
    line = (
        f"{_name(each)}: finished {finished[0]} alone and {finished[1]} at once; "
        f"answers acknowledged and not stored {lost[0]} and {lost[1]}; failed {len(failed)}"
    )
    return "\n".join([line, *(f"    {trouble}" for trouble in failed[:3])])


if __name__ == "__main__":
    main()
