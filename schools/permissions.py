"""May this person do this, or see this? The one file that answers.

Two questions: does a current membership's role allow the action (``ROLE_MAY``), and does
that membership reach the target (``_reaches``). Nothing else grants anything: not being
staff, not being a superuser. Strangers get 404, so that they learn nothing of what exists.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from schools.models import Area, AreaMembership, Authority, Membership, Role, School, User

Target = Authority | School | Area
Person = User | AnonymousUser | None


class Action(StrEnum):
    """Everything that is asked about. A target is a school, an area or an authority."""

    RUN_LESSONS = "run_lessons"  # of a school
    SEE_SCHOOL_REPORT = "see_school_report"  # of a school
    HEAR_OF_REPORTS = "hear_of_reports"  # of a school: told of a new report until it was opened
    SEE_BOROUGH = "see_borough"  # of an authority: its schools side by side, for officers
    SEE_ROLL_STATUS = "see_roll_status"  # of a school or an authority: counts, never rows
    SEE_RELEASED = "see_released"  # released results of any place
    SEE_UNRELEASED = "see_unreleased"  # a build before its release
    SEE_QUALITY = "see_quality"  # linkage and build reports
    MANAGE_ROLL = "manage_roll"
    MANAGE_WAVES = "manage_waves"
    BUILD = "build"
    EDIT_WORDS = "edit_words"  # of an authority's reports; releasers approve them, so not theirs
    RELEASE = "release"
    ADMINISTER_ACCOUNTS = "administer_accounts"


ROLE_MAY: dict[str, frozenset[Action]] = {
    Role.TEACHER: frozenset({Action.RUN_LESSONS}),
    Role.SCHOOL_LEAD: frozenset(
        {
            Action.RUN_LESSONS,
            Action.SEE_SCHOOL_REPORT,
            Action.HEAR_OF_REPORTS,
            Action.SEE_ROLL_STATUS,
            Action.SEE_RELEASED,
        }
    ),
    Role.DATA_TEAM: frozenset(
        {
            Action.SEE_ROLL_STATUS,
            Action.SEE_RELEASED,
            Action.SEE_QUALITY,
            Action.MANAGE_ROLL,
            Action.MANAGE_WAVES,
            Action.BUILD,
            Action.EDIT_WORDS,
        }
    ),
    Role.ANALYST: frozenset(
        {
            Action.SEE_SCHOOL_REPORT,
            Action.HEAR_OF_REPORTS,
            Action.SEE_BOROUGH,
            Action.SEE_RELEASED,
            Action.SEE_QUALITY,
        }
    ),
    Role.PUBLIC_HEALTH: frozenset(
        {
            Action.SEE_SCHOOL_REPORT,
            Action.HEAR_OF_REPORTS,
            Action.SEE_BOROUGH,
            Action.SEE_RELEASED,
        }
    ),
    Role.RELEASER: frozenset(
        {
            Action.SEE_SCHOOL_REPORT,
            Action.SEE_RELEASED,
            Action.SEE_UNRELEASED,
            Action.SEE_QUALITY,
            Action.RELEASE,
        }
    ),
    Role.ADMINISTRATOR: frozenset({Action.ADMINISTER_ACCOUNTS}),
}

# These say which school or place: asked without one, the answer is no.
NEEDS_A_TARGET = frozenset(
    {
        Action.RUN_LESSONS,
        Action.SEE_SCHOOL_REPORT,
        Action.HEAR_OF_REPORTS,
        Action.SEE_RELEASED,
    }
)

# Their memberships without school or area give the authority's areas, not its schools.
NARROW_ROLES = frozenset({Role.PUBLIC_HEALTH})


def may(user: Person, action: Action | str, target: Target | None = None) -> bool:
    """Whether ``user`` may do ``action`` to ``target``.

    Without a target: whether they may do it to the whole of some authority; always no for
    actions that are about one school or place.
    """
    action = Action(action)
    grants = _granting(user, action)
    if target is None:
        whole = grants.filter(school=None, area=None)
        return action not in NEEDS_A_TARGET and whole.exists()
    return any(_reaches(grant, target) for grant in grants)


def require(user: Person, action: Action | str, target: Target | None = None) -> None:
    """Raise Http404 unless ``user`` may do ``action`` to ``target``."""
    if not may(user, action, target):
        raise Http404


def signed_in(request: HttpRequest) -> User:
    """Who sent a request to a page that asks for a log-in. Raises Http404 for a stranger."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def schools_where(user: Person, action: Action | str) -> list[School]:
    """The schools to which ``user`` may do ``action``, in order of their names."""
    return _reached(list(_granting(user, Action(action))))


@dataclass(frozen=True)
class Duties:
    """What a person may do, by action: to which schools, and to which authorities as a whole.

    An action on a whole authority stands with all its schools. For pages:
    ``{% for school in duties.schools.run_lessons %}``, ``{% if "build" in duties %}``.
    """

    schools: dict[str, list[School]]
    authorities: dict[str, list[Authority]]

    def __contains__(self, action: str) -> bool:
        return action in self.schools or action in self.authorities

    def __bool__(self) -> bool:
        return bool(self.schools or self.authorities)

    def at(self, action: Action) -> list[School]:
        return self.schools.get(action, [])

    def of(self, action: Action) -> list[Authority]:
        return self.authorities.get(action, [])


def duties(user: Person) -> Duties:
    """All at once: two queries, however many schools and grants there are."""
    grants = list(_current(user).select_related("authority"))
    schools = _schools_of(grants)
    reached: dict[str, list[School]] = {}
    wholes: dict[str, list[Authority]] = {}
    for action in Action:
        granting = [grant for grant in grants if action in ROLE_MAY[grant.role]]
        if found := _reached(granting, schools):
            reached[action.value] = found
        whole = {g.authority_id: g.authority for g in granting if not (g.school_id or g.area_id)}
        if whole and action not in NEEDS_A_TARGET:
            wholes[action.value] = sorted(whole.values(), key=str)
    return Duties(reached, wholes)


def _reached(grants: list[Membership], among: list[School] | None = None) -> list[School]:
    """The schools that any of these grants reaches, in order of their names."""
    schools = _schools_of(grants) if among is None else among
    return [school for school in schools if any(_reaches(grant, school) for grant in grants)]


def _schools_of(grants: list[Membership]) -> list[School]:
    if not grants:
        return []
    schools = School.objects.filter(authority__in={grant.authority_id for grant in grants})
    return list(schools.select_related("authority").order_by("name"))


def _granting(user: Person, action: Action) -> QuerySet[Membership]:
    """The current memberships whose role allows the action."""
    roles = [role for role, actions in ROLE_MAY.items() if action in actions]
    return _current(user).filter(role__in=roles)


def _current(user: Person) -> QuerySet[Membership]:
    if user is None or not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.current().filter(user_id=user.pk)


def _reaches(grant: Membership, target: Target) -> bool:
    """Whether a membership's school, area or authority takes in the target."""
    if isinstance(target, Authority):
        return target.pk == grant.authority_id and not (grant.school_id or grant.area_id)
    if target.authority_id != grant.authority_id:
        return False
    if grant.school_id:
        return isinstance(target, School) and target.pk == grant.school_id
    if grant.area_id:
        return isinstance(target, Area) and _lies_in(target, grant.area_id)
    return isinstance(target, Area) or grant.role not in NARROW_ROLES


def _lies_in(area: Area, whole_id: int) -> bool:
    """Whether an area is the granted one, or a part of it."""
    return (
        area.pk == whole_id or AreaMembership.objects.filter(part=area, whole_id=whole_id).exists()
    )
