"""The wave before: which of its builds a new one is set beside, and what that build says."""

from typing import TYPE_CHECKING

from reports import queries
from reports.comparable import comparable
from reports.models import Build
from surveys.models import Wave

if TYPE_CHECKING:
    from reports.disclosure.since import Earlier


def build_before(wave: Wave) -> Build | None:
    """The build that is public now of the wave before; None where there is no such wave, or
    nothing of it is public."""
    return queries.public_build(wave.previous) if wave.previous else None


def figures(build: Build) -> "Earlier | None":
    """What a build is set beside: every released cell of the earlier one."""
    from reports.disclosure.since import Earlier

    earlier = build.earlier
    if earlier is None:
        return None
    cells = {group: row for cube in queries.cubes(earlier) for group, row in cube.cells.items()}
    now, then = build.wave, earlier.wave
    compared = comparable(
        now.questionnaire.definition, now.year_groups,
        then.questionnaire.definition, then.year_groups,
    )  # fmt: skip
    return Earlier(then.key, cells, compared)
