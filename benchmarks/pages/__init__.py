"""A school's report: time at the server, size, how it is drawn, and from a click to the paint.

On a copy of the database in DATA_DIR, which `make demo` fills: the full
demonstration has ten schools. Needs requirements-dev.txt and Chromium.
"""

import os
from pathlib import Path
from statistics import median

from benchmarks.first_load import SLOWER, chromium
from benchmarks.pages.browser import click_to_paint, first_view
from benchmarks.pages.site import Site, measured, site

# The open dashboards of Kailo #BeeWell (Streamlit), measured by us in the same way.
THEIRS_VIEW, THEIRS_CLICK = "5-6 s, 5.5-7 MB", "1.0-1.9 s"
TIMES = 7


def main() -> None:
    folder = Path(os.environ.get("DATA_DIR", Path(__file__).parents[2] / "var"))
    if not (folder / "census.sqlite3").exists():
        print(f"  no database in {folder}: run `make demo` first")
        return
    with site(folder) as running:
        at_the_server(running)
        in_the_browser(running)


def at_the_server(running: Site) -> None:
    """Processor time of a whole request, with the audit's row and the compression."""
    found = measured(running)
    print(f"  school report, {len(found['schools'])} schools (at most 60 ms, 80 kB)")
    print(f"    first page of a new process    {found['process']:6.0f} ms")
    print(f"    first page of each school      {spread(found['cold'])} ms")
    print(f"    first page of each group       {spread(found['group'])} ms")
    print(f"    again                          {spread(found['warm'])} ms")
    print(f"    a topic's groups and answers   {spread(found['topic'])} ms")
    print(f"    compressed                     {max(found['bytes']) / 1000:6.1f} kB at most")


def in_the_browser(running: Site) -> None:
    """A real Chromium on the real server with production settings."""
    with chromium() as browser:
        views = [first_view(browser, running, SLOWER) for _ in range(TIMES)]
        plain = [first_view(browser, running, 1) for _ in range(TIMES)]
        clicks = click_to_paint(browser, running, 4 * TIMES)
    slow, fast = (median(each.drawn for each in some) for some in (views, plain))
    worked = median(each.worked for each in plain)
    sent = median(each.sent for each in views) / 1000
    print(f"  drawn at {SLOWER}x slowdown {slow:.2f} s (at most 1), at full speed {fast:.2f} s")
    print(f"    the page's thread worked {worked:.2f} s, times {SLOWER}: {SLOWER * worked:.2f} s")
    print(f"    everything on the wire {sent:.0f} kB; theirs: {THEIRS_VIEW}")
    print(f"  a filter, click to paint {spread([c * 1000 for c in clicks])} ms (at most 100)")
    print(f"    theirs: {THEIRS_CLICK}. Load of the machine {os.getloadavg()[0]:.1f}")


def spread(values: list[float]) -> str:
    """The median, with the least and the most."""
    return f"{median(values):6.1f} ({min(values):.0f} to {max(values):.0f})"
