"""Every member of the cast x every action x own, other, and another authority's place.

The table is written out by hand: it is the promise, the code only keeps it.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from schools.models import Area, AreaMembership, Authority, Membership, Role, School, User
from schools.permissions import Action, duties, may, require, schools_where
from tests.cast import Cast

pytestmark = pytest.mark.django_db

# For each of the cast: action -> what it reaches, among
# A school A, B school B, W a ward, L a locality, X the authority, - asked without a target.
ALL_PLACES = "A B W L X"
TABLE: dict[str, dict[str, str]] = {
    "teacher_a": {"run_lessons": "A"},
    "lead_a": {
        "run_lessons": "A",
        "see_school_report": "A",
        "hear_of_reports": "A",
        "see_roll_status": "A",
        "see_released": "A",
    },
    "lead_b": {
        "run_lessons": "B",
        "see_school_report": "B",
        "hear_of_reports": "B",
        "see_roll_status": "B",
        "see_released": "B",
    },
    "data_team": {
        "see_roll_status": f"{ALL_PLACES} -",
        "see_released": ALL_PLACES,
        "see_quality": f"{ALL_PLACES} -",
        "manage_roll": f"{ALL_PLACES} -",
        "manage_waves": f"{ALL_PLACES} -",
        "build": f"{ALL_PLACES} -",
        "edit_words": f"{ALL_PLACES} -",
    },
    "analyst": {
        "see_school_report": ALL_PLACES,
        "hear_of_reports": ALL_PLACES,
        "see_borough": f"{ALL_PLACES} -",
        "see_released": ALL_PLACES,
        "see_quality": f"{ALL_PLACES} -",
    },
    "public_health": {
        "see_school_report": "A W L X",
        "hear_of_reports": "A W L X",
        "see_borough": "A W L X -",
        "see_released": "A W L X",
    },
    "releaser_1": {
        "see_school_report": ALL_PLACES,
        "see_released": ALL_PLACES,
        "see_unreleased": f"{ALL_PLACES} -",
        "see_quality": f"{ALL_PLACES} -",
        "release": f"{ALL_PLACES} -",
    },
    "administrator": {"administer_accounts": f"{ALL_PLACES} -"},
    "stranger": {},
}
TABLE["releaser_2"] = TABLE["releaser_1"]


@pytest.fixture
def targets(authority: Authority, school_a: School, school_b: School) -> dict[str, object]:
    def area(kind: str, code: str, owner: Authority = authority) -> Area:
        return Area.objects.create(authority=owner, kind=kind, code=code, name=code, vintage="2025")

    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    return {
        "A": school_a,
        "B": school_b,
        "W": area("ward", "E05000001"),
        "L": area("locality", "north"),
        "X": authority,
        "-": None,
        "other school": School.objects.create(authority=other, key="9", name="Far"),
        "other ward": area("ward", "E05000009", other),
        "other authority": other,
    }


def test_the_whole_table(cast: Cast, targets: dict[str, object]) -> None:
    wrong = [
        (name, action, target)
        for name, person in cast.items()
        for action in Action
        for target, place in targets.items()
        if may(person, action, place) != (target in TABLE[name].get(action, "").split())
    ]
    assert wrong == []


def test_the_table_knows_everybody(cast: Cast) -> None:
    assert set(TABLE) == {name for name, _ in cast.items()}


def test_nobody_and_the_switched_off(cast: Cast, school_a: School) -> None:
    assert not may(None, Action.RUN_LESSONS, school_a)
    cast.teacher_a.is_active = False
    assert not may(cast.teacher_a, Action.RUN_LESSONS, school_a)


def test_a_superuser_has_no_more_than_was_granted(authority: Authority, school_a: School) -> None:
    root = User.objects.create_superuser("root@example.org", "x", name="Root")
    places = (None, authority, school_a)
    assert not any(may(root, action, place) for action in Action for place in places)


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (1, True)])
def test_expiry(cast: Cast, school_a: School, days: int, allowed: bool) -> None:
    day = timezone.localdate() + timedelta(days=days)
    Membership.objects.filter(user=cast.teacher_a).update(expires_on=day)
    assert may(cast.teacher_a, Action.RUN_LESSONS, school_a) is allowed


def test_strangers_get_404(cast: Cast, school_a: School) -> None:
    require(cast.lead_a, "see_school_report", school_a)
    with pytest.raises(Http404):
        require(cast.lead_b, "see_school_report", school_a)


def test_an_action_that_does_not_exist_is_an_error_not_a_no(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not a valid Action"):
        may(cast.analyst, "see_everything")


def test_a_grant_for_a_locality_takes_in_its_wards(
    authority: Authority, targets: dict[str, object]
) -> None:
    nurse = User.objects.create_user("nurse@example.org", name="Nurse")
    north, inside, school = targets["L"], targets["W"], targets["A"]
    outside = Area.objects.create(
        authority=authority, kind="ward", code="E05000002", name="Out", vintage="2025"
    )
    AreaMembership.objects.create(part=inside, whole=north, vintage="2025")
    Membership.objects.create(user=nurse, role=Role.PUBLIC_HEALTH, authority=authority, area=north)
    reached = [may(nurse, Action.SEE_RELEASED, x) for x in (north, inside, outside, school)]
    assert reached == [True, True, False, False]
    assert not may(nurse, Action.SEE_RELEASED, authority)


def test_schools_where(cast: Cast, school_a: School, school_b: School) -> None:
    assert schools_where(cast.teacher_a, Action.RUN_LESSONS) == [school_a]
    assert schools_where(cast.analyst, Action.SEE_SCHOOL_REPORT) == [school_a, school_b]
    assert schools_where(cast.public_health, Action.SEE_SCHOOL_REPORT) == [school_a]
    assert schools_where(cast.stranger, Action.RUN_LESSONS) == []


def test_duties(cast: Cast, school_a: School, school_b: School) -> None:
    teacher, administrator = duties(cast.teacher_a), duties(cast.administrator)
    assert (teacher.schools, teacher.authorities) == ({"run_lessons": [school_a]}, {})
    assert administrator.schools == {"administer_accounts": [school_a, school_b]}
    assert administrator.authorities == {"administer_accounts": [school_a.authority]}
    assert not duties(cast.stranger)


def test_duties_are_what_is_answered_one_by_one(
    cast: Cast, targets: dict[str, object], django_assert_num_queries: Any
) -> None:
    for _, person in cast.items():
        with django_assert_num_queries(0 if person == cast.stranger else 2):
            found = duties(person)
        for action in Action:
            assert found.at(action) == schools_where(person, action)
            whole = [targets["X"]] if may(person, action) else []
            assert found.of(action) == whole
            assert (action in found) == bool(found.at(action) or whole)
