"""How much schools differ, from what is released of them: nobody learns more by it."""

from collections.abc import Mapping

import numpy as np

from reports.disclosure.lattice import parse_group
from reports.disclosure.released import Cell, ScoreCell
from reports.stats.proportions import Floats
from reports.stats.schools import pooled_icc, products

LEAST = 3  # schools, to speak of a variance between them


def between_schools(cells: Mapping[str, Mapping[str, Cell]]) -> float | None:
    """Share of the pupils' variance between schools, one for all scales, to three decimals.

    From the released n, mean and SD of all pupils of each school. None where no scale has three
    such schools, or where schools differ no more than chance would have it.
    """
    scales: dict[str, list[tuple[float, float, float]]] = {}
    for group, row in cells.items():
        named = parse_group(group)
        if named.place.kind == "school" and not named.values:
            for key, cell in row.items():
                if isinstance(cell, ScoreCell) and cell.sd:
                    within = (cell.n - 1) * cell.sd**2
                    scales.setdefault(key, []).append((cell.n, cell.mean, within))
    told = [_products(rows) for rows in scales.values() if len(rows) >= LEAST]
    return (round(pooled_icc(told), 3) or None) if told else None


def _products(rows: list[tuple[float, float, float]]) -> Floats:
    return products(*np.array(rows, dtype=float).T)
