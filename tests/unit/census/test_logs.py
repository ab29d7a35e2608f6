"""A log line never holds a code that somebody could use."""

import logging

import pytest

from census.logs import WithoutCodes


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("%s: %s", ("Not Found", "/go/234BCD5678/"), "Not Found: /go/-/"),
        ("GET /go/234BCD5678/?x=1 HTTP/1.1", (), "GET /go/-/?x=1 HTTP/1.1"),
        ("%s: %s", ("Forbidden", "/lesson/save/"), "Forbidden: /lesson/save/"),
        ("100%% of /go/ %d", (7,), "100% of /go/ 7"),
    ],
)
def test_the_code_goes_and_the_rest_stays(
    message: str, args: tuple[object, ...], said: str
) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 0, message, args, None)
    assert WithoutCodes().filter(record)
    assert record.getMessage() == said
