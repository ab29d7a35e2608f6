"""Releases, corrections and roll-backs of one wave, and what the ledger does not let through.

The builds are stored, not counted: what counting does is asked in test_builds.py.
"""

import hashlib
from html import unescape

import pytest
from django.test import Client

from reports import ledger
from reports.actions import releases
from reports.models import Build, Publication, PublicationEvent, ReleasedPlace, RenderedFile
from schools.keys import read_key
from schools.models import AuditEntry
from surveys.models import Wave
from surveys.refusal import Refused
from tests import released
from tests.cast import Cast
from tests.integration.conftest import client_of

Kind = PublicationEvent.Kind


@pytest.fixture
def wave(build: Build) -> Wave:
    """A wave with nothing published."""
    build.wave.publication.delete()
    build.delete()
    return build.wave


def counted(wave: Wave, answers: str) -> Build:
    """A complete build as counting leaves it: certified beside what is public by now."""
    mark = ledger.mark(wave, hashlib.sha256(answers.encode()).hexdigest())
    build = Build.objects.create(wave=wave, input_key=mark, state=Build.State.COMPLETE)
    key = read_key("RELEASE_KEY")
    ledger.store(build, answers.encode(), beside=ledger.held(wave, key), key=key)
    return build


def approved(wave: Wave, answers: str, cast: Cast) -> Build:
    build = counted(wave, answers)
    for person in (cast.releaser_1, cast.releaser_2):
        releases.approve(build=build, by=person)
    return build


def with_figures(build: Build, like: Build) -> Build:
    """The same figures as another build's, all of them."""
    for place in like.places.all():
        place.pk, place.build = None, build
        place.save()
    return build


def keep(place: ReleasedPlace) -> None:
    """Documents are kept by readers under their mark."""
    place.sha256 = hashlib.sha256(repr((place.pk, place.document)).encode()).hexdigest()
    place.save()


def log(wave: Wave) -> list[tuple[str, str]]:
    return [(event.kind, event.note) for event in wave.publication_events.order_by("pk")]


def test_a_correction_and_the_way_back_are_logged(wave: Wave, cast: Cast) -> None:
    first = approved(wave, "as they came", cast)
    releases.publish(build=first, by=cast.releaser_1, note="First figures.")
    second = approved(wave, "one school more", cast)
    releases.publish(build=second, by=cast.releaser_2, note=" A late school is in. ")
    assert Publication.objects.get(wave=wave).build == second
    releases.publish(build=first, by=cast.releaser_1, note="The late school was not asked.")
    assert Publication.objects.get(wave=wave).build == first
    assert log(wave) == [
        (Kind.RELEASE, "First figures."),
        (Kind.CORRECTION, "A late school is in."),
        (Kind.ROLL_BACK, "The late school was not asked."),
    ]


@pytest.mark.parametrize("note", ["", "  "])
def test_no_release_of_any_kind_without_a_note(wave: Wave, cast: Cast, note: str) -> None:
    first = approved(wave, "a", cast)
    with pytest.raises(Refused, match="what is released"):
        releases.publish(build=first, by=cast.releaser_1, note=note)
    releases.publish(build=first, by=cast.releaser_1, note="First.")
    second = approved(wave, "b", cast)
    with pytest.raises(Refused, match="what is corrected"):
        releases.publish(build=second, by=cast.releaser_1, note=note)
    releases.publish(build=second, by=cast.releaser_1, note="Second.")
    with pytest.raises(Refused, match="why the earlier figures are back"):
        releases.publish(build=first, by=cast.releaser_1, note=note)
    assert len(log(wave)) == 2


def test_two_different_people_for_corrections_too(wave: Wave, cast: Cast) -> None:
    releases.publish(build=approved(wave, "a", cast), by=cast.releaser_1, note="First.")
    second = counted(wave, "b")
    releases.approve(build=second, by=cast.releaser_1)
    with pytest.raises(Refused, match="a second person"):
        releases.approve(build=second, by=cast.releaser_1)
    with pytest.raises(Refused, match="Two different people"):
        releases.publish(build=second, by=cast.releaser_1, note="Mine alone.")


