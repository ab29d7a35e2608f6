"""Pupils who stand in a roll more than once."""

from collections import Counter, defaultdict
from dataclasses import replace

from schools.roll.rows import Remark, RollRow


def without_repeats(rows: list[RollRow]) -> tuple[tuple[RollRow, ...], list[Remark], int]:
    """Rows with each pupil once; rows that contradict each other are problems, all of them."""
    groups: dict[str, list[RollRow]] = defaultdict(list)
    for row in rows:
        groups[row.pseudonym].append(row)
    kept, clashes, repeated = [], [], 0
    for group in groups.values():
        if len({replace(row, row=0, class_number=0) for row in group}) == 1:
            kept.append(group[0])
            repeated += len(group) - 1
        else:
            clashes += [_clash(row, group) for row in group]
    clashes += _former_clashes(kept)
    wrong = {clash.row for clash in clashes}
    return tuple(row for row in kept if row.row not in wrong), clashes, repeated


def _former_clashes(rows: list[RollRow]) -> list[Remark]:
    """A former UPN that two rows claim, or that another row has now, follows nobody."""
    claims = Counter(row.former for row in rows if row.former)
    taken = {row.pseudonym for row in rows}
    return [
        Remark(row.row, "FormerUPN", "is the UPN or former UPN of another row too")
        for row in rows
        if row.former
        and row.former != row.pseudonym
        and (claims[row.former] > 1 or row.former in taken)
    ]


def _clash(row: RollRow, group: list[RollRow]) -> Remark:
    others = ", ".join(str(other.row) for other in group if other is not row)
    same_school = len({other.school for other in group}) == 1
    what = "other details" if same_school else "another school"
    return Remark(row.row, "UPN", f"stands with {what} in row {others} too")
