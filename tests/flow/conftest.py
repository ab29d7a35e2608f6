"""Whole censuses are dear to make, so each is made once for all tests of its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def kept_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, key_dir: Path
) -> Iterator[None]:
    """A database for a whole file: committed work stays until its last test is over."""
    with django_db_blocker.unblock(), override_settings(KEY_DIR=key_dir):
        yield
        call_command("flush", interactive=False, verbosity=0)
