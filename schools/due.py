"""What waits for a person, as the first page tells it; and what of it lies in the register.

Each app says what is due in its own rooms, for schools and authorities that it is given:
who may do what to which was asked before, in schools/permissions.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.utils import timezone
from django.utils.formats import date_format

from schools.models import Authority, Membership

ENDS_SOON = timedelta(days=30)
AT_MOST = 10  # lines of one kind


class Urgency(IntEnum):
    NOW = 0
    SOON = 1
    LATER = 2


@dataclass(frozen=True)
class Due:
    """`what` is to be done at `address`; without one it is no page's business, and `more` says how.

    `state` is a word or two: "Open", "New", "Time is over".
    """

    urgency: Urgency
    what: str
    address: str = ""
    more: str = ""
    state: str = ""


@dataclass(frozen=True)
class Fact:
    """How something stands that nobody has to do anything about."""

    name: str
    said: str


def in_order(found: Iterable[Due]) -> list[Due]:
    """The most urgent first; what is alike stays in the order in which it was found."""
    return sorted(found, key=lambda due: due.urgency)


def day(on: date | datetime) -> str:
    """As pages write it, where the pages' people are: 3 June 2026."""
    local = timezone.localtime(on) if isinstance(on, datetime) else on
    return date_format(local, "j F Y")


def grants_that_end(authorities: list[Authority]) -> list[Due]:
    """Grants of these authorities that end within thirty days, for who administers accounts."""
    today = timezone.localdate()
    if not authorities:
        return []
    ending = Membership.objects.current(today).filter(
        authority__in=authorities, expires_on__lte=today + ENDS_SOON, user__is_active=True
    )
    grants = list(ending.select_related("user", "school", "area").order_by("expires_on", "pk"))
    more = len(grants) - AT_MOST
    others = [Due(Urgency.SOON, f"{more} more grants end within 30 days")] if more > 0 else []
    return [*map(_ending, grants[:AT_MOST]), *others]


def _ending(grant: Membership) -> Due:
    place = grant.school or grant.area
    role = f"{grant.get_role_display()}, {place}" if place else grant.get_role_display()
    return Due(
        Urgency.SOON,
        f"{grant.user.name}: {role}",
        more=f"The last day is {day(grant.expires_on or timezone.localdate())}. "
        "manage.py add_person grants the role again.",
        state="Ends soon",
    )
