"""The fixed cast: one person of each kind, so that every page can be asked about each."""

from dataclasses import dataclass, fields

from django.contrib.auth.models import AnonymousUser

from schools.models import Authority, Membership, Role, School, User

PASSWORD = "only-for-the-cast-2026"


@dataclass(frozen=True)
class Cast:
    teacher_a: User
    lead_a: User
    lead_b: User
    data_team: User
    analyst: User
    public_health: User
    releaser_1: User
    releaser_2: User
    administrator: User
    stranger: AnonymousUser

    def items(self) -> list[tuple[str, User | AnonymousUser]]:
        """Everybody, by name, the stranger last."""
        return [(field.name, getattr(self, field.name)) for field in fields(self)]


def build_cast(authority: Authority, school_a: School, school_b: School) -> Cast:
    """The cast in a database. Public health is granted the report of school A and all places."""

    def person(name: str, role: Role, school: School | None = None) -> User:
        email = f"{name.replace('_', '.')}@example.org"
        user = User.objects.create_user(email, PASSWORD, name=name.replace("_", " ").title())
        Membership.objects.create(user=user, role=role, authority=authority, school=school)
        return user

    public_health = person("public_health", Role.PUBLIC_HEALTH)
    Membership.objects.create(
        user=public_health, role=Role.PUBLIC_HEALTH, authority=authority, school=school_a
    )
    return Cast(
        teacher_a=person("teacher_a", Role.TEACHER, school_a),
        lead_a=person("lead_a", Role.SCHOOL_LEAD, school_a),
        lead_b=person("lead_b", Role.SCHOOL_LEAD, school_b),
        data_team=person("data_team", Role.DATA_TEAM),
        analyst=person("analyst", Role.ANALYST),
        public_health=public_health,
        releaser_1=person("releaser_1", Role.RELEASER),
        releaser_2=person("releaser_2", Role.RELEASER),
        administrator=person("administrator", Role.ADMINISTRATOR),
        stranger=AnonymousUser(),
    )
