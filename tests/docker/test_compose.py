import pytest
import yaml

from tools.prepare import ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]


def test_the_production_shape_has_all_its_parts():
    assert set(SERVICES) == {"nginx", "release", "site", "worker", "postgresql", "elasticsearch", "redis"}


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_runs_as_root(name):
    user, _, _ = SERVICES[name]["user"].partition(":")

    assert int(user) > 0
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in SERVICES[name]["security_opt"]


def test_only_nginx_can_be_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert not any("network_mode" in service for service in SERVICES.values())


@pytest.mark.parametrize("name", ["site", "worker", "release"])
def test_the_site_gets_every_server_and_no_demo_accounts(name):
    environment = SERVICES[name]["environment"]

    assert {"DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL", "EMAIL_URL"} <= set(environment)
    assert "DEMO" not in environment


def test_elasticsearch_and_redis_ask_for_a_password():
    assert SERVICES["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"
    assert "--requirepass" in SERVICES["redis"]["command"]


def test_every_secret_must_be_given_and_is_named_in_the_example():
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / "docker" / "example.env").read_text(encoding="utf-8")

    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "ELASTIC_PASSWORD", "REDIS_PASSWORD"):
        assert f"${{{name}:?" in text
        assert f"\n{name}=" in example


def test_a_release_brings_tables_and_index_in_line_before_the_site_starts():
    commands = SERVICES["release"]["command"][-1].split(" && ")

    assert commands[:2] == ["python manage.py migrate --no-input", "python manage.py rebuild_search --if-needed"]
    for name in ("site", "worker"):
        assert SERVICES[name]["depends_on"]["release"]["condition"] == "service_completed_successfully"
