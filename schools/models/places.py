"""Authorities, their schools, and the areas that pupils live in."""

from django.db import models


class Authority(models.Model):
    """A council. ``code`` is its GSS code ("E09000016")."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)

    class Meta:
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school. ``key`` is its URN as text; ``estab`` its seven digits, LA and establishment."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="schools")
    key = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    estab = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.UniqueConstraint(
                fields=["estab"], condition=~models.Q(estab=""), name="one_school_an_estab"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaKind(models.TextChoices):
    LOCALITY = "locality", "Locality"
    WARD = "ward", "Ward"
    LSOA = "lsoa", "Lower-layer super output area"


class Area(models.Model):
    """A locality, ward or LSOA as it stood in one vintage ("2025", or "2025-05").

    ``boundary`` is a GeoJSON geometry (Polygon or MultiPolygon, longitude before latitude).
    """

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="areas")
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150)
    vintage = models.CharField(max_length=10)
    boundary = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "code", "vintage"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "kind", "code", "vintage"], name="one_area_a_vintage"
            )
        ]

    def __str__(self) -> str:
        return self.name


class AreaMembership(models.Model):
    """``part`` lies in ``whole`` (LSOA in ward, ward in locality) by one vintage's list."""

    part = models.ForeignKey(Area, models.CASCADE, related_name="wholes")
    whole = models.ForeignKey(Area, models.CASCADE, related_name="parts")
    vintage = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "whole", "vintage"], name="one_part_of_a_whole")
        ]

    def __str__(self) -> str:
        return f"{self.part} in {self.whole} ({self.vintage})"


class SameArea(models.Model):
    """The council's word that an area of one vintage is an area of another: a ward with a new
    code, or whose boundary was only drawn anew."""

    earlier = models.ForeignKey(Area, models.CASCADE, related_name="+")
    later = models.ForeignKey(Area, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} ({self.earlier.vintage}) is {self.later} ({self.later.vintage})"
