"""Accounts and what is granted to them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from schools.audit import record
from schools.models import Area, Authority, Membership, Role, School, User


@transaction.atomic
def add_user(*, email: str, name: str, password: str | None, by: User | None) -> User:
    """An account, or the one that the address already has. It may nothing until granted."""
    email = email.strip().lower()
    known = User.objects.filter(email=email).first()
    if known:
        return known
    user = User.objects.create_user(email, password, name=name)
    record(by=by, action="user.added", subject=f"user {user.pk}")
    return user


@transaction.atomic
def add_membership(
    *,
    user: User,
    role: str,
    authority: Authority,
    by: User | None,
    school: School | None = None,
    area: Area | None = None,
    expires_on: date | None = None,
) -> Membership:
    """Grant a role; granting it again moves its expiry.

    Raises ValidationError when school and area do not fit the role or the authority.
    """
    grant, _ = Membership.objects.select_for_update().get_or_create(
        user=user,
        role=Role(role).value,
        authority=_checked(authority, role, school, area),
        school=school,
        area=area,
        defaults={"granted_by": by},
    )
    grant.expires_on = expires_on
    grant.save(update_fields=["expires_on"])
    _record(grant, "membership.granted", by)
    return grant


@transaction.atomic
def end_membership(*, membership: Membership, by: User | None) -> None:
    """Take a role away from today on; the row stays, to say that it was there."""
    membership.expires_on = timezone.localdate() - timedelta(days=1)
    membership.save(update_fields=["expires_on"])
    _record(membership, "membership.ended", by)


def _checked(
    authority: Authority, role: str, school: School | None, area: Area | None
) -> Authority:
    if role in (Role.TEACHER, Role.SCHOOL_LEAD) and school is None:
        raise ValidationError("This role is held in a school: name the school.")
    if school is not None and area is not None:
        raise ValidationError("A grant is for a school or for an area, not for both.")
    for place in (school, area):
        if place is not None and place.authority_id != authority.pk:
            raise ValidationError("The school or area belongs to another authority.")
    return authority


def _record(grant: Membership, action: str, by: User | None) -> None:
    record(
        by=by,
        action=action,
        subject=f"user {grant.user_id}",
        details={
            "role": grant.role,
            "authority": grant.authority.code,
            "school": grant.school.key if grant.school else None,
            "area": grant.area.code if grant.area else None,
            "expires_on": grant.expires_on,
        },
    )
