"""A questionnaire as something to read: every question, numbered, with who is asked it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from surveys.definition import Item, Page, Questionnaire
from surveys.forms import TEMPLATES, Question
from surveys.models import QuestionnaireVersion, ScalePermission


@dataclass(frozen=True)
class Printed:
    """One question. `only`: the year groups asked, where not all are. `depends`: on an answer.

    `shown` is false where nobody has recorded that its wording may be used.
    """

    number: int
    question: Question
    intro: str
    only: tuple[int, ...]
    depends: bool
    shown: bool

    @property
    def is_typed(self) -> bool:
        return self.question.template == TEMPLATES["percent"]

    @property
    def answers(self) -> list[str]:
        """A scale of numbers is one line: what its named numbers say, the ends among them."""
        found = self.question.answers
        if self.question.item.kind.name != "number":
            return [shown.label for shown in found]
        named = [s.words for s in found if s.has_words or s in (found[0], found[-1])]
        return [" … ".join(named)]


def printed(
    questionnaire: Questionnaire, years: Sequence[int], hidden: Collection[str] = ()
) -> list[tuple[str, list[Printed]]]:
    """The sections in order, each with its questions. `years`: the year groups of the wave."""
    pairs = [(page, item) for page in questionnaire.pages for item in page.items]
    found = [
        (page.section, _printed(number, page, item, years, item.key not in hidden))
        for number, (page, item) in enumerate(pairs, start=1)
    ]
    sections = groupby(found, key=lambda each: each[0])
    return [(section, [one for _, one in pairs]) for section, pairs in sections]


def not_permitted(version: QuestionnaireVersion) -> frozenset[str]:
    """The questions of scales for whose wording no permission is recorded."""
    permitted = set(version.permissions.values_list("scale", flat=True))
    scales = [scale for scale in version.definition.scales if scale.key not in permitted]
    return frozenset(item for scale in scales for item in scale.items)


def credits_of(version: QuestionnaireVersion) -> list[str]:
    """Who holds the rights in licensed wording, to stand beside it."""
    rows = version.permissions.filter(kind=ScalePermission.Kind.LICENSED).order_by("scale")
    titles = {scale.key: scale.title for scale in version.definition.scales}
    return [f"{titles.get(row.scale, row.scale)}: {row.holder}, {row.reference}" for row in rows]


def _printed(number: int, page: Page, item: Item, years: Sequence[int], shown: bool) -> Printed:
    conditions = (page.when, item.when)
    depends = any(condition.items() for condition in conditions)
    asked = tuple(year for year in years if all(c.holds({}, year) for c in conditions))
    return Printed(
        number=number,
        question=Question(item, ()),
        intro=page.intro if page.items[0] is item else "",
        only=() if depends or len(asked) == len(years) else asked,
        depends=depends,
        shown=shown,
    )
