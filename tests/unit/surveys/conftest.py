"""A class of four in an open lesson."""

import pytest

from schools.models import Authority, School
from tests.classroom import Classroom, build_classroom


@pytest.fixture
def authority(db: None) -> Authority:
    return Authority.objects.create(code="E09000099", name="Exampleham")


@pytest.fixture
def school(authority: Authority) -> School:
    return School.objects.create(authority=authority, key="100001", name="Ash", estab="3114001")


@pytest.fixture
def classroom(authority: Authority, school: School) -> Classroom:
    return build_classroom(authority, school)
