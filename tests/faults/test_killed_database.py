"""PostgreSQL is killed in mid-lesson and comes back: pupils wait, and nothing is lost."""

from threading import Event

import pytest

from tests.faults.cluster import Cluster
from tests.faults.conftest import ON_POSTGRES
from tests.faults.ledger import Findings
from tests.faults.lesson import await_answers, await_word, findings, pupils_of, sit_while
from tests.faults.pupil import ALL_WELL, REAL
from tests.faults.site import Site

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not ON_POSTGRES, reason="DATABASE_URL is not PostgreSQL"),
]


def test_a_killed_database_loses_nothing(site: Site, cluster: Cluster) -> None:
    pupils = pupils_of(site, 6)

    def fault() -> None:
        cluster.kill()
        cluster.start()
        await_answers(pupils, each=1)
        cluster.kill()
        await_word(pupils, "503 later")
        cluster.start()
        await_answers(pupils, each=1)

    sit_while(pupils, fault)
    # Everything that went wrong was said in words that a script understands.
    assert {word for pupil in pupils for word in pupil.words} <= {*ALL_WELL, "503 later"}
    assert findings(site, pupils) == Findings()


@pytest.mark.nightly
def test_a_database_away_for_half_a_minute(site: Site, cluster: Cluster) -> None:
    pupils = pupils_of(site, 12, patience=REAL)

    def fault() -> None:
        cluster.kill()
        Event().wait(30.0)
        cluster.start()
        await_answers(pupils)

    sit_while(pupils, fault)
    assert findings(site, pupils) == Findings()
