"""django-survey-and-report from PyPI, under the same server as ours,
on SQLite with our options."""

import json
from collections.abc import Iterator

from benchmarks.peers.browser import Browser, Unexpected
from benchmarks.peers.journey import LABELS, PAPERS, answers
from benchmarks.peers.product import Product
from benchmarks.peers.server import Server, free_port, run
from census.serving import server_command

PACKAGES = ("django-survey-and-report==1.5.0", "Django==5.2.19", "granian==2.8.7")
# The values that its radio buttons send and that it stores.
SLUGS = tuple(label.lower().replace(" ", "-") for label in LABELS)


class SurveyAndReport(Product):
    name = "django-survey-and-report 1.5.0"

    def prepare(self) -> None:
        self._python = self.install(PACKAGES)
        self.copy_project("survey_and_report")
        self._env = {"JOURNEY": str(self.journey), "DJANGO_SETTINGS_MODULE": "settings"}
        self._survey = json.loads(self._data("fill"))["survey"]
        self._interviews: dict[str, int] = {}  # what it calls a response -> pupil

    def serve(self) -> Server:
        port = free_port()
        program = str(self._python.with_name("granian"))
        command = [program, *server_command(port, application="wsgi:application")[1:]]
        env = self._env | {"PYTHONPATH": str(self.folder)}
        return Server(command, port=port, folder=self.folder, env=env)

    def walk(self, pupil: int, port: int) -> Iterator[None]:
        browser = Browser(port)
        browser.get(f"/survey/{self._survey}/")
        yield
        for paper, ticks in zip(PAPERS, answers(pupil), strict=True):
            here = browser.url
            browser.submit({self._field(key): SLUGS[ticks[key] - 1] for key in paper})
            if browser.url == here:
                raise Unexpected(f"{here} did not take its answers.")
            if "/confirm/" in browser.url:
                self._interviews[browser.url.strip("/").rpartition("/")[2]] = pupil
            yield
        browser.close()

    def stored(self) -> dict[int, dict[str, int]]:
        """Of the responses that a pupil was given a confirmation for."""
        read = json.loads(self._data("read"))
        return {
            pupil: {key: SLUGS.index(slug) + 1 for key, slug in read.get(interview, {}).items()}
            for interview, pupil in self._interviews.items()
        }

    def _field(self, key: str) -> str:
        """Its name of a question: questions were made in the order of the journey."""
        return f"question_{[each for paper in PAPERS for each in paper].index(key) + 1}"

    def _data(self, task: str) -> str:
        return run([str(self._python), "data.py", task], folder=self.folder, env=self._env)
