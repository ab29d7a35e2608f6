"""A made-up borough: 20 wards in three localities, drawn in an empty piece of the North Sea.

Wards are the Voronoi cells of evenly spread points, cut off at an oval, with every edge bent
a little. An edge is bent once for both of its wards, so wards meet without gap or overlap.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CODE, NAME, VINTAGE = "X99000001", "Larkford", "2025"
LOCALITIES = {"X99-NORTH": "North", "X99-CENTRAL": "Central", "X99-SOUTH": "South"}
WARDS_BY_LOCALITY = (7, 6, 7)
WARD_NAMES = (
    "Aldermere", "Brackenhill", "Cloverfield", "Dunnock Lane", "Elderwick", "Fernbrook",
    "Goldcrest", "Hazelmoor", "Ivybridge Road", "Juniper Vale", "Kestrel Green", "Larkford Town",
    "Mallow Park", "Nettlecombe End", "Otterwell", "Primrose Down", "Quarry Side", "Rushmead",
    "Sorrel Heath", "Thistlegate",
)  # fmt: skip

CENTRE = (2.35, 55.05)  # longitude and latitude: the Dogger Bank, where nobody lives
RADII = (6.2, 7.4)  # km, east-west and north-south
KM = (0.01568, 0.00898)  # degrees of longitude and latitude in one km there
OUTLINE_POINTS = 40
BEND = 0.12  # how far the middle of an edge moves, as a share of its length
DIGITS = 6

Point: TypeAlias = "tuple[float, float]"
Ring: TypeAlias = "list[Point]"


@dataclass(frozen=True)
class Ward:
    """`ring` is closed and clockwise, in degrees; `centre` in km from the borough's middle."""

    code: str
    name: str
    locality: str
    centre: Point
    ring: tuple[Point, ...]


