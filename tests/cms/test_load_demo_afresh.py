"""Loading the demo content on a site that has nothing yet."""

import pytest
import yaml
from django.core.management import call_command
from django.test import override_settings

from cms.demo import FixtureError, load_all
from cms.demo.fixtures import FOLDER, Fixture
from cms.demo.labels import SectorRecord
from cms.models import Subject, User
from pages import models as pages
from pages.demo import entries
from pages.demo.entries import NetworkRecord


@pytest.mark.django_db
def test_without_demo_there_are_no_accounts():
    with override_settings(DEMO=False):
        call_command("load_demo", verbosity=0)

    assert not User.objects.filter(email="beheerder@example.org").exists()
    assert pages.NetworkPage.objects.count() == 10


@pytest.mark.django_db
def test_a_wrong_record_leaves_the_database_as_it_was(monkeypatch, tmp_path):
    networks = yaml.safe_load((FOLDER / "networks.yaml").read_text(encoding="utf-8"))
    networks[-1]["subjects"] = ["toetsng"]
    (tmp_path / "wrong.yaml").write_text(yaml.safe_dump(networks, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(entries, "NETWORKS", Fixture(str(tmp_path / "wrong.yaml"), NetworkRecord))

    with pytest.raises(FixtureError, match="toetsng"):
        load_all()

    assert not Subject.objects.exists()
    assert not pages.HomePage.objects.exists()


def test_records_that_are_part_of_each_other_are_named(tmp_path):
    circle = [{"slug": "a", "part_of": "b"}, {"slug": "b", "part_of": "a"}]
    sectors = [{"name": "x", "abbreviation": "x", "source": [], **sector} for sector in circle]
    (tmp_path / "sectors.yaml").write_text(yaml.safe_dump(sectors), encoding="utf-8")

    with pytest.raises(FixtureError, match="part_of: leads back to the record itself"):
        Fixture(str(tmp_path / "sectors.yaml"), SectorRecord).parents_first("part_of")
