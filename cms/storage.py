"""Where files lie that people sent."""

from django.core.files.storage import Storage, storages


def private_storage() -> Storage:
    """Files that no web server hands out by itself."""
    return storages["private"]
