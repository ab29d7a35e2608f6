"""Django's PostgreSQL with connections from a pool, none of which the server has cut."""

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Asks the kernel instead of the server whether a pooled connection still lives.

    `CONN_HEALTH_CHECKS` sends a query to the server for each request. A server that was stopped or
    restarted has closed its end, and what is closed can be read: that is seen here without a round
    trip. A server that vanished without a word is seen by neither.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that the server has not closed.

        Raises `psycopg_pool.PoolTimeout` where the server gives none in the pool's time.
        """
        connection = super().get_new_connection(conn_params)
        while self.pool and _is_cut(connection):
            connection.close()
            self.pool.putconn(connection)  # the pool opens another one in its place
            connection = super().get_new_connection(conn_params)
        return connection


def _is_cut(connection: Any) -> bool:
    # Nothing is under way on it: whatever there is to read is a farewell.
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
