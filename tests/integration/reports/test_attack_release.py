"""The command reads what is served, tells what it tried, and fails when something is found."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from reports.models import ReleasedPlace
from reports.open_data import contents
from reports.presenters import Source
from reports.views import open_data
from tests.integration.conftest import World
from tests.waves import collected_wave


def attacked(wave: str, by: str, *more: str) -> str:
    said = io.StringIO()
    call_command("attack_release", wave, "--by", by, *more, stdout=said)
    return said.getvalue()


def test_nothing_is_found_in_what_is_published(world: World) -> None:
    wave, cast = world.wave, world.cast
    said = attacked(wave.key, cast.analyst.email)
    assert "Nothing found." in said
    assert "places, " in said
    assert "not settled: 0" in said


def test_a_number_that_should_not_be_served_is_found(world: World) -> None:
    wave, cast = world.wave, world.cast
    place = ReleasedPlace.objects.get(kind="borough")
    group, row = next((g, r) for g, r in place.document["cells"].items() if "|" not in g)
    measure = next(name for name, cell in row.items() if cell[0] == "h")
    place.document["cells"][group][measure] = ["h", row[measure][1], 0, 0.0, 0.0, 2.0, "0 %"]
    place.sha256 = "0" * 64
    place.save()
    with pytest.raises(CommandError, match="findings"):
        attacked(wave.key, cast.analyst.email, "--measures", "0")


def test_a_number_of_the_open_data_that_no_document_states_is_found(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = contents._results

    def one_more(source: Source) -> Iterator[contents.Row]:
        rows = list(whole(source))
        return iter([*rows, {**rows[0], "n": 3}])

    monkeypatch.setattr(contents, "_results", one_more)
    # What a process keeps of a build was made before, and must not outlive this.
    monkeypatch.setattr(open_data, "_tables", open_data._tables.__wrapped__)
    with pytest.raises(CommandError, match="findings"):
        attacked(world.wave.key, world.cast.analyst.email, "--measures", "0")


def test_it_asks_who_reads_and_what(world: World) -> None:
    wave, cast = collected_wave(world.authority, world.schools, key="wave-2"), world.cast
    with pytest.raises(CommandError, match="--by"):
        call_command("attack_release", wave.key)
    with pytest.raises(CommandError, match="not published"):
        attacked(wave.key, cast.analyst.email)
    with pytest.raises(CommandError, match="no wave"):
        attacked("nothing", cast.analyst.email)
