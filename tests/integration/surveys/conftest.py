"""A class in an open lesson of school A, the cast around it, and a pupil's browser."""

import pytest
from django.test import Client

from schools.models import Authority, School
from tests.classroom import Classroom, build_classroom
from tests.council import authority, cast, school_a, school_b

__all__ = ["authority", "cast", "classroom", "pupil", "school_a", "school_b"]


@pytest.fixture
def classroom(authority: Authority, school_a: School) -> Classroom:
    return build_classroom(authority, school_a)


@pytest.fixture
def pupil(client: Client, classroom: Classroom) -> Client:
    """The browser of the first pupil, seated."""
    client.post("/go/", {"code": classroom.slips[0].code})
    return client
