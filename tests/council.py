"""Fixtures of a small authority: two schools, and the fixed cast around them."""

import pytest

from schools.models import Authority, School
from tests.cast import Cast, build_cast


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(code="E09000099", name="Exampleham")


@pytest.fixture
def school_a(authority: Authority) -> School:
    return School.objects.create(authority=authority, key="100001", name="Ash", estab="3114001")


@pytest.fixture
def school_b(authority: Authority) -> School:
    return School.objects.create(authority=authority, key="100002", name="Birch", estab="3114002")


@pytest.fixture
def cast(authority: Authority, school_a: School, school_b: School) -> Cast:
    return build_cast(authority, school_a, school_b)
