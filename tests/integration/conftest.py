"""A published wave and the fixed cast, for asking every page who may see it."""

from dataclasses import dataclass

import pytest
from django.test import Client

from schools.models import Authority, School, User
from surveys.models import Wave
from tests.cast import Cast, build_cast
from tests.waves import borough, published_wave


@dataclass(frozen=True)
class World:
    authority: Authority
    schools: list[School]
    cast: Cast
    wave: Wave


@pytest.fixture
def world(transactional_db: None) -> World:
    """Four schools of forty pupils, released. Committed, because builds start after commit."""
    authority, schools = borough()
    cast = build_cast(authority, schools[0], schools[1])
    return World(authority, schools, cast, published_wave(authority, schools, cast))


def client_of(person: object) -> Client:
    """A browser of this person; the stranger's has no log-in."""
    client = Client()
    if isinstance(person, User):
        client.force_login(person)
    return client
