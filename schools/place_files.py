"""Files of schools and areas -> plain rows and features. No Django here."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schools.roll.table import RollFileError, decode

# How official files name the code and the name of each kind of area: WD25CD, LSOA21NM.
OFFICIAL = {"ward": r"WD\d\d", "lsoa": r"LSOA\d\d"}


class PlaceFileError(ValueError):
    """A file of places cannot be taken in; the sentence says which entry and why."""


@dataclass(frozen=True)
class Feature:
    """One area; ``boundary`` is a GeoJSON Polygon or MultiPolygon in degrees."""

    code: str
    name: str
    boundary: dict[str, Any]


def csv_rows(content: bytes, *, needs: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Rows by lower-case column name, with their number in the file from 1.

    Raises PlaceFileError when the text, a needed column or a row's cells are not right.
    """
    try:
        lines = list(csv.reader(io.StringIO(decode(content), newline=""), strict=True))
    except (RollFileError, csv.Error) as error:
        raise PlaceFileError(f"The file cannot be read: {error}") from error
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    if missing := [name for name in needs if name not in header]:
        raise PlaceFileError(f"The file has no column {' and no column '.join(missing)}.")
    filled = [(number, cells) for number, cells in enumerate(lines[1:], start=2) if any(cells)]
    return [(number, _row(header, cells, number)) for number, cells in filled]


def _row(header: list[str], cells: list[str], number: int) -> dict[str, str]:
    if len(cells) != len(header):
        raise PlaceFileError(f"Row {number} has more or fewer cells than the header.")
    return dict(zip(header, (cell.strip() for cell in cells), strict=True))


def features(collection: object, *, kind: str) -> list[Feature]:
    """The areas of a parsed GeoJSON FeatureCollection.

    Code and name stand under ``code`` and ``name``, or as in official files of the kind.
    Raises PlaceFileError.
    """
    items = collection.get("features") if isinstance(collection, Mapping) else None
    if not isinstance(items, list) or not items:
        raise PlaceFileError("The file is no GeoJSON FeatureCollection with features.")
    found = [_feature(number, item, kind) for number, item in enumerate(items, start=1)]
    if len({feature.code for feature in found}) < len(found):
        raise PlaceFileError("A code stands twice in the file.")
    return found


def _feature(number: int, item: object, kind: str) -> Feature:
    properties = item.get("properties") if isinstance(item, Mapping) else None
    geometry = item.get("geometry") if isinstance(item, Mapping) else None
    if not isinstance(properties, Mapping) or not isinstance(geometry, Mapping):
        raise PlaceFileError(f"Feature {number} has no properties or no geometry.")
    code, name = _property(properties, "code", kind), _property(properties, "name", kind)
    if not code or not name:
        raise PlaceFileError(f"Feature {number} has no code or no name.")
    if geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise PlaceFileError(f"Feature {number} is no polygon.")
    if not _in_degrees(geometry.get("coordinates")):
        raise PlaceFileError(f"Feature {number} is not in degrees of longitude and latitude.")
    if not _is_shape(geometry):
        raise PlaceFileError(f"Feature {number} has a ring that is not closed or no ring.")
    return Feature(code, name, {key: geometry[key] for key in ("type", "coordinates")})


def _property(properties: Mapping[str, Any], plain: str, kind: str) -> str:
    ending = {"code": "CD", "name": "NM"}[plain]
    official = OFFICIAL.get(kind, "(?!)") + ending
    names = [plain, *(name for name in properties if re.fullmatch(official, name))]
    return str(next((properties[name] for name in names if properties.get(name)), "")).strip()


def _in_degrees(coordinates: object) -> bool:
    """Whether nested lists end in pairs of degrees; grid references in metres are refused."""
    if not isinstance(coordinates, list) or not coordinates:
        return False
    if all(isinstance(part, int | float) for part in coordinates):
        return len(coordinates) >= 2 and abs(coordinates[0]) <= 180 and abs(coordinates[1]) <= 90
    return all(_in_degrees(part) for part in coordinates)


def _is_shape(geometry: Mapping[str, Any]) -> bool:
    """Whether every part is rings that come back to where they began, as GeoJSON has them."""
    single = geometry["type"] == "Polygon"
    polygons = [geometry["coordinates"]] if single else geometry["coordinates"]
    return all(isinstance(each, list) and each and all(map(_is_ring, each)) for each in polygons)


def _is_ring(points: object) -> bool:
    if not isinstance(points, list) or len(points) < 4 or points[0] != points[-1]:
        return False
    return all(isinstance(point, list) and _is_pair(point) for point in points)


def _is_pair(point: list[Any]) -> bool:
    return len(point) >= 2 and all(isinstance(part, int | float) for part in point)
