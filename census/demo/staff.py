"""One account for each role, and a teacher in every school that takes part."""

from collections.abc import Iterable
from dataclasses import dataclass

from schools.actions import add_membership, add_user
from schools.models import Authority, Role, School, User

PASSWORD = "larkford-made-up"  # noqa: S105 - printed at the end, for made-up data
DOMAIN = "larkford.example"

# Part before the @, name, role. The first two are held in one school.
PEOPLE = (
    ("teacher", "Tia Teacher", Role.TEACHER),
    ("lead", "Lee Lead", Role.SCHOOL_LEAD),
    ("data", "Dana Data", Role.DATA_TEAM),
    ("analyst", "Ari Analyst", Role.ANALYST),
    ("health", "Hal Health", Role.PUBLIC_HEALTH),
    ("release1", "Robin Releaser", Role.RELEASER),
    ("release2", "Remi Releaser", Role.RELEASER),
    ("admin", "Ada Administrator", Role.ADMINISTRATOR),
)


@dataclass(frozen=True)
class Staff:
    """`people` by the part of their address before the @; `teachers` by school key."""

    people: dict[str, User]
    teachers: dict[str, User]
    school: School

    @property
    def data_team(self) -> User:
        return self.people["data"]

    @property
    def releasers(self) -> tuple[User, User]:
        return self.people["release1"], self.people["release2"]


def address(name: str) -> str:
    return f"{name}@{DOMAIN}"


def make_staff(authority: Authority, schools: Iterable[School]) -> Staff:
    """The last school is the one whose teacher and lead can log in: something stands out there."""
    *others, own = schools
    people = {name: _person(name, full, role, authority, own) for name, full, role in PEOPLE}
    teachers = {school.key: _other_teacher(authority, school) for school in others}
    return Staff(people, {**teachers, own.key: people["teacher"]}, own)


def _person(name: str, full: str, role: str, authority: Authority, school: School) -> User:
    user = add_user(email=address(name), name=full, password=PASSWORD, by=None)
    held_in = school if role in (Role.TEACHER, Role.SCHOOL_LEAD) else None
    add_membership(user=user, role=role, authority=authority, school=held_in, by=None)
    return user


def _other_teacher(authority: Authority, school: School) -> User:
    """Books and runs lessons; has no password, so nobody can log in as them."""
    email = address(f"teacher.{school.key}")
    user = add_user(email=email, name=f"Teacher at {school.name}", password=None, by=None)
    add_membership(user=user, role=Role.TEACHER, authority=authority, school=school, by=None)
    return user
