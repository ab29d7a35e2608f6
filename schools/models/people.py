"""Who has an account, and what has been granted to them."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone

from schools.models.places import Area, Authority, School


class UserManager(BaseUserManager["User"]):
    """Accounts are found by e-mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email.strip():
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """For ``manage.py createsuperuser``. Being one grants nothing: only memberships do."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff. Pupils have no account. What a user may do: schools/permissions.py."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]


class Role(models.TextChoices):
    TEACHER = "teacher", "Teacher"
    SCHOOL_LEAD = "school_lead", "School lead"
    DATA_TEAM = "data_team", "Council data team"
    ANALYST = "analyst", "Analyst"
    PUBLIC_HEALTH = "public_health", "Public health or support team"
    RELEASER = "releaser", "Releaser"
    ADMINISTRATOR = "administrator", "Administrator of accounts"


SCHOOL_ROLES = (Role.TEACHER, Role.SCHOOL_LEAD)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        """Memberships that have not expired; the day of expiry is the last good day."""
        day = on or timezone.localdate()
        return self.filter(Q(expires_on=None) | Q(expires_on__gte=day))


class Membership(models.Model):
    """One role of one user in one authority, narrowed to a school or an area when set."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    authority = models.ForeignKey(Authority, models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+")
    area = models.ForeignKey(Area, models.CASCADE, null=True, blank=True, related_name="+")
    expires_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "authority"],
                condition=Q(school__isnull=True, area__isnull=True),
                name="one_grant_an_authority",
            ),
            models.UniqueConstraint(fields=["user", "role", "school"], name="one_grant_a_school"),
            models.UniqueConstraint(fields=["user", "role", "area"], name="one_grant_an_area"),
            models.CheckConstraint(
                condition=Q(school__isnull=False) | ~Q(role__in=SCHOOL_ROLES),
                name="school_roles_name_a_school",
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=True) | Q(area__isnull=True),
                name="a_school_or_an_area",
            ),
        ]

    def __str__(self) -> str:
        place = self.school or self.area or self.authority
        return f"{self.user}: {self.get_role_display()}, {place}"
