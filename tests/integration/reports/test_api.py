"""The API: what is released for everybody who may see it, and nothing else for anybody."""

from uuid import uuid4

from reports import queries
from reports.models import Build
from reports.tables import rows
from schools.models import AuditEntry, RollPupil
from tests.integration.conftest import World, client_of

ROOT = "/api/v1/"


def place(world: World, kind: str, key: str) -> str:
    return f"{ROOT}waves/{world.wave.key}/places/{kind}/{key}/"


def test_anybody_sees_published_waves_and_the_borough(world: World) -> None:
    stranger = client_of(world.cast.stranger)
    waves = stranger.get(f"{ROOT}waves/").json()
    assert [wave["key"] for wave in waves] == [world.wave.key]
    found = stranger.get(place(world, "borough", world.authority.code)).json()
    assert found["participation"]["took_part"] == 160
    assert "No calculation from our published tables" in found["cube"]["statement"]


def test_the_list_of_places_names_a_school_only_to_its_own_people(world: World) -> None:
    address = f"{ROOT}waves/{world.wave.key}/places/"

    def schools(person: object) -> list[str]:
        answer = client_of(person).get(address).json()
        return [each["key"] for each in answer if each["kind"] == "school"]

    assert schools(world.cast.stranger) == []
    assert schools(world.cast.teacher_a) == []
    assert schools(world.cast.lead_a) == [world.schools[0].key]
    assert schools(world.cast.lead_b) == [world.schools[1].key]


def test_a_school_is_there_only_for_those_who_may_see_it(world: World) -> None:
    expected = {
        "lead_a": 200, "analyst": 200, "public_health": 200, "releaser_1": 200,
        "lead_b": 404, "teacher_a": 404, "administrator": 404, "data_team": 404, "stranger": 404,
    }  # fmt: skip
    address = place(world, "school", world.schools[0].key)
    for tail in ("", "cells/", "changes/"):
        answers = {
            name: client_of(getattr(world.cast, name)).get(address + tail).status_code
            for name in expected
        }
        assert answers == expected, tail


def test_cells_are_the_released_cells_and_filters_narrow_them(world: World) -> None:
    borough = ("borough", world.authority.code)
    build = queries.published(world.wave.key)
    released = list(rows(queries.cube(queries.place(build, *borough))))
    stranger = client_of(world.cast.stranger)
    answer = stranger.get(place(world, *borough) + "cells/").json()
    assert len(answer) == len(released) > 50
    assert [row["value"] for row in answer] == [row["value"] for row in released]
    girls = stranger.get(place(world, *borough) + "cells/?sex=F&measure=feels_happy").json()
    assert {(row["sex"], row["measure"]) for row in girls} == {("F", "feels_happy")}
    assert all(row["n"] >= 10 for row in answer)
    measures = stranger.get(f"{ROOT}waves/{world.wave.key}/measures/").json()
    kinds = {each["key"]: each["kind"] for each in measures}
    assert {row["measure"]: row["kind"] for row in answer}.items() <= kinds.items()
    headlines = {h.key: h.label for h in world.wave.questionnaire.definition.headlines}
    assert {m["key"]: m["label"] for m in measures if m["kind"] == "headline"} == headlines


def test_the_reader_who_has_the_release_is_told_so_until_the_next(world: World) -> None:
    stranger = client_of(world.cast.stranger)
    borough = place(world, "borough", world.authority.code)
    root = f"{ROOT}waves/{world.wave.key}/"
    for address in (f"{borough}cells/", f"{root}releases/", f"{root}measures/", borough):
        mark = stranger.get(address)["ETag"]
        again = stranger.get(address, headers={"If-None-Match": mark})
        assert (again.status_code, again.content) == (304, b"")
    other = Build.objects.get(pk=queries.published(world.wave.key).pk)
    other.pk, other.input_key = uuid4(), "1" * 64
    other.save(force_insert=True)
    for each in queries.published(world.wave.key).places.all():
        each.pk, each.build = None, other
        each.save()
    world.wave.publication.build = other
    world.wave.publication.save()
    assert stranger.get(borough, headers={"If-None-Match": mark}).status_code == 200


def test_a_school_is_written_down_and_one_who_lost_it_is_not_told_have_it(world: World) -> None:
    lead = client_of(world.cast.lead_a)
    address = place(world, "school", world.schools[0].key)
    mark = lead.get(address)["ETag"]
    lead.get(f"{address}cells/")
    client_of(world.cast.lead_b).get(address)
    seen = AuditEntry.objects.filter(action="school_report.seen")
    assert {(each.by_id, each.subject) for each in seen} == {
        (world.cast.lead_a.pk, world.schools[0].key)
    }
    assert [each.details["form"] for each in seen] == ["api", "api"]
    assert lead.get(address, headers={"If-None-Match": mark}).status_code == 304
    world.cast.lead_a.memberships.all().delete()
    assert lead.get(address, headers={"If-None-Match": mark}).status_code == 404


def test_an_unpublished_wave_is_not_there(world: World) -> None:
    world.wave.publication.delete()
    stranger = client_of(world.cast.stranger)
    assert stranger.get(f"{ROOT}waves/").json() == []
    borough = place(world, "borough", world.authority.code)
    assert stranger.get(borough).status_code == 404
    # Not even for those who will see it later.
    assert client_of(world.cast.lead_a).get(borough).status_code == 404


def test_roll_status_counts_pupils_and_names_none(world: World) -> None:
    for n, (school, out) in enumerate([(0, None), (0, "2026-01-01"), (1, None)]):
        RollPupil.objects.create(
            authority=world.authority,
            school=world.schools[school],
            pseudonym=f"{n:064x}",
            year_group=8,
            opted_out_on=out,
            opted_out_by="parent" if out else "",
        )
    answer = client_of(world.cast.lead_a).get(f"{ROOT}roll/")
    assert answer.json() == [
        {
            "school": world.schools[0].key,
            "name": "School 1",
            "year_group": 8,
            "on_roll": 2,
            "opted_out": 1,
        }
    ]
    assert f"{0:064x}" not in answer.content.decode()
    assert len(client_of(world.cast.data_team).get(f"{ROOT}roll/").json()) == 2
    assert client_of(world.cast.teacher_a).get(f"{ROOT}roll/").status_code == 404
    assert client_of(world.cast.stranger).get(f"{ROOT}roll/").status_code in {401, 403}


def test_lesson_counts_are_for_those_who_run_lessons(world: World) -> None:
    assert client_of(world.cast.teacher_a).get(f"{ROOT}lessons/").json() == []
    assert client_of(world.cast.analyst).get(f"{ROOT}lessons/").status_code == 404
    assert client_of(world.cast.stranger).get(f"{ROOT}lessons/").status_code in {401, 403}


def test_the_schema_names_every_address_and_its_page_loads_nothing_from_elsewhere(
    world: World,
) -> None:
    stranger = client_of(world.cast.stranger)
    schema = stranger.get(f"{ROOT}schema/").content.decode()
    for path in (
        "waves/",
        "measures/",
        "places/{kind}/{key}/cells/",
        "key}/sentences/",
        "roll/",
        "lessons/",
    ):
        assert path in schema
    page = stranger.get(ROOT)
    assert page.status_code == 200
    assert "https://" not in page.content.decode()
    assert "http://" not in page.content.decode().replace("http://www.w3.org", "")


def test_nothing_can_be_written(world: World) -> None:
    address = place(world, "borough", world.authority.code)
    analyst = client_of(world.cast.analyst)
    for method in (analyst.post, analyst.put, analyst.patch, analyst.delete):
        assert method(address).status_code in {403, 405}
