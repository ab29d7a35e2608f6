"""What happens in a lesson, scene by scene, and what is printed of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import islice
from time import perf_counter

from benchmarks.lesson.pupils import Pupil
from benchmarks.lesson.server import Server

CLASS = 300
SATURATED = 16  # pupils who save without a pause
Scene = Callable[[], Awaitable[None]]


async def play(server: Server) -> None:
    """Every scene on one server, one after the other."""
    cast = (Pupil(server.port, code) for code in server.room["codes"])
    await Pupil(server.port, server.room["codes"][-1]).start()  # a server reads its files once
    print(f"    a save in queries: {' '.join(server.room['queries'])}")
    school = list(islice(cast, CLASS))
    await burst_of_starts(server, school)
    await saves_at_once(server, school)
    await steady(server, "steady lesson of 300, 10 times as fast", school, rate=25, seconds=20)
    await hour_slot(server, school, cast)
    await flood_of_starts(server, school, cast)
    await saturation(server, school[:SATURATED])
    await whole_lesson(server, list(islice(cast, 50)))
    for pupil in school:
        pupil.leave()


async def burst_of_starts(server: Server, school: Sequence[Pupil]) -> None:
    before = server.processor()
    await asyncio.gather(*(_later(pupil.start, 10 * random.random()) for pupil in school))
    used = (server.processor() - before) / len(school)
    report("300 starts in 10 s", [p.started for p in school], f"{1000 * used:.2f} ms processor")


async def saves_at_once(server: Server, school: Sequence[Pupil]) -> None:
    await asyncio.gather(*(pupil.connect() for pupil in school))
    await asyncio.gather(*(pupil.save(*_page(server, pupil)) for pupil in school))
    report("300 saves at once", taken(school))


async def steady(
    server: Server, name: str, school: Sequence[Pupil], *, rate: float, seconds: float
) -> None:
    """Saves that arrive by chance, `rate` a second."""
    before, number = server.processor(), round(rate * seconds)

    async def one() -> None:
        pupil = random.choice(school)
        await pupil.save(*_page(server, pupil))

    await asyncio.gather(*(_later(one, random.uniform(0, seconds)) for _ in range(number)))
    used = (server.processor() - before) / number
    report(name, taken(school), f"{1000 * used:.2f} ms processor")


async def hour_slot(server: Server, school: Sequence[Pupil], cast: Iterator[Pupil]) -> None:
    """3,600 pupils with 20 pages in an hour: 1 start and 20 saves a second, 5 times as fast."""
    starters = list(islice(cast, 100))
    name = "3,600 pupils in an hour, 5 times as fast"
    await asyncio.gather(
        steady(server, name, school, rate=100, seconds=20),
        *(_later(pupil.start, random.uniform(0, 20)) for pupil in starters),
    )
    report("  the starts among them", [pupil.started for pupil in starters])


async def flood_of_starts(server: Server, school: Sequence[Pupil], cast: Iterator[Pupil]) -> None:
    """A whole year group presses at once while a class is saving."""
    crowd = list(islice(cast, 600))
    await asyncio.gather(
        steady(server, "saves while 600 start at once", school, rate=25, seconds=20),
        *(pupil.start() for pupil in crowd),
    )
    report("  until the 600 had started", [pupil.started for pupil in crowd])
    for pupil in crowd:
        pupil.leave()


async def saturation(server: Server, busy: Sequence[Pupil], seconds: float = 10) -> None:
    async def without_pause(pupil: Pupil) -> None:
        while perf_counter() < end:
            await pupil.save(*_page(server, pupil))

    before, begun = server.processor(), perf_counter()
    end = begun + seconds
    await asyncio.gather(*map(without_pause, busy))
    took, waits = perf_counter() - begun, taken(busy)
    used = (server.processor() - before) / len(waits)
    rate = f"{len(waits) / took:.0f} durable saves/s, {1000 * used:.2f} ms processor"
    report("saturated by 16 pupils", waits, rate)


async def whole_lesson(server: Server, some: Sequence[Pupil]) -> None:
    """Start, state and every page of the questionnaire: what a pupil costs in bytes."""
    before = server.stored()
    for pupil in some:
        await pupil.start()
        await pupil.state()
        for page, answers in server.room["pages"]:
            await pupil.save(page, answers)
        pupil.leave()
    pages, wire = len(server.room["pages"]), sum(p.sent + p.received for p in some) / len(some)
    disk = (server.stored() - before) / len(some)
    print(f"    a pupil with {pages} pages: {wire:,.0f} bytes on the wire", end="")
    print(f" (without the document), {disk:,.0f} on the disk")


def taken(pupils: Sequence[Pupil]) -> list[float]:
    """How long the saves of a scene took; the next scene begins with none."""
    waits = [wait for pupil in pupils for wait in pupil.waits]
    for pupil in pupils:
        pupil.waits.clear()
    return waits


def report(name: str, waits: Sequence[float], more: str = "") -> None:
    ordered = sorted(waits)
    parts = (ordered[min(int(len(ordered) * part), len(ordered) - 1)] for part in (0.5, 0.95, 0.99))
    figures = " ".join(f"{1000 * each:8.1f}" for each in parts)
    print(f"    {name:<42} p50 p95 p99 {figures} ms  {more}", flush=True)


def _page(server: Server, pupil: Pupil) -> tuple[str, dict[str, int]]:
    pages = server.room["pages"]
    page, answers = pages[pupil.seq % len(pages)]
    return page, answers


async def _later(act: Scene, seconds: float) -> None:
    await asyncio.sleep(seconds)
    await act()
