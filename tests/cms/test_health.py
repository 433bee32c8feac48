import pytest
from django.db import OperationalError, connection

from cms import health
from cms.health import State


def test_the_process_says_that_it_lives_without_asking_anything(client, django_assert_num_queries):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_the_site_is_ready_when_all_it_stands_on_is_there(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert {"database", "cache", "search"} <= set(answer.json())
    assert answer.json()["database"] == "ok"


def test_without_its_database_the_site_cannot_serve_and_does_not_say_why(client, monkeypatch, caplog):
    def away():
        raise OperationalError("could not connect to 10.0.0.7")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "down"
    assert "10.0.0.7" not in answer.content.decode()
    assert "10.0.0.7" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize(("is_vital", "status"), [(False, 200), (True, 503)])
def test_a_room_tells_the_state_of_what_it_stands_on(client, monkeypatch, is_vital, status):
    monkeypatch.setitem(health._checks, "post", health.Check(lambda: State.DOWN, is_vital))

    answer = client.get("/readyz")

    assert answer.json()["post"] == "down"
    assert answer.status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_the_state_is_of_this_moment_and_only_read(client, address):
    assert "no-store" in client.get(address)["Cache-Control"]
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200
