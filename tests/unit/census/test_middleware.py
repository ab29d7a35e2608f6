"""Every page carries the strict policy; a pupil's script meets neither policy nor session."""

import pytest
from django.test import Client

POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/go/", "/lesson/", "/log-in/", "/nowhere"])
def test_the_policy_is_on_every_page(client: Client, address: str) -> None:
    response = client.get(address)
    assert set(response["content-security-policy"].split("; ")) == POLICY
    assert response["x-frame-options"] == "DENY"


@pytest.mark.django_db
def test_a_script_that_asks_often_meets_no_session(client: Client) -> None:
    response = client.get("/lesson/state/")
    assert not hasattr(response.wsgi_request, "session")
    assert response["content-type"] == "application/json"
    assert response["x-content-type-options"] == "nosniff"
    assert int(response["content-length"]) == len(response.content)  # else it goes in chunks
    assert hasattr(client.get("/go/").wsgi_request, "session")


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused() -> None:
    """The check of forms has a hook for views: it must stand where that is called."""
    strict = Client(enforce_csrf_checks=True)
    assert (
        strict.post("/log-in/", {"username": "a@example.org", "password": "x"}).status_code == 403
    )
