"""Inside the site's own settings: who reads, and how long each page takes the processor."""

import json
import sys
from collections.abc import Callable
from time import process_time
from typing import Any

TIMES = 15


def main() -> None:
    from django.test import Client

    import census.wsgi  # noqa: F401 - made ready as the real server is

    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    client.force_login(reader())
    wave, schools = published()
    if sys.argv[1] == "reader":
        address = f"/reports/{wave}/{schools[0]}/"
        print(json.dumps({"session": client.cookies["sessionid"].value, "address": address}))
    else:
        print(json.dumps(times(client, wave, schools)))


def reader() -> Any:
    """Somebody who may see every school's report."""
    from schools.models import School, User
    from schools.permissions import Action, may

    school = School.objects.first()
    return next(u for u in User.objects.all() if may(u, Action.SEE_SCHOOL_REPORT, school))


def published() -> tuple[str, list[str]]:
    from reports import queries

    build = next(iter(queries.published_waves())).build
    places = build.places.filter(kind="school").order_by("key")
    return build.wave.key, list(places.values_list("key", flat=True))


def times(client: Any, wave: str, schools: list[str]) -> dict[str, Any]:
    """Milliseconds of processor, and bytes of the compressed pages."""
    sizes: list[int] = []

    def page(key: str, rest: str = "") -> float:
        begun = process_time()
        answer = client.get(f"/reports/{wave}/{key}/{rest}")
        spent = (process_time() - begun) * 1000
        if answer.status_code != 200 or answer["Content-Encoding"] != "gzip":
            raise RuntimeError(f"{key}/{rest}: {answer.status_code}")
        sizes.append(len(answer.content))
        return spent

    first, *others = schools
    found = {"schools": schools, "process": page(first), "cold": [page(key) for key in others]}
    found["group"] = [page(key, "?sex=F") for key in schools]
    found["warm"] = repeated(lambda: page(first))
    found["topic"] = repeated(lambda: page(first, f"topics/{a_topic(client, wave, first)}/"))
    return {**found, "bytes": sizes}


def repeated(one: Callable[[], float]) -> list[float]:
    return [one() for _ in range(TIMES)]


def a_topic(client: Any, wave: str, key: str) -> str:
    """The first topic that the report links to."""
    page = client.get(f"/reports/{wave}/{key}/", headers={"accept-encoding": ""}).content.decode()
    return str(page.partition("/topics/")[2].partition("/")[0])


if __name__ == "__main__":
    main()
