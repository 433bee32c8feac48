"""Editors end, merge and undo in /beheer/levensloop/."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from pages.lifecycle import acts
from pages.models import LifecycleAct, PartnershipPage
from tests.factories import NetworkPageFactory, PartnershipPageFactory
from tests.pages.browsing import browser_of, page

TODAY = localdate().isoformat()
HOME = "/beheer/levensloop/"
MERGE = f"{HOME}samenvoegen/"


@pytest.fixture
def region(home):
    return PartnershipPageFactory(title="Onderwijsregio Noord", kind="onderwijsregio")


@pytest.fixture
def alliance(home):
    return PartnershipPageFactory(title="Alliantie Wad")


@pytest.fixture
def circle(home):
    return PartnershipPageFactory(title="Kring Eems")


@pytest.fixture
def desk(editor):
    return browser_of(editor)


def life_of(entry):
    return f"{HOME}vermelding/{entry.pk}/"


def fresh(entry):
    return type(entry).objects.get(pk=entry.pk)


def messages_in(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_several_partnerships_go_on_as_one_region_in_one_go_and_come_back_in_one_go(desk, region, alliance, circle):
    asked = {"entries": [alliance.pk, circle.pk], "region": region.pk, "on": TODAY}

    answer = desk.post(MERGE, asked, follow=True)

    act = LifecycleAct.objects.get()
    assert answer.redirect_chain == [(f"{HOME}{act.pk}/", 302)]
    assert "Alliantie Wad en Kring Eems eindigen" in messages_in(answer)
    assert fresh(alliance).has_ended
    assert fresh(circle).has_ended
    assert act.by.display_name == "Rik Redactie"

    answer = desk.post(f"{HOME}{act.pk}/ongedaan/", follow=True)

    assert "alles is weer zoals het was" in messages_in(answer)
    assert not fresh(alliance).ended_on
    assert not fresh(circle).ended_on
    assert "ongedaan gemaakt" in page(desk, HOME)


def test_an_entry_ends_on_its_own_page(desk, region, alliance):
    text = page(desk, life_of(alliance))
    assert "Beëindig Alliantie Wad" in text

    asked = {"how": "deels-overgenomen", "on": TODAY, "successor_1": region.pk}
    assert desk.post(life_of(alliance), asked).status_code == 302

    assert fresh(alliance).ended_as == "deels-overgenomen"
    text = page(desk, life_of(alliance))
    assert "Deels overgenomen per" in text
    assert 'name="how"' not in text
    assert "Onderwijsregio Noord" in page(desk, HOME)


def test_a_region_does_not_go_on_in_what_it_continues(desk, region, alliance, circle):
    desk.post(MERGE, {"entries": [alliance.pk, circle.pk], "region": region.pk, "on": TODAY})

    asked = {"how": "opgegaan", "on": TODAY, "successor_1": circle.pk}
    answer = desk.post(life_of(region), asked)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Kring Eems kan geen opvolger zijn" in text
    assert "elkaar opvolgen" in text
    assert re.search(rf'<option value="{circle.pk}" selected>Kring Eems \(beëindigd\)', text)
    assert 'value="opgegaan"' in text
    assert LifecycleAct.objects.count() == 1
    assert not fresh(region).ended_on


def test_that_another_is_the_successor_now_is_explained(desk, region, alliance, circle):
    acts.end(entries=[alliance], how="opgegaan", on=localdate(), successors=[region], by=None)

    answer = desk.post(life_of(circle), {"how": "opgegaan", "on": TODAY, "successor_1": alliance.pk}, follow=True)

    assert "Het werk gaat verder bij Onderwijsregio Noord, dus dat is nu de opvolger" in messages_in(answer)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"on": TODAY}, "Kies wat ermee gebeurde"),
        ({"how": "opgegaan", "on": "31 januari"}, "Vul een dag in, zoals"),
        ({"how": "opgegaan", "on": ""}, "Vul een dag in."),
        ({"how": "opgegaan", "on": TODAY}, "Kies waarin het is opgegaan"),
        ({"how": "zomaar", "on": TODAY}, "zomaar"),
        ({"how": "opgegaan", "on": TODAY, "successor_1": "999999"}, "successor_1"),
        ({"how": "opgegaan", "on": TODAY, "successor_1": "abc"}, "successor_1"),
    ],
)
def test_what_is_missing_is_said_and_nothing_happens(desk, alliance, asked, message):
    answer = desk.post(life_of(alliance), asked)

    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not LifecycleAct.objects.exists()


def test_a_merge_without_partnerships_or_into_no_region_is_refused(desk, region, alliance):
    for asked in ({"region": region.pk}, {"entries": [alliance.pk]}, {"entries": [region.pk], "region": region.pk}):
        answer = desk.post(MERGE, asked | {"on": TODAY})
        assert answer.status_code == 200

    assert "niet zichzelf opvolgen" in answer.content.decode()
    assert not LifecycleAct.objects.exists()


def test_only_partnerships_that_exist_can_be_merged_and_only_into_a_region(desk, region, alliance, circle):
    acts.end(entries=[circle], how="opgeheven", on=localdate(), by=None)
    PartnershipPageFactory(title="Nog niet af", live=False)
    PartnershipPageFactory(title="Alle overzichten", is_overview=True)

    text = page(desk, MERGE)

    chosen = re.findall(r'name="entries" value="(\d+)"', text)
    assert sorted(map(int, chosen)) == sorted([region.pk, alliance.pk])
    assert re.findall(r'<option value="(\d+)"', text) == [str(region.pk)]


def test_pages_ticked_in_the_list_come_along_to_the_form(desk, region, alliance, circle):
    network = NetworkPageFactory()
    ticked = "&".join(f"id={entry.pk}" for entry in (alliance, circle, network))

    answer = desk.get(f"/beheer/bulk/wagtailcore/page/merge_into_region/?{ticked}&next=/beheer/", follow=True)

    text = answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith(MERGE)
    checked = re.findall(r'name="entries" value="(\d+)"[^>]* checked', text)
    assert sorted(map(int, checked)) == sorted([alliance.pk, circle.pk])
    assert not LifecycleAct.objects.exists()


def test_what_cannot_be_undone_says_why(desk, region, alliance, circle):
    first = acts.end(entries=[alliance], how="opgegaan", on=localdate(), successors=[circle], by=None).act
    acts.end(entries=[circle], how="opgegaan", on=localdate(), successors=[region], by=None)

    assert "Maak eerst de beëindiging van Kring Eems ongedaan" in page(desk, f"{HOME}{first.pk}/")
    answer = desk.post(f"{HOME}{first.pk}/ongedaan/", follow=True)

    assert "Maak eerst" in messages_in(answer)
    assert fresh(alliance).has_ended


def test_two_editors_at_once_end_an_entry_once(desk, region, alliance, monkeypatch):
    form_was_valid = acts.check

    def another_was_faster(**asked):
        settled = form_was_valid(**asked)
        monkeypatch.setattr(acts, "check", form_was_valid)
        acts.end(entries=[alliance], how="opgegaan", on=localdate(), successors=[region], by=None)
        return settled

    monkeypatch.setattr(acts, "check", another_was_faster)
    answer = desk.post(life_of(alliance), {"how": "opgegaan", "on": TODAY, "successor_1": region.pk})

    assert answer.status_code == 200
    assert LifecycleAct.objects.count() == 1


def test_the_page_of_an_entry_leads_to_its_life_and_its_history_tells_it(desk, region, alliance):
    assert life_of(alliance) in page(desk, f"/beheer/pages/{alliance.pk}/edit/")

    desk.post(life_of(alliance), {"how": "hernoemd", "on": TODAY, "successor_1": region.pk})

    history = page(desk, f"/beheer/pages/{alliance.pk}/history/")
    assert "Beëindigd: gaat verder onder een andere naam" in history
    assert "opvolger: Onderwijsregio Noord" in history


def test_the_form_of_a_page_no_longer_ends_it(desk, alliance):
    text = page(desk, f"/beheer/pages/{alliance.pk}/edit/")

    assert 'name="ended_on"' not in text
    assert "successions" not in text


def test_a_successor_is_not_deleted_from_under_what_it_continues(desk, region, alliance):
    acts.end(entries=[alliance], how="opgegaan", on=localdate(), successors=[region], by=None)

    for address in (f"/beheer/pages/{region.pk}/delete/", f"/beheer/bulk/wagtailcore/page/delete/?id={region.pk}"):
        answer = desk.post(address, follow=True)
        assert "gaat hier verder" in messages_in(answer)

    assert desk.post(f"/beheer/pages/{alliance.pk}/delete/").status_code == 302
    assert not PartnershipPage.objects.filter(pk=alliance.pk).exists()
    assert PartnershipPage.objects.filter(pk=region.pk).exists()


def test_a_day_to_come_is_said_to_be_one(desk, region, alliance):
    tomorrow = localdate() + timedelta(days=1)

    desk.post(life_of(alliance), {"how": "opgegaan", "on": tomorrow.isoformat(), "successor_1": region.pk})

    assert "nog tot die dag" in page(desk, f"{HOME}{LifecycleAct.objects.get().pk}/")
    assert not fresh(alliance).has_ended


@pytest.mark.parametrize("address", [HOME, MERGE])
def test_the_pages_cost_no_more_queries_for_many_acts(desk, region, alliance, address, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(60) as queries:
            page(desk, address)
        return len(queries)

    acts.end(entries=[alliance], how="opgegaan", on=localdate(), successors=[region], by=None)
    asked()
    before = asked()
    for _ in range(8):
        living = PartnershipPageFactory(kind="onderwijsregio")
        ending = [PartnershipPageFactory(), PartnershipPageFactory()]
        acts.end(entries=ending, how="opgegaan", on=localdate(), successors=[living], by=None)

    assert asked() == before
