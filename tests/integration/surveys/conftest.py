"""A class in an open lesson of school A, the cast around it, and a pupil's browser."""

import pytest
from django.test import Client

from schools.models import Authority, School
from tests.cast import Cast, build_cast
from tests.classroom import Classroom, build_classroom


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


@pytest.fixture
def classroom(authority: Authority, school_a: School) -> Classroom:
    return build_classroom(authority, school_a)


@pytest.fixture
def pupil(client: Client, classroom: Classroom) -> Client:
    """The browser of the first pupil, seated."""
    client.post("/go/", {"code": classroom.slips[0].code})
    return client
