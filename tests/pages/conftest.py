import pytest

from pages.representing import representatives
from pages.roles import sync_editors
from tests.factories import UserFactory


@pytest.fixture
def editor(home):
    user = UserFactory(display_name="Rik Redactie")
    user.groups.add(sync_editors(home))
    return user


@pytest.fixture
def keeper(entry):
    """Who keeps the entry of the test's own file."""
    user = UserFactory(display_name="Vera Keijzer")
    representatives.add(entry=entry, user=user, by=user)
    return user
