"""Markers that stand in a spreadsheet where there is no number, and the notes behind them."""

from collections.abc import Iterator

from reports.disclosure.released import Hidden

HIDDEN, LOW, HIGH, NOT_KNOWN, NOT_OF_THIS = "[c]", "[low]", "[high]", "[x]", "[z]"
MARKERS = {
    HIDDEN: "Not shown, so that no pupil can be found out. The note of the row says why.",
    LOW: "So few that no number is shown. The note of the row says below what.",
    HIGH: "Nearly all, so no number is shown. The note of the row says above what.",
    NOT_KNOWN: "Not known.",
    NOT_OF_THIS: "Does not apply here; for a verdict, too few answers for one.",
}


def marker(label: str) -> str:
    """Which marker stands for a released label such as "<5 %" or "all but fewer than 3"."""
    return HIGH if label.startswith((">", "all")) else LOW


class Notes:
    """Numbers each reason the first time it is met, so the same figures give the same numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}

    def hidden(self, found: object) -> str:
        """The note for what is withheld."""
        return self._note(found.reason if isinstance(found, Hidden) else "Not shown.")

    def label(self, label: str) -> str:
        """The note for a released label."""
        what = label if label.endswith("%") else f"{label} pupils"
        return self._note(f"The figure is {what}.")

    def few_for_sd(self) -> str:
        """The note for a score without its spread."""
        return self._note("The standard deviation is given for larger groups only.")

    def schools(self, count: int) -> str:
        """The note for figures of the schools that took part both times."""
        return self._note(f"Of the {count} schools that took part both times.")

    def few_opted_out(self) -> str:
        """The note for opt-outs too few to say."""
        return self._note("Between one and nine pupils opted out.")

    def _note(self, text: str) -> str:
        return self._numbers.setdefault(text, f"[note {len(self._numbers) + 1}]")

    def markers(self) -> Iterator[tuple[str, str]]:
        """What each marker says."""
        yield from MARKERS.items()

    def numbered(self) -> Iterator[tuple[str, str]]:
        """The notes met so far, by number."""
        yield from ((number, text) for text, number in self._numbers.items())
