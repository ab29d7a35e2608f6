"""datapackage.json: what the files are, in the words of the Data Package standard, version 2."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from reports.open_data.files import Resource
from reports.presenters.imprint import LICENCE, LICENCE_ADDRESS, Imprint

PROFILES = "https://datapackage.org/profiles/2.0"


@dataclass(frozen=True)
class Change:
    """One entry of the release log. `day`: as in 2026-11-23."""

    day: str
    kind: str
    note: str
    release: str


def descriptor(
    resources: Iterable[Resource], imprint: Imprint, log: Iterable[Change], attribution: str
) -> Resource:
    """The package's own file.

    Args:
        log: every release and correction of the wave, the newest first.
        attribution: of the boundaries, where there are any.
    """
    document = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": imprint.wave_key,
        "id": imprint.release,
        "title": f"{imprint.council}, Youth Wellbeing Census, {imprint.wave}",
        "description": f"Released figures of the borough and its areas. {imprint.citation}",
        "version": imprint.short,
        "created": f"{imprint.released.isoformat()}T00:00:00Z",
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE_ADDRESS, "title": LICENCE}],
        "contributors": [{"title": imprint.council, "roles": ["publisher"]}],
        "sources": [{"title": imprint.citation}, *({"title": each} for each in _of(attribution))],
        "releases": [asdict(each) for each in log],
        "resources": [_resource(each) for each in resources],
    }
    content = json.dumps(document, ensure_ascii=False, indent=1).encode()
    return Resource("datapackage.json", "What these files are", "application/json", content)


def _of(attribution: str) -> Iterable[str]:
    return (attribution,) if attribution else ()


def _resource(each: Resource) -> dict[str, Any]:
    about: dict[str, Any] = {
        "$schema": f"{PROFILES}/dataresource.json",
        "name": each.name,
        "path": each.path,
        "title": each.title,
        "format": each.media,
        "mediatype": each.mediatype,
        "encoding": "utf-8",
        "bytes": len(each.content),
        "hash": f"sha256:{each.sha256}",
    }
    if each.vintage:
        about |= {"description": f"Boundaries of {each.vintage}.", "vintage": each.vintage}
    if each.fields:
        about |= {"type": "table", "schema": _schema(each)}
    return about


def _schema(each: Resource) -> dict[str, Any]:
    fields = [{"name": f.name, "type": f.type, "description": f.meaning} for f in each.fields]
    return {"$schema": f"{PROFILES}/tableschema.json", "fields": fields, "missingValues": [""]}
