"""Responses that were collected in another tool: a file and a mapping, to answers and problems.

A mapping is JSON that says which column holds what. Nothing is guessed, and nothing that does
not fit is let through: each fault is reported with its row (1 is the heading) and its column.
"""

from surveys.collected.mapping import (
    DemographicSource,
    ItemSource,
    Mapping,
    MappingErrors,
    Problem,
    read_mapping,
)
from surveys.collected.reader import Collected, CollectedRow, read_responses

__all__ = [
    "Collected",
    "CollectedRow",
    "DemographicSource",
    "ItemSource",
    "Mapping",
    "MappingErrors",
    "Problem",
    "read_mapping",
    "read_responses",
]
