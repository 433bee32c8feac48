"""What tests do differently: a fast password hasher, mails in memory, static files without a manifest."""

import atexit
import os
import shutil
import tempfile

# Each process of a run has its own folder, whatever it inherits.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="platform-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from cms.settings.base import *  # noqa: E402,F403
from cms.settings.base import STORAGES  # noqa: E402

SECRET_KEY = "a key that only the tests use, long enough for the checks"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
# Argon2 as well: the accounts of the demo content were made with it.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
SEARCH_STATISTICS_SECONDS = None
LINK_RADAR_PORTS = set()  # no test asks a website on the internet
READING_LIMIT = ""
