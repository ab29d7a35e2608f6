"""A restarted PostgreSQL costs nobody a failed request: connections it cut leave the pool."""

import psycopg
import pytest
from django.db import connection

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="DATABASE_URL is not PostgreSQL"),
    pytest.mark.django_db(transaction=True),
]


def process() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (found,) = cursor.fetchone()
    connection.close()  # into the pool, as at the end of a request
    return int(found)


def cut(number: int) -> None:
    """As a restart does: the server has closed its end when this returns."""
    known = ("host", "port", "user", "password", "dbname")
    address = {key: connection.get_connection_params().get(key) for key in known}
    with psycopg.connect(**address, autocommit=True) as other:  # type: ignore[arg-type]
        assert other.execute("SELECT pg_terminate_backend(%s, 10000)", [number]).fetchone() == (
            True,
        )


def test_connections_that_the_server_cut_are_replaced() -> None:
    pooled = {process() for _ in range(8)}
    for number in pooled:
        cut(number)
    assert not pooled & {process() for _ in range(8)}
