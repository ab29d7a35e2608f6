"""Something else to do in the lesson: reads like the pupils' pages, and sends nothing.

A short text of our own about nothing that could be sensitive. Nobody across the room can tell
who answers the questions and who does this.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Choice:
    question: Promise
    answers: tuple[Promise, ...]


@dataclass(frozen=True)
class Part:
    title: Promise
    text: tuple[Promise, ...] = ()
    choices: tuple[Choice, ...] = ()
    writing: Promise | None = None


PARTS = (
    Part(
        _("The lighthouse post"),
        text=(
            _(
                "A long time ago, a family lived in a lighthouse on a small rock in the sea. "
                "The post boat came once a week, if the sea was calm."
            ),
            _(
                "One winter the boat could not land for a month. The family tied their letters "
                "to a kite. When the wind blew to the land, they let the kite go."
            ),
            _(
                "A farmer found it in a field of cabbages. She read the letters out in the "
                "village, and then she wrote an answer. But how could she send it back?"
            ),
        ),
    ),
    Part(
        _("What did you read?"),
        choices=(
            Choice(
                _("How often did the post boat come?"),
                (_("Every day"), _("Once a week"), _("Once a month"), _("Once a year")),
            ),
            Choice(
                _("Where did the farmer find the kite?"),
                (_("On a beach"), _("On a roof"), _("In a tree"), _("In a field")),
            ),
            Choice(
                _("Why did the boat stay away?"),
                (
                    _("The sea was too rough"),
                    _("It was lost"),
                    _("It was too old"),
                    _("I am not sure"),
                ),
            ),
        ),
    ),
    Part(
        _("What would you pack?"),
        choices=(
            Choice(
                _("You stay at the lighthouse for a week. What do you take first?"),
                (_("A book"), _("A torch"), _("A game"), _("A warm coat")),
            ),
            Choice(
                _("How would you send the answer back?"),
                (_("By bird"), _("By bottle"), _("By light"), _("In another way")),
            ),
        ),
    ),
    Part(
        _("Write the end"),
        writing=_("How does the answer get to the lighthouse? Write what happens next."),
    ),
)
