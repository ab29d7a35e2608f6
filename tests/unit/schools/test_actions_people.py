"""Accounts and grants."""

from datetime import date

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from schools.actions import add_membership, add_user, end_membership
from schools.models import Area, AuditEntry, Authority, Membership, School, User
from schools.permissions import Action, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return add_user(email=" Ann@Example.ORG ", name="Ann Other", password="long-secret-1", by=None)


def test_an_account_is_found_whatever_its_capitals(user: User) -> None:
    assert authenticate(username="ANN@example.org", password="long-secret-1") == user
    assert authenticate(username="ann@example.org", password="wrong") is None
    assert add_user(email="ann@EXAMPLE.org", name="Ann", password=None, by=None) == user


def test_a_grant_and_its_end(user: User, authority: Authority, school_a: School) -> None:
    grant = add_membership(user=user, role="teacher", authority=authority, school=school_a, by=None)
    assert may(user, Action.RUN_LESSONS, school_a)
    end_membership(membership=grant, by=None)
    assert not may(user, Action.RUN_LESSONS, school_a)
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert list(actions) == ["user.added", "membership.granted", "membership.ended"]


def test_granting_again_moves_the_expiry(user: User, authority: Authority) -> None:
    for day in (date(2026, 1, 1), date(2027, 1, 1)):
        add_membership(user=user, role="analyst", authority=authority, by=None, expires_on=day)
    assert Membership.objects.get().expires_on == date(2027, 1, 1)


def test_the_log_names_no_person(user: User, authority: Authority) -> None:
    add_membership(user=user, role="analyst", authority=authority, by=user)
    text = repr(list(AuditEntry.objects.values())).lower()
    assert "ann" not in text.replace("channel", "")


def test_grants_that_do_not_fit(user: User, authority: Authority, school_a: School) -> None:
    other = Authority.objects.create(code="E09000098", name="Elsewhere")
    area = Area.objects.create(
        authority=authority, kind="ward", code="W1", name="W", vintage="2025"
    )
    wrong: list[dict[str, object]] = [
        {"role": "teacher", "authority": authority},
        {"role": "teacher", "authority": other, "school": school_a},
        {"role": "public_health", "authority": authority, "school": school_a, "area": area},
    ]
    for grant in wrong:
        with pytest.raises(ValidationError):
            add_membership(user=user, by=None, **grant)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="headteacher"):
        add_membership(user=user, role="headteacher", authority=authority, by=None)
    assert not Membership.objects.exists()


def test_the_database_itself_refuses_a_teacher_of_everything(
    user: User, authority: Authority
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role="teacher", authority=authority)


def test_the_database_itself_refuses_a_grant_twice(user: User, authority: Authority) -> None:
    Membership.objects.create(user=user, role="analyst", authority=authority)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, role="analyst", authority=authority)
