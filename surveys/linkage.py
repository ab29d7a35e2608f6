"""Linkage: which response belongs to which pupil of the roll, and why the others do not count.

Pure: facts in, outcomes out. Codes were issued to roll pupils by pseudonym, so nothing is
guessed; what is left to decide is who may be used, and which of two responses of one pupil.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

LINKED = "linked"
OPTED_OUT = "opted_out"
WITHDRAWN = "withdrawn"
NOT_ON_ROLL = "not_on_roll"
DUPLICATE = "duplicate"


@dataclass(frozen=True)
class Candidate:
    """A response and what is known of its pupil on the day of linkage.

    `full`: it answers the whole questionnaire, not the short version. `pages` of questions.
    """

    response: str
    pseudonym: str | None
    on_roll: bool
    opted_out: bool
    withdrawn: bool
    finished: bool
    full: bool
    pages: int


def match(candidates: Iterable[Candidate]) -> dict[str, str]:
    """Outcome by response. The order of the candidates does not matter."""
    outcomes: dict[str, str] = {}
    usable: dict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        reason = _not_usable(each)
        if reason:
            outcomes[each.response] = reason
        else:
            usable[str(each.pseudonym)].append(each)
    for rivals in usable.values():
        outcomes.update(_settle(rivals))
    return outcomes


def counted(outcomes: dict[str, str]) -> dict[str, int]:
    """How many of each outcome, all five named even where there are none."""
    tally = Counter(outcomes.values())
    return {name: tally[name] for name in (LINKED, OPTED_OUT, WITHDRAWN, NOT_ON_ROLL, DUPLICATE)}


def _not_usable(each: Candidate) -> str | None:
    if each.withdrawn:
        return WITHDRAWN
    if each.pseudonym is None or not each.on_roll:
        return NOT_ON_ROLL
    return OPTED_OUT if each.opted_out else None


def _settle(rivals: list[Candidate]) -> dict[str, str]:
    # A finished response beats an unfinished one, then the whole questionnaire beats the short
    # version, then the fuller one; the identifier only makes the choice the same every time.
    best = max(rivals, key=lambda each: (each.finished, each.full, each.pages, each.response))
    return {each.response: LINKED if each is best else DUPLICATE for each in rivals}
