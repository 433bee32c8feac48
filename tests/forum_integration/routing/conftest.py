"""A question, and people who may know the answer."""

import pytest
import time_machine

from forum_integration.models import Profile
from forum_integration.setup import establish
from pages.models import Representation
from tests.factories import NetworkPageFactory, SubjectFactory, UserFactory
from tests.forum_integration.factories import make_topic

MONDAY = "2026-11-23T10:00+01:00"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def subject(home):
    return SubjectFactory()


@pytest.fixture
def expert(subject):
    def make(**wishes):
        profile = Profile.objects.create(member=UserFactory(), **{"is_askable": True} | wishes)
        profile.expertise.add(subject)
        establish(profile.member)
        return profile.member

    return make


@pytest.fixture
def keeper(subject):
    """Somebody who keeps an entry about the subject."""

    def make(title="Netwerk Toetsing", **more):
        user = UserFactory()
        entry = NetworkPageFactory(title=title, subjects=[subject], **more)
        Representation.objects.create(entry=entry, user=user)
        establish(user)
        return user

    return make


@pytest.fixture
def question(questions, member, subject):
    return make_topic(questions, member, title="Hoe toets je flexibel?", subjects=[subject])
