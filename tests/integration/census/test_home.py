"""The start page says which key lies on its machine."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from schools.keys import NAMES, key_path

SENTENCE = "also holds the key that opens them"


@pytest.mark.django_db
def test_the_start_page_says_so_where_both_halves_lie_on_one_machine(client: Client) -> None:
    assert SENTENCE in client.get("/").content.decode()


@pytest.mark.django_db
def test_it_does_not_where_the_private_half_is_elsewhere(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    for name in NAMES:
        if name != "ANALYSIS_PRIVATE_KEY":
            (tmp_path / key_path(name).name).write_bytes(key_path(name).read_bytes())
    settings.KEY_DIR = tmp_path
    assert SENTENCE not in client.get("/").content.decode()
