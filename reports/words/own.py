"""Which words are spoken: the most specific of a council's own, or else ours."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from reports.words.kinds import KINDS
from reports.words.patterns import compiled


@dataclass(frozen=True, order=True)
class OwnWords:
    """A council's pattern in the place of ours.

    measure: "" for the whole kind. school: "" for all; only together with a measure.
    """

    kind: str
    measure: str
    school: str
    pattern: str

    def to_document(self) -> dict[str, str]:
        """As it is kept with a build."""
        return asdict(self)


Where = tuple[str, str, str]


@dataclass(frozen=True)
class Words:
    """The words of one build, to be spoken of one place. `school` is its key, "" of an area."""

    own: Mapping[Where, str] = field(default_factory=dict)
    school: str = ""

    @classmethod
    def of(cls, own: Iterable[OwnWords], school: str = "") -> "Words":
        """What is spoken where a council has these words of its own."""
        return cls({(each.kind, each.measure, each.school): each.pattern for each in own}, school)

    def pattern(self, kind: str, measure: str) -> str:
        """Of one school's measure, else of the measure, else of the kind, else ours."""
        for where in ((kind, measure, self.school), (kind, measure, ""), (kind, "", "")):
            if where in self.own:
                return self.own[where]
        return KINDS[kind].pattern

    def say(self, kind: str, measure: str, slots: Mapping[str, str]) -> str:
        """The sentence. `slots` come from released cells, rounded as everywhere."""
        pattern = self.pattern(kind, measure) if self.own else KINDS[kind].pattern
        return compiled(pattern).fill(slots)


SHIPPED = Words()