def test_only_complete_builds(wave: Wave, cast: Cast) -> None:
    build = approved(wave, "a", cast)
    Build.objects.filter(pk=build.pk).update(state=Build.State.FAILED)
    build.refresh_from_db()
    with pytest.raises(Refused, match="not complete"):
        releases.publish(build=build, by=cast.releaser_1, note="Broken.")
    with pytest.raises(Refused, match="not complete"):
        releases.approve(build=build, by=cast.analyst)


def test_what_is_public_is_not_published_again(wave: Wave, cast: Cast) -> None:
    build = approved(wave, "a", cast)
    releases.publish(build=build, by=cast.releaser_1, note="First.")
    with pytest.raises(Refused, match="public now"):
        releases.publish(build=build, by=cast.releaser_2, note="First.")
    assert len(log(wave)) == 1


def test_counted_before_another_publication(wave: Wave, cast: Cast) -> None:
    first, rival = approved(wave, "a", cast), approved(wave, "b", cast)
    releases.publish(build=first, by=cast.releaser_1, note="First.")
    with pytest.raises(Refused, match="Build again"):
        releases.publish(build=rival, by=cast.releaser_1, note="Second.")
    # Taking the first one back does not help: somebody may have kept it.
    third = approved(wave, "c", cast)
    releases.publish(build=third, by=cast.releaser_1, note="Third.")
    releases.publish(build=first, by=cast.releaser_1, note="Back.")
    with pytest.raises(Refused, match="Build again"):
        releases.publish(build=rival, by=cast.releaser_1, note="Second.")
    # The same answers asked for again are another build, certified beside both.
    again = approved(wave, "b", cast)
    assert again.pk != rival.pk
    releases.publish(build=again, by=cast.releaser_1, note="Second, at last.")
    assert Publication.objects.get(wave=wave).build == again


def test_a_build_without_an_entry_is_not_published(wave: Wave, cast: Cast) -> None:
    build = approved(wave, "a", cast)
    build.ledger_entry.delete()
    with pytest.raises(Refused, match="Build again"):
        releases.publish(build=build, by=cast.releaser_1, note="First.")


def test_another_waves_releases_do_not_matter(wave: Wave, cast: Cast) -> None:
    build = approved(wave, "a", cast)
    other = released.store("oakmere-2025").wave
    other.publication.delete()
    releases.publish(build=approved(other, "z", cast), by=cast.releaser_1, note="Another.")
    releases.publish(build=build, by=cast.releaser_1, note="First.")
    assert log(wave) == [(Kind.RELEASE, "First.")]


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.content.decode()).split())


def test_the_log_is_public_and_has_every_note(wave: Wave, cast: Cast, client: Client) -> None:
    assert "Nothing has been published yet" in page(client, "/releases/")
    first = approved(wave, "a", cast)
    releases.publish(build=first, by=cast.releaser_1, note="First figures.")
    releases.publish(build=approved(wave, "b", cast), by=cast.releaser_1, note="<b>A late school")
    shown = page(client, "/releases/")
    assert shown.index("<b>A late school") < shown.index("First figures.")
    assert "Correction" in shown
    assert "<b>" not in client.get("/releases/").content.decode()
    assert not [name for name in released.SCHOOLS.values() if name in shown]
    assert not [person.name for _, person in cast.items()[:-1] if person.name in shown]
    entries = client.get(f"/api/v1/waves/{wave.key}/releases/").json()
    assert [entry["kind"] for entry in entries] == ["correction", "release"]
    assert entries[1]["note"] == "First figures."
    assert entries[1]["release"] == str(first.pk)
    assert client.get("/api/v1/waves/no-such-wave/releases/").status_code == 404


@pytest.fixture
def pair(build: Build, cast: Cast) -> tuple[Build, Build]:
    """A public build, and one to follow it: a headline of the borough's girls is withheld, one of
    a ward is changed, and all other wards' tables are new."""
    publication = build.wave.publication
    key = read_key("RELEASE_KEY")
    ledger.store(build, b"", beside=ledger.Held(), key=key)
    PublicationEvent.objects.create(wave=build.wave, build=build, note="First.")
    later = with_figures(approved(build.wave, "b", cast), build)
    girls, ward = f"borough:{released.BOROUGH}|sex=F", "ward:W0"
    for place in later.places.all():
        if girls in place.document["cells"]:
            place.document["cells"][girls].pop("enough_sleep")
            place.document["comparisons"].get(girls, {}).pop("enough_sleep", None)
        if place.key == "W0":
            place.document["cells"][ward]["enough_sleep"][0:2] = ["h", 77]
        keep(place)
    ReleasedPlace.objects.filter(build=build, kind="ward").exclude(key="W0").delete()
    assert publication.build == build
    return build, later


