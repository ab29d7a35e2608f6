"""Walking pupils through a served product, and what it cost."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter

from benchmarks.peers.journey import PAGES, all_answers
from benchmarks.peers.product import Product
from benchmarks.peers.server import Server


@dataclass
class Figures:
    """Seconds. `finished`: numbers of pupils; `failed`: what went wrong for the others."""

    processor: float = 0.0  # of whole journeys, from the way in to the last word
    turning: float = 0.0  # of it, that of the page turns; known where pupils walk alone
    turns: list[float] = field(default_factory=list)  # wall time of each page turn
    finished: list[int] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def per_turn(self) -> float:
        """Seconds of processor for a page turn, coming and going left out."""
        return self.turning / (len(self.finished) * PAGES)

    @property
    def per_page(self) -> float:
        """Seconds of processor for a page, the whole journey shared out."""
        return self.processor / (len(self.finished) * PAGES)

    def percentile(self, share: float) -> float:
        ranked = sorted(self.turns)
        return ranked[min(len(ranked) - 1, int(share * len(ranked)))]

    def take(self, pupil: int, walked: "Walked") -> None:
        self.turns += walked.turns
        if walked.problem:
            page = len(walked.turns) + 1
            self.failed.append(f"pupil {pupil}, page {page}: {walked.problem}")
        else:
            self.finished.append(pupil)


@dataclass
class Walked:
    """One pupil's journey: seconds of each page turn, and what stopped it, if anything did."""

    turns: list[float] = field(default_factory=list)
    problem: str = ""


@dataclass
class Running:
    """A product, its server, and what has been measured of it."""

    product: Product
    server: Server
    alone: Figures = field(default_factory=Figures)  # one pupil after the other
    at_once: Figures = field(default_factory=Figures)  # a class, all together
    _next: int = 0

    def warm_up(self, pupils: int) -> None:
        """The next `pupils` pupils walk and nobody counts."""
        for pupil in self._numbers(pupils):
            self._walk(pupil)

    def walk_alone(self, pupils: int) -> None:
        """The next `pupils` pupils walk, one after the other."""
        for pupil in self._numbers(pupils):
            used = [self._processor()]
            walked = self._walk(pupil, lambda used=used: used.append(self._processor()))
            used.append(self._processor())
            self.alone.take(pupil, walked)
            self.alone.processor += used[-1] - used[0]
            if not walked.problem:
                self.alone.turning += used[2] - used[1]

    def walk_at_once(self, pupils: int) -> None:
        """The next `pupils` pupils walk together, each as fast as the server lets them."""
        numbers = self._numbers(pupils)
        before = self._processor()
        with ThreadPoolExecutor(pupils) as room:
            walks = list(room.map(self._walk, numbers))
        self.at_once.processor += self._processor() - before
        for pupil, walked in zip(numbers, walks, strict=True):
            self.at_once.take(pupil, walked)

    def lost(self, figures: Figures) -> int:
        """Answers of pupils who were told that they had finished, that are not stored so."""
        stored = self.product.stored()
        return sum(_differences(stored.get(pupil, {}), pupil) for pupil in figures.finished)

    def _numbers(self, pupils: int) -> range:
        self._next += pupils
        return range(self._next - pupils, self._next)

    def _processor(self) -> float:
        database = self.product.database
        return self.server.processor() + (database.processor() if database else 0)

    def _walk(self, pupil: int, mark: Callable[[], None] = lambda: None) -> Walked:
        """`mark` is called at the first page, and again when the last one is answered."""
        walked = Walked()
        try:
            steps = self.product.walk(pupil, self.server.port)
            next(steps)
            mark()
            _turn_pages(steps, walked.turns)
            mark()
            for _ in steps:
                raise AssertionError("a walk stops once at the way in and once a page")
        except Exception as problem:  # whatever a pupil would have seen as an error
            walked.problem = f"{type(problem).__name__}: {problem}"[:300]
        return walked


def alternate(running: list[Running], *, blocks: int, pupils: int) -> None:
    """Blocks in turn, each round beginning with another product: drift hits all alike."""
    for block in range(blocks):
        first = block % len(running)
        for each in running[first:] + running[:first]:
            each.walk_alone(pupils)


def _turn_pages(steps: Iterator[None], turns: list[float]) -> None:
    for _ in range(PAGES):
        begun = perf_counter()
        next(steps)
        turns.append(perf_counter() - begun)


def _differences(stored: dict[str, int], pupil: int) -> int:
    return sum(stored.get(key) != code for key, code in all_answers(pupil).items())
