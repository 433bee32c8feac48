"""The site with a real Redis that stops: nothing stops with it."""

from contextlib import ExitStack

import pytest
from django.core.cache import cache, caches
from django.test import Client

from cms.cache import RedisOrMemory
from tests.cms.accounts import PASSWORD, member
from tests.fixtures.servers import free_port, redis_server

pytestmark = [pytest.mark.redis, pytest.mark.django_db]


class Redis:
    """A server that a test stops and starts."""

    def __init__(self):
        self.port = free_port()
        self._running = ExitStack()

    def start(self):
        self._running.enter_context(redis_server(self.port))
        RedisOrMemory.away_until = 0.0

    def stop(self):
        self._running.close()


@pytest.fixture
def redis(settings):
    server = Redis()
    server.start()
    settings.READING_LIMIT = "300/m"
    settings.CACHES = {
        "default": {"BACKEND": "cms.cache.RedisOrMemory", "LOCATION": f"redis://127.0.0.1:{server.port}"}
    }
    cache.clear()
    yield server
    server.stop()
    cache.clear()
    RedisOrMemory.away_until = 0.0


def sign_in(password=PASSWORD):
    return Client().post("/account/inloggen/", {"login": "lid@example.org", "password": password})


def test_while_redis_is_there_every_process_sees_what_one_wrote(redis):
    cache.set("name", "value", 60)

    assert caches.create_connection("default").get("name") == "value"
    assert caches.create_connection("default").memory.get("name") is None


def test_reading_searching_and_signing_in_go_on_without_redis(redis, home):
    member()
    reader = Client()
    addresses = ["/", "/netwerken/", "/zoeken/?q=netwerk", "/api/zoeken/?q=netwerk", "/forum/", "/mensen/"]
    assert {reader.get(address).status_code for address in addresses} == {200}

    redis.stop()

    assert {reader.get(address).status_code for address in addresses} == {200}
    assert sign_in("een verkeerd wachtwoord").status_code == 200
    answer = sign_in()
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_whoever_signed_in_stays_so_without_redis(redis, home):
    someone = Client()
    someone.force_login(member())

    redis.stop()

    assert someone.get("/mijn/").status_code == 200


def test_limits_hold_without_redis(redis, settings, home):
    settings.READING_LIMIT = "3/m"
    redis.stop()
    reader = Client()

    assert [reader.get("/robots.txt").status_code for _ in range(4)] == [200, 200, 200, 429]

    member()
    for _ in range(5):
        sign_in("een verkeerd wachtwoord")
    assert "Wacht vijf minuten" in sign_in().content.decode()


def test_the_site_says_that_it_does_without_redis_and_when_it_is_back(redis):
    def state():
        answer = Client().get("/readyz")
        return answer.status_code, answer.json()["cache"]

    assert state() == (200, "ok")

    redis.stop()
    assert state() == (200, "degraded")

    redis.start()
    assert state() == (200, "ok")


def test_nobody_asks_redis_again_right_after_it_did_not_answer(redis, monkeypatch):
    redis.stop()
    cache.set("name", "value", 60)
    monkeypatch.setattr("redis.Redis.get", lambda *arguments: pytest.fail("Redis was asked"))

    assert cache.get("name") == "value"


def test_every_operation_works_on_both_sides_alike(redis):
    def all_operations():
        cache.set("a", 1)
        cache.set_many({"b": 2, "c": 3})
        return [
            *(cache.add("a", 5), cache.incr("a"), cache.decr("a"), cache.get("a"), cache.has_key("a"), "b" in cache),
            *(cache.get_many(["b", "c"]), cache.touch("b", 9), cache.get_or_set("d", 4), cache.delete("d")),
            *(cache.delete_many(["b", "c"]), cache.get("b", "none")),
        ]

    with_redis = all_operations()
    redis.stop()

    assert all_operations() == with_redis
    cache.clear()
    assert cache.get("a") is None