@dataclass(frozen=True)
class Borough:
    wards: tuple[Ward, ...]

    def wards_geojson(self) -> dict[str, Any]:
        return _collection((ward.code, ward.name, ward.ring) for ward in self.wards)

    def localities_geojson(self) -> dict[str, Any]:
        """The outline of each locality: the edges that only one of its wards has."""
        return _collection(
            (code, name, _outline([w.ring for w in self.wards if w.locality == code]))
            for code, name in LOCALITIES.items()
        )

    def memberships_csv(self) -> bytes:
        """Which ward lies in which locality, with the columns that councils' lists have."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["part", "whole", "whole_kind", "whole_name"])
        for ward in self.wards:
            name = LOCALITIES[ward.locality]
            writer.writerow([ward.code, ward.locality, "locality", name])
        return text.getvalue().encode()


def make_borough(seed: int) -> Borough:
    """The same borough for the same seed."""
    import numpy as np

    rng = np.random.default_rng([seed, 1])
    centres = _spread(rng, len(WARD_NAMES))
    # From north to south, so that each locality is a band of neighbouring wards.
    centres = centres[np.argsort(-centres[:, 1])]
    codes = [code for code, n in zip(LOCALITIES, WARDS_BY_LOCALITY, strict=True) for _ in range(n)]
    names = rng.permutation(WARD_NAMES)
    bends = _Bends(rng)
    rings = [bends.bent(cell) for cell in _cells(centres)]
    return Borough(
        tuple(
            Ward(f"E0599{n + 1:04d}", str(names[n]), codes[n], tuple(centres[n].tolist()), ring)
            for n, ring in enumerate(rings)
        )
    )


def _spread(rng: "np.random.Generator", count: int) -> "NDArray[np.float64]":
    """Points in the oval, pulled apart by moving each to the middle of its cell a few times."""
    import numpy as np

    angle = rng.uniform(0, 2 * np.pi, count)
    radius = np.sqrt(rng.uniform(0, 1, count))
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)]) * RADII
    for _ in range(6):
        points = np.array([np.mean(cell, axis=0) for cell in _cells(points)])
    return points


def _cells(points: "NDArray[np.float64]") -> list[Ring]:
    """The Voronoi cell of each point in km, convex, clockwise, cut off at the oval."""
    import numpy as np
    from scipy.spatial import Voronoi

    # Four far points make every cell of ours finite.
    far = np.array([(-90, 0), (90, 0), (0, -90), (0, 90)], dtype=float)
    diagram = Voronoi(np.vstack([points, far]))
    turn = np.linspace(0, -2 * np.pi, OUTLINE_POINTS, endpoint=False)
    oval = [(float(x), float(y)) for x, y in np.column_stack([np.cos(turn), np.sin(turn)]) * RADII]
    cells = []
    for number in range(len(points)):
        corners = diagram.vertices[diagram.regions[diagram.point_region[number]]]
        around = np.arctan2(*(corners - points[number]).T[::-1])
        cell = [(float(x), float(y)) for x, y in corners[np.argsort(-around)]]
        cells.append(_clipped(cell, oval))
    return cells


def _clipped(cell: Ring, clip: Ring) -> Ring:
    """Sutherland-Hodgman: the part of a clockwise polygon within a clockwise convex one."""
    for start, end in zip(clip, clip[1:] + clip[:1], strict=True):
        kept: Ring = []
        for a, b in zip(cell, cell[1:] + cell[:1], strict=True):
            side_a, side_b = _side(start, end, a), _side(start, end, b)
            if side_a >= 0:
                kept.append(a)
            if side_a * side_b < 0:
                share = side_a / (side_a - side_b)
                kept.append((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        cell = kept
    return cell


def _side(start: Point, end: Point, point: Point) -> float:
    """Above zero to the right of the line, which is the inside of a clockwise ring."""
    across = (end[0] - start[0]) * (point[1] - start[1])
    return (end[1] - start[1]) * (point[0] - start[0]) - across


class _Bends:
    """Bends each edge once, whichever of its two wards asks first."""

    def __init__(self, rng: "np.random.Generator") -> None:
        self.rng = rng
        self.known: dict[tuple[Point, Point], Ring] = {}

    def bent(self, cell: Ring) -> tuple[Point, ...]:
        """A closed ring in degrees."""
        corners = [_degrees(point) for point in cell]
        ring: Ring = []
        for a, b in zip(corners, corners[1:] + corners[:1], strict=True):
            if a != b:
                ring += self._edge(a, b)[:-1]
        return (*ring, ring[0])

    def _edge(self, a: Point, b: Point) -> Ring:
        if (b, a) in self.known:
            return self.known[b, a][::-1]
        if (a, b) not in self.known:
            self.known[a, b] = [a, *self._between(a, b, 2), b]
        return self.known[a, b]

    def _between(self, a: Point, b: Point, depth: int) -> Ring:
        if depth == 0:
            return []
        shift = self.rng.uniform(-BEND, BEND)
        # A degree of longitude is shorter than one of latitude: turn the edge in km.
        east, north = (b[0] - a[0]) / KM[0], (b[1] - a[1]) / KM[1]
        x = (a[0] + b[0]) / 2 - shift * north * KM[0]
        y = (a[1] + b[1]) / 2 + shift * east * KM[1]
        middle = (round(x, DIGITS), round(y, DIGITS))
        return [*self._between(a, middle, depth - 1), middle, *self._between(middle, b, depth - 1)]


def _degrees(point: Point) -> Point:
    x, y = (centre + km * step for centre, km, step in zip(CENTRE, KM, point, strict=True))
    return round(x, DIGITS), round(y, DIGITS)


def _outline(rings: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
    """The ring around wards that hang together."""
    steps = {step for ring in rings for step in pairwise(ring)}
    following = {a: b for a, b in steps if (b, a) not in steps}
    ring = [min(following)]
    for _ in following:
        ring.append(following[ring[-1]])
    if ring[0] != ring[-1]:
        raise ValueError("These wards do not hang together, or leave a hole.")
    return tuple(ring)


def _collection(areas: Iterable[tuple[str, str, Sequence[Point]]]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [[list(point) for point in ring]]},
        }
        for code, name, ring in areas
    ]
    return {"type": "FeatureCollection", "features": features}
