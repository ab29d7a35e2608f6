"""The negative control: the product, served by a door that says "saved" before the commit.

Nothing of it is in the product. A save is answered at once as if it had been stored, and handed
on to the real application in a thread, a moment later: whatever kills the process in that moment
loses an acknowledged answer, and the comparison must say so.
"""

import io
import json
from collections.abc import Callable, Iterable
from contextlib import closing
from threading import Timer
from typing import Any

from census.wsgi import application as product

MOMENT = 1.0  # seconds


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    if environ["PATH_INFO"] != "/lesson/save/":
        return product(environ, start_response)
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    Timer(MOMENT, _save, [{**environ, "wsgi.input": io.BytesIO(body)}]).start()
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(_promise(json.loads(body))).encode()]


def _promise(sent: dict[str, Any]) -> dict[str, Any]:
    saved = [{"page": page["page"], "seq": page["seq"]} for page in sent["pages"]]
    return {"saved": saved, "lesson": "open", "ended": "end" in sent}


def _save(environ: dict[str, Any]) -> None:
    with closing(product(environ, lambda *_: None)) as response:  # gives the connection back
        list(response)