def test_the_approver_sees_what_would_change(pair: tuple[Build, Build], cast: Cast) -> None:
    _, later = pair
    shown = page(client_of(cast.releaser_1), f"/builds/{later.pk}/")
    assert "Correction. Everybody can read this" in shown
    row = '<th scope="row">{}</th><td>{}</td><td>{}</td><td>{}</td>'
    assert row.format("Borough", 0, 0, 1) in shown
    assert row.format("Locality", 0, 0, 0) in shown
    cells = released.small_cube().cells.items()
    new = sum(
        len(row)
        for group, row in cells
        if group.startswith("ward:") and group.partition("|")[0] != "ward:W0"
    )
    assert new > 0
    assert row.format("Ward", new, 1, 0) in shown


def test_figures_of_a_build_are_for_releasers_only(pair: tuple[Build, Build], cast: Cast) -> None:
    _, later = pair
    RenderedFile.objects.create(
        build=later, place_kind="school", place_key="100001", media="csv", content=b"n", sha256="0"
    )
    file = f"/builds/{later.pk}/files/school/100001/csv/"
    for name, person in cast.items():
        client = client_of(person)
        sees, answer = client.get(f"/builds/{later.pk}/"), client.get(file)
        if name.startswith("releaser"):
            assert "What would be released" in sees.content.decode()
            assert answer.status_code == 200
        elif name == "stranger":
            assert (sees.status_code, answer.status_code) == (302, 302)
        else:
            assert "What would be released" not in sees.content.decode(), name
            assert answer.status_code == 404, name
    seen = AuditEntry.objects.filter(action="build.file_seen")
    assert {entry.by for entry in seen} == {cast.releaser_1, cast.releaser_2}
    assert seen[0].details == {"kind": "school", "key": "100001", "form": "csv"}


def test_the_headlines_to_approve_stand_beside_the_public_ones(
    pair: tuple[Build, Build], cast: Cast
) -> None:
    first, later = pair
    borough = later.places.get(kind="borough")
    n = borough.document["cells"][f"borough:{released.BOROUGH}"]["enough_sleep"][1]
    borough.document["cells"][f"borough:{released.BOROUGH}"]["enough_sleep"] = [
        "h", n, 333, 99.5, 99.0, 99.9, "99.5 %",
    ]  # fmt: skip
    keep(borough)
    shown = page(client_of(cast.releaser_1), f"/builds/{later.pk}/")
    cell = released.small_cube().cell(f"borough:{released.BOROUGH}", "enough_sleep")
    assert f"<td>99.5 %</td><td>99% to 100%</td><td>{n}</td><td>{cell.label}</td>" in shown
    assert first.pk != later.pk


def test_a_build_that_cannot_follow_says_so(wave: Wave, cast: Cast, build: Build) -> None:
    first, rival = approved(wave, "a", cast), approved(wave, "b", cast)
    with_figures(rival, released.store("oakmere-2025"))
    with_figures(first, released.store("oakmere-2024"))
    releases.publish(build=first, by=cast.releaser_1, note="First.")
    client = client_of(cast.releaser_1)
    shown = page(client, f"/builds/{rival.pk}/")
    assert "This build cannot be published" in shown
    assert "Publish</button>" not in shown
    client.post(f"/builds/{rival.pk}/publish/", {"note": "All the same."})
    assert Publication.objects.get(wave=wave).build == first


def test_a_builds_page_says_in_words_what_was_not_known_of_pupils(build: Build, cast: Cast) -> None:
    checks = {"certificates": [], "refused": [], "hidden": []}
    build.report = {"pupils": 160, "control": checks, "filled": {"fsm": 6, "sex": 0, "sen": 1}}
    build.save()
    page = client_of(cast.releaser_1).get(f"/builds/{build.pk}/").content.decode()
    said = "not known, and counted with a similar pupil: "
    assert f"Free school meals {said}6 pupils." in page
    assert f"Special educational needs {said}1 pupil." in page
    assert f"Sex {said}" not in page
