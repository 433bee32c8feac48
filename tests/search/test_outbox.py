"""How a change reaches the index: nothing is lost, nothing closed stays findable, nobody waits for the engine."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate
from machina.apps.forum.models import Forum
from machina.apps.forum_permission.models import ForumPermission, UserForumPermission
from wagtail.models import PageViewRestriction

from cms.health import State
from cms.models import SubjectTerm
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, writing
from pages.models import NetworkIndexPage, StandardPage
from search import indexing, jobs, leases, outbox, reader, readiness, sources
from search.documents import document_id
from search.engines import get_fallback
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from search.models import MOST_ATTEMPTS, Lease, OutboxRow
from search.queries import SearchQuery
from tests.factories import (
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    ResourcePageFactory,
    SectorFactory,
    StandardPageFactory,
    SubjectFactory,
    UserFactory,
)


def id_of(thing):
    return document_id(sources.BY_MODEL[type(thing)].kind, thing.pk)


def remembered():
    return set(OutboxRow.objects.values_list("document_id", flat=True))


@pytest.fixture
def empty_outbox(home):
    def empty():
        OutboxRow.objects.all().delete()

    empty()
    return empty


@contextmanager
def engine_away(monkeypatch):
    """The engine answers nothing and stores nothing; gives the list of times that it was asked."""
    asked = []

    def refuse(*args, **kwargs):
        asked.append(args)
        raise SearchUnavailable("De zoekmachine is weg.")

    with monkeypatch.context() as patch:
        for verb in ("search", "suggest", "update", "index", "delete"):
            patch.setattr(EmbeddedEngine, verb, refuse)
        yield asked


def end_of_rest():
    """As if the pause of an engine that was away is over."""
    Lease.objects.update(rests_until=None)


def finds(engine, text):
    return [hit.title for hit in engine.search(SearchQuery(text=text)).hits]


# What is remembered


def test_a_rolled_back_save_leaves_nothing_behind(empty_outbox):
    with transaction.atomic():
        NetworkPageFactory()
        assert remembered()
        transaction.set_rollback(True)

    assert remembered() == set()


def test_publishing_unpublishing_and_deleting_a_page_are_remembered(empty_outbox):
    network = NetworkPageFactory()
    assert id_of(network) in remembered()

    empty_outbox()
    network.unpublish()
    assert id_of(network) in remembered()

    empty_outbox()
    network.save_revision().publish()
    assert id_of(network) in remembered()

    empty_outbox()
    gone = id_of(network)
    network.delete()
    assert gone in remembered()


def test_deleting_a_page_with_all_below_it_remembers_each(empty_outbox):
    parent = StandardPageFactory()
    child = StandardPageFactory(parent=parent)
    gone = {id_of(parent), id_of(child)}
    empty_outbox()

    StandardPage.objects.get(pk=parent.pk).delete()

    assert gone <= remembered()


def test_a_new_address_is_remembered_for_the_pages_below_it_too(empty_outbox, committing):
    parent = StandardPageFactory(slug="oud")
    child = StandardPageFactory(parent=parent)
    parent.refresh_from_db()
    empty_outbox()

    with committing():
        parent.slug = "nieuw"
        parent.save_revision().publish()

    addresses = {hit.id: hit.url for hit in get_fallback().search(SearchQuery(page_size=1000)).hits}
    assert addresses[id_of(child)] == f"/nieuw/{child.slug}/"


def test_a_moved_page_is_remembered_with_all_below_it(empty_outbox):
    first, second = StandardPageFactory(), StandardPageFactory()
    child = StandardPageFactory(parent=first)
    empty_outbox()

    StandardPage.objects.get(pk=first.pk).move(StandardPage.objects.get(pk=second.pk), pos="last-child")

    assert {id_of(first), id_of(child)} <= remembered()


def test_closing_and_opening_a_page_is_remembered_for_all_below_it(empty_outbox):
    network = NetworkPageFactory()
    empty_outbox()

    restriction = PageViewRestriction.objects.create(
        page=NetworkIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
    )
    assert id_of(network) in remembered()

    empty_outbox()
    restriction.delete()
    assert id_of(network) in remembered()


@pytest.mark.parametrize("act", ["save", "delete"])
def test_changing_a_subject_reaches_all_that_is_about_it(empty_outbox, start_topic, act):
    subject = SubjectFactory()
    about_it = {
        id_of(NetworkPageFactory(subjects=[subject])),
        id_of(ResourcePageFactory(subjects=[subject])),
        id_of(start_topic(subjects=[subject])),
        id_of(subject),
    }
    other = NetworkPageFactory()
    empty_outbox()

    getattr(subject, act)()

    assert about_it <= remembered()
    assert id_of(other) not in remembered()


def test_another_word_for_a_subject_reaches_the_subject(empty_outbox):
    subject = SubjectFactory()
    empty_outbox()

    SubjectTerm.objects.create(subject=subject, term="LWOT")

    assert remembered() == {id_of(subject)}


def test_a_renamed_sector_reaches_what_carries_its_name(empty_outbox):
    sector = SectorFactory()
    network = NetworkPageFactory(sectors=[sector])
    empty_outbox()

    sector.save()

    assert id_of(network) in remembered()


def test_a_renamed_organisation_reaches_what_carries_its_name(empty_outbox):
    university = OrganisationFactory()
    faculty = OrganisationFactory(part_of=university)
    network = NetworkPageFactory(organisation=faculty)
    resource = ResourcePageFactory(organisation=university)
    empty_outbox()

    university.save()

    assert {id_of(university), id_of(faculty), id_of(network), id_of(resource)} <= remembered()


def test_labels_that_an_organisation_gets_are_remembered(empty_outbox):
    organisation = OrganisationFactory()
    subject = SubjectFactory()
    empty_outbox()

    organisation.subjects.add(subject)

    assert id_of(organisation) in remembered()


def test_a_change_of_an_ended_entry_reaches_what_continues_it(empty_outbox):
    living, ended = PartnershipPageFactory(), PartnershipPageFactory()
    ended.ended_on, ended.ended_as = localdate(), "opgegaan"
    ended.successions.create(successor=living)
    ended.save()
    empty_outbox()

    ended.title = "Nieuwe naam van wat er was"
    ended.save()

    assert {id_of(ended), id_of(living)} <= remembered()


def test_what_happens_in_the_forum_is_remembered(empty_outbox, start_topic):
    topic = start_topic()
    assert id_of(topic) in remembered()

    empty_outbox()
    waiting = writing.reply(topic=topic, by=ForumRights(UserFactory()), text="Een antwoord.")
    assert id_of(topic) in remembered()

    empty_outbox()
    moderation.approve(post=waiting, by=start_topic.by)
    assert id_of(topic) in remembered()

    empty_outbox()
    gone = id_of(topic)
    moderation.delete_post(post=topic.first_post, by=start_topic.by)
    assert gone in remembered()


def test_a_forum_that_moves_takes_its_topics_along_and_a_new_post_does_not(empty_outbox, start_topic, forums):
    topic, other = start_topic(), start_topic()
    closed = Forum.objects.create(name="Besloten", type=Forum.FORUM_CAT)
    UserForumPermission.objects.create(
        permission=ForumPermission.objects.get(codename="can_read_forum"),
        forum=closed,
        anonymous_user=True,
        has_perm=False,
    )
    empty_outbox()

    writing.reply(topic=topic, by=start_topic.by, text="Een antwoord.")
    assert remembered() == {id_of(topic)}

    empty_outbox()
    forum = Forum.objects.get(pk=forums["vragen"].pk)
    forum.parent = Forum.objects.get(pk=closed.pk)
    forum.save()
    assert {id_of(topic), id_of(other)} <= remembered()
    assert not {id_of(topic), id_of(other)} & reader.visible_ids()


def test_a_new_name_of_a_member_reaches_the_topics_and_signing_in_does_not(empty_outbox, start_topic):
    topic = start_topic()
    member = start_topic.by.user
    empty_outbox()

    member.last_login = timezone.now()
    member.save(update_fields=["last_login"])
    assert remembered() == set()

    member.display_name = "Een andere naam"
    member.save()
    assert id_of(topic) in remembered()


# What becomes of it


def test_what_is_saved_is_found_and_what_is_taken_away_is_not(index, committing):
    with committing():
        network = NetworkPageFactory(title="Netwerk Zonnebloem")
    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]
    assert finds(get_fallback(), "zonnebloem") == ["Netwerk Zonnebloem"]
    assert not OutboxRow.objects.exists()

    with committing():
        network.unpublish()
    assert finds(index, "zonnebloem") == []
    assert finds(get_fallback(), "zonnebloem") == []


def test_one_transaction_is_worked_off_once_however_much_it_changes(index, committing, monkeypatch):
    with engine_away(monkeypatch) as asked, committing():
        for _ in range(5):
            NetworkPageFactory()

    assert len(asked) == 1


def test_a_save_succeeds_while_the_engine_is_away_and_is_found_once_it_is_back(index, committing, monkeypatch):
    with engine_away(monkeypatch), committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")
    assert OutboxRow.objects.exists()
    assert finds(index, "zonnebloem") == []

    jobs.work_off_outbox()

    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]
    assert not OutboxRow.objects.exists()


def test_what_is_hidden_while_the_engine_is_away_is_not_shown_by_the_database_either(index, committing, monkeypatch):
    with committing():
        first, second = NetworkPageFactory(title="Netwerk Zonnebloem"), NetworkPageFactory(title="Netwerk Klaproos")

    with engine_away(monkeypatch):
        for network in (first, second):
            with committing():
                network.unpublish()

        assert finds(get_fallback(), "zonnebloem") == finds(get_fallback(), "klaproos") == []


def test_an_engine_that_is_away_is_not_asked_again_at_every_save(index, committing, monkeypatch):
    with engine_away(monkeypatch) as asked:
        for _ in range(3):
            with committing():
                NetworkPageFactory()

    assert len(asked) == 1


def test_work_goes_on_at_a_save_when_the_pause_is_over(index, committing, monkeypatch):
    with engine_away(monkeypatch), committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")
    end_of_rest()

    with committing():
        NetworkPageFactory(title="Netwerk Klaproos")

    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]


def test_while_another_drains_the_rows_are_left_to_it(index, committing):
    with leases.turn(leases.DRAIN) as turn, committing():
        assert turn
        NetworkPageFactory(title="Netwerk Zonnebloem")
    assert OutboxRow.objects.exists()

    indexing.drain()

    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]


def test_a_drainer_that_died_keeps_nobody_from_draining_for_long(index, committing):
    Lease.objects.update_or_create(
        name=leases.DRAIN, defaults={"holder": "dood", "held_until": timezone.now() - timedelta(seconds=1)}
    )

    with committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")

    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]


def test_a_turn_that_was_lost_is_noticed(home):
    with leases.turn("proef") as turn:
        Lease.objects.filter(name="proef").update(holder="een ander")

        with pytest.raises(leases.LeaseLost):
            turn.renew()


def test_a_document_that_the_engine_refuses_is_set_aside_and_the_others_are_stored(index, committing, monkeypatch):
    update = EmbeddedEngine.update

    def picky(self, documents, deleted_ids):
        documents = list(documents)
        if any(document.title == "Onverteerbaar" for document in documents):
            raise ValueError("Dit kan ik niet bewaren")
        update(self, documents, deleted_ids)

    monkeypatch.setattr(EmbeddedEngine, "update", picky)
    with committing():
        broken = NetworkPageFactory(title="Onverteerbaar")
        NetworkPageFactory(title="Netwerk Zonnebloem")

    assert finds(index, "zonnebloem") == ["Netwerk Zonnebloem"]
    assert remembered() == {id_of(broken)}
    for _ in range(MOST_ATTEMPTS):
        OutboxRow.objects.update(retry_at=None)
        indexing.drain()
    assert list(OutboxRow.objects.set_aside().values_list("error", flat=True)) == [
        "ValueError: Dit kan ik niet bewaren"
    ]
    assert not OutboxRow.objects.waiting().exists()


def test_a_thing_that_was_set_aside_gets_another_chance_when_it_is_saved(index, committing):
    network = NetworkPageFactory()
    OutboxRow.objects.all().delete()
    OutboxRow.objects.create(document_id=id_of(network), attempts=MOST_ATTEMPTS, error="Dat ging niet")

    with committing():
        network.save()

    assert not OutboxRow.objects.exists()


def test_a_failed_document_waits_longer_each_time(index):
    row = OutboxRow(document_id="netwerk-1")
    pauses = []
    row.save()
    for _ in range(3):
        indexing._postpone([row], {row.document_id: "ValueError"})
        pauses.append(round((row.retry_at - timezone.now()).total_seconds()))

    assert pauses == [10, 40, 160]


def test_after_a_save_no_more_than_a_batch_is_worked_off_while_the_editor_waits(index, committing, monkeypatch):
    monkeypatch.setattr(outbox, "AT_ONCE", 2)
    monkeypatch.setattr(reader, "BATCH", 2)
    subject = SubjectFactory()
    with committing():
        for _ in range(5):
            NetworkPageFactory(subjects=[subject])
    assert not OutboxRow.objects.exists()

    with committing():
        subject.save()
    assert OutboxRow.objects.exists()

    jobs.work_off_outbox()
    assert not OutboxRow.objects.exists()


def test_an_entry_that_ends_today_is_ended_in_the_index_without_anybody_saving_it(index, committing):
    with committing():
        network = NetworkPageFactory(title="Netwerk Zonnebloem")
    type(network).objects.filter(pk=network.pk).update(ended_on=localdate(), ended_as="opgeheven")
    assert finds(index, "zonnebloem")

    with committing():
        jobs.remember_what_ends_today()

    assert finds(index, "zonnebloem") == []


def test_readiness_tells_of_an_engine_that_is_away_and_of_changes_that_wait_too_long(index, monkeypatch):
    assert readiness.state() == State.OK

    with engine_away(monkeypatch):
        assert readiness.state() == State.DEGRADED

    OutboxRow.objects.create(document_id="netwerk-1", remembered_at=timezone.now() - timedelta(hours=1))
    assert readiness.state() == State.DEGRADED
