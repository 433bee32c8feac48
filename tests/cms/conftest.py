import pytest
from django.test import Client


@pytest.fixture
def client_of():
    """A browser of its own for someone, or for a visitor when there is nobody."""

    def make(user):
        client = Client()
        if user:
            client.force_login(user)
        return client

    return make
