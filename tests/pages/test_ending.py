"""Ending entries and undoing that, and what readers of the site see of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate
from wagtail.models import Page, PageLogEntry

from pages.currency import confirming, reminding
from pages.lifecycle import acts, state
from pages.lifecycle.acts import RefusedError
from pages.models import EntryName, LifecycleAct, NetworkPage, PartnershipPage, ReviewReminder
from pages.representing import representatives
from tests.factories import (
    ActivityPageFactory,
    NetworkPageFactory,
    PartnershipPageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.pages.browsing import page

TODAY = localdate()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
LIST = "/regionale-samenwerkingsverbanden/"


@pytest.fixture
def region(home):
    return PartnershipPageFactory(title="Onderwijsregio Noord", kind="onderwijsregio")


@pytest.fixture
def alliance(home):
    return PartnershipPageFactory(title="Alliantie Wad", slug="wad")


@pytest.fixture
def circle(home):
    return PartnershipPageFactory(title="Kring Eems", slug="eems")


def end(*entries, into=(), how="opgegaan", on=TODAY, by=None):
    return acts.end(entries=entries, how=how, on=on, successors=into, by=by)


def read(address):
    return page(Client(), address)


def fresh(entry):
    return type(entry).objects.get(pk=entry.pk)


def test_several_entries_end_in_one_act_and_one_undo_brings_them_back(region, alliance, circle, editor):
    before = state.read([alliance.pk, circle.pk, region.pk])

    act = end(alliance, circle, into=[region], by=editor).act

    assert fresh(alliance).has_ended
    assert fresh(circle).has_ended
    assert not fresh(region).has_ended
    acts.undo(act=act, by=editor)
    assert state.read([alliance.pk, circle.pk, region.pk]) == before
    assert fresh(alliance).ended_as == ""
    act.refresh_from_db()
    assert act.undone_by == editor


def test_each_ended_entry_gets_one_line_in_the_log_for_each_act(region, alliance, circle, editor):
    act = end(alliance, circle, into=[region], by=editor).act
    acts.undo(act=act, by=editor)

    for entry in (alliance, circle):
        lines = PageLogEntry.objects.filter(page=entry.pk, action__startswith="pages.lifecycle").order_by("pk")
        assert [(line.action, line.user) for line in lines] == [
            ("pages.lifecycle.end", editor),
            ("pages.lifecycle.undo", editor),
        ]
        assert "opgegaan in een ander verband" in lines[0].message
        assert "Onderwijsregio Noord" in lines[0].message


def test_going_back_to_an_old_text_does_not_bring_it_back(region, alliance, editor):
    old = alliance.save_revision()
    old.publish()
    end(alliance, into=[region])

    old.publish(user=editor)
    assert fresh(alliance).has_ended
    alliance.blurb = "Iemand had de pagina nog openstaan."
    alliance.save_revision().publish()
    assert fresh(alliance).has_ended
    assert fresh(alliance).blurb == "Iemand had de pagina nog openstaan."


def test_undoing_it_leaves_what_was_written_since(region, alliance):
    act = end(alliance, into=[region]).act
    ended = fresh(alliance)
    ended.blurb = "Geschreven na het einde."
    ended.save_revision().publish()

    acts.undo(act=act, by=None)
    fresh(alliance).save_revision().publish()

    assert not fresh(alliance).has_ended
    assert fresh(alliance).blurb == "Geschreven na het einde."


def test_a_copy_of_what_ended_has_not_ended(region, alliance):
    end(alliance, into=[region])

    copy = fresh(alliance).copy(update_attrs={"title": "Kopie", "slug": "kopie"})

    assert not fresh(copy).has_ended
    assert fresh(alliance).has_ended


def test_a_successor_that_ended_is_followed_and_that_is_explained(region, alliance, circle):
    end(alliance, into=[region])

    ended = end(circle, into=[alliance])

    assert [entry.title for entry in ended.act.successors.all()] == ["Onderwijsregio Noord"]
    assert ended.explanations == (
        "Alliantie Wad bestaat dan zelf niet meer. Het werk gaat verder bij Onderwijsregio Noord, "
        "dus dat is nu de opvolger.",
    )


def test_what_cannot_be_is_refused_with_the_reason(region, alliance, circle):
    end(alliance, into=[region])
    draft = PartnershipPageFactory(title="Nog niet af", live=False)
    overview = PartnershipPageFactory(title="Alle RAP's", is_overview=True)
    gone, going = PartnershipPageFactory(), PartnershipPageFactory()
    end(gone, how="opgeheven")
    end(going, how="opgeheven", on=TOMORROW)
    refused = [
        ({"entries": [region], "into": [alliance]}, "elkaar opvolgen"),
        ({"entries": [circle], "into": [circle]}, "niet zichzelf"),
        ({"entries": [gone], "into": [region], "on": TOMORROW}, "een dag die al is geweest"),
        ({"entries": [going], "into": [region]}, "staat al vast wanneer"),
        ({"entries": [alliance], "into": [circle]}, "heeft al een opvolger"),
        ({"entries": [circle], "into": [draft]}, "staat niet op de site"),
        ({"entries": [overview], "into": [region]}, "landelijk overzicht"),
        ({"entries": [circle], "how": "opgeheven", "into": [region]}, "Kies dan hoe"),
        ({"entries": [circle], "into": []}, "waarin het is opgegaan"),
        ({"entries": [circle], "how": "gesplitst", "into": [region]}, "ten minste twee"),
        ({"entries": [circle], "how": "hernoemd", "into": []}, "één opvolger"),
    ]

    for asked, reason in refused:
        with pytest.raises(RefusedError, match=reason):
            end(*asked.pop("entries"), **asked)

    assert LifecycleAct.objects.count() == 3
    assert not fresh(region).ended_on
    assert not fresh(circle).ended_on


def test_only_the_last_act_on_an_entry_can_be_undone(region, alliance, circle):
    first = end(alliance, into=[circle]).act
    second = end(circle, into=[region]).act

    with pytest.raises(RefusedError, match="Maak eerst de beëindiging van Kring Eems ongedaan"):
        acts.undo(act=first, by=None)
    acts.undo(act=second, by=None)
    acts.undo(act=first, by=None)
    with pytest.raises(RefusedError, match="al ongedaan"):
        acts.undo(act=first, by=None)

    assert not any(fresh(entry).ended_on for entry in (alliance, circle, region))


def test_what_was_removed_since_cannot_be_brought_back(region, alliance):
    act = end(alliance, into=[region]).act
    Page.objects.get(pk=alliance.pk).delete()

    with pytest.raises(RefusedError, match="verwijderd"):
        acts.undo(act=act, by=None)


def test_a_dissolved_entry_can_be_given_a_successor_later_and_undoing_that_leaves_it_dissolved(region, alliance):
    end(alliance, how="opgeheven", on=YESTERDAY)
    act = end(alliance, how="deels-overgenomen", into=[region], on=YESTERDAY).act
    assert "Een deel van het werk gaat verder bij" in read(alliance.url)

    acts.undo(act=act, by=None)

    assert (fresh(alliance).ended_as, fresh(alliance).ended_on) == ("opgeheven", YESTERDAY)
    assert not alliance.successions.exists()


def test_readers_of_the_old_address_are_led_to_what_lives_now(region, alliance, circle):
    end(alliance, into=[circle])
    end(circle, into=[region])

    answer = Client().get(alliance.url)

    assert answer.status_code == 200
    text = answer.content.decode()
    banner = text.partition('class="notice')[2].partition("</div>")[0]
    assert "Opgegaan in een ander verband per" in banner
    assert f'<a href="{region.url}">Onderwijsregio Noord</a>' in banner
    assert circle.url not in banner
    assert '<meta name="robots" content="noindex">' in text
    assert "Hoort dit bij jou" not in text


def test_a_successor_says_where_it_came_from(region, alliance, circle):
    end(alliance, circle, into=[region])

    text = read(region.url)

    came_from = text.partition("Voortgekomen uit")[2].partition("</div>")[0]
    assert f'<a href="{alliance.url}">Alliantie Wad</a> en <a href="{circle.url}">Kring Eems</a>' in came_from
    assert "noindex" not in text


def test_a_line_that_was_dissolved_says_so(region, alliance):
    end(alliance, into=[region])
    end(region, how="opgeheven")

    text = read(alliance.url)

    assert "maar ook dat bestaat niet meer" in text
    assert f'<a href="{region.url}">' in text


def test_a_successor_that_nobody_may_open_is_not_betrayed(region, alliance):
    end(alliance, into=[region])
    fresh(region).unpublish()

    assert "Onderwijsregio Noord" not in read(alliance.url)


def test_what_ended_is_in_no_list_or_count_until_asked_for(region, alliance, circle):
    end(alliance, circle, into=[region])

    default, also, only = read(LIST), read(f"{LIST}?status=alle"), read(f"{LIST}?status=beeindigd")

    assert [text.count('data-vermelding="') for text in (default, also, only)] == [1, 3, 2]
    assert [text.count(">beëindigd<") for text in (default, also, only)] == [0, 2, 2]
    assert "Alliantie Wad" not in default
    assert '<p role="status">1 ' in default
    assert "ook wat beëindigd is" in also


@pytest.mark.parametrize("status", ["", "?status=alle", "?status=beeindigd"])
def test_an_entry_that_continues_several_stands_once(region, alliance, circle, status):
    end(alliance, into=[region, circle], how="gesplitst")
    end(circle, into=[region])

    text = read(f"{LIST}{status}")

    for entry in (region, alliance, circle):
        assert text.count(f'data-vermelding="{entry.slug}"') <= 1


SURFACES = ["/", LIST, f"{LIST}feed/", "/sitemap.xml", "/onderwerpen/", "/onderwerpen/toetsing/", "/mensen/"]


def test_state_p_an_ended_entry_is_on_no_surface_unasked(home, region):
    toetsing = SubjectFactory(slug="toetsing", name="Toetsing", tier="kern")
    entry = PartnershipPageFactory(title="Zeldzaamverbond", slug="zeldzaamverbond", subjects=[toetsing])
    entry.names = [EntryName(name="Zeldzaamnaam")]
    entry.save()
    before = {address: read(address) for address in SURFACES}
    assert "zeldzaamverbond" in before["/sitemap.xml"]
    assert "Zeldzaamverbond" in before[f"{LIST}feed/"]

    act = end(entry, into=[region]).act

    for address in SURFACES:
        assert "zeldzaam" not in read(address).lower(), address
    acts.undo(act=act, by=None)
    assert {address for address in SURFACES if "zeldzaam" in read(address).lower()} == {
        address for address, text in before.items() if "zeldzaam" in text.lower()
    }


def test_what_ends_on_a_day_to_come_stands_on_the_site_until_then(region, alliance, time_machine):
    end(alliance, into=[region], on=TOMORROW)
    assert "Alliantie Wad" in read(LIST)
    assert "Daarna gaat het werk verder bij" in read(alliance.url)
    assert "Voortgekomen uit" not in read(region.url)
    acts.bring_into_force()
    assert LifecycleAct.objects.get().in_force_at is None

    time_machine.move_to(TOMORROW)
    acts.bring_into_force()

    assert "Alliantie Wad" not in read(LIST)
    assert "Voortgekomen uit" in read(region.url)
    in_force_at = LifecycleAct.objects.get().in_force_at
    assert in_force_at is not None
    acts.bring_into_force()
    assert LifecycleAct.objects.get().in_force_at == in_force_at


def test_nobody_is_asked_whether_what_ended_still_holds_until_that_is_undone(region, alliance):
    keeper = UserFactory()
    representatives.add(entry=alliance, user=keeper, by=keeper)
    PartnershipPage.objects.filter(pk=alliance.pk).update(review_on=YESTERDAY)
    link = confirming.confirm_path(fresh(alliance), keeper)
    act = end(alliance, into=[region]).act

    reminding.remind()
    assert not ReviewReminder.objects.exists()
    assert Client().get(link).status_code == 410
    assert "niet bevestigd" not in read(alliance.url)

    acts.undo(act=act, by=None)
    reminding.remind()
    assert ReviewReminder.objects.filter(entry=alliance.pk, person=keeper).exists()
    assert Client().get(link).status_code == 200


def test_activities_of_what_ended_stay(region):
    entry = NetworkPageFactory(title="Netwerk Oud")
    ActivityPageFactory(title="Laatste studiedag", starts_on=TOMORROW, organiser_entry=entry)

    end(entry, into=[region])

    assert "Laatste studiedag" in read("/agenda/")


def test_an_entry_that_was_read_costs_no_more_queries_with_a_long_line_behind_it(
    region, alliance, django_assert_max_num_queries
):
    end(alliance, into=[region])
    with django_assert_max_num_queries(30) as short:
        read(alliance.url)
    with django_assert_max_num_queries(30) as successor_of_one:
        read(region.url)

    last = region
    for number in range(12):
        following = PartnershipPageFactory(title=f"Regio {number}")
        end(PartnershipPageFactory(), last, into=[following])
        last = following

    with django_assert_max_num_queries(30) as long:
        assert "Regio 11" in read(alliance.url)
    with django_assert_max_num_queries(30) as successor_of_two:
        assert "Voortgekomen uit" in read(last.url)
    assert len(long) <= len(short)
    assert len(successor_of_two) <= len(successor_of_one)


def test_an_entry_of_another_category_can_continue_it(home, region):
    network = NetworkPageFactory(title="Netwerk Oud")

    end(network, into=[region])

    assert region.url in read(network.url)
    assert NetworkPage.objects.get(pk=network.pk).successions.get().successor.specific == PartnershipPage.objects.get(
        pk=region.pk
    )
