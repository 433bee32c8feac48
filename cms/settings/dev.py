"""A developer's own machine and ``make run``: embedded parts, a key of its own, readable errors."""

from cms import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATA_DIR, DEMO

DEBUG = environment.flag("DEBUG")
if DEBUG and DEMO:
    raise environment.InvalidEnvironment("DEBUG", "leave it unset with DEMO=1: its error pages show the code")


def _kept_secret_key() -> str:
    """A key made once for this folder of data, so that sessions outlive a restart."""
    from django.core.management.utils import get_random_secret_key

    path = DATA_DIR / "secret-key"
    try:
        with path.open("x", encoding="utf-8") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")


SECRET_KEY = environment.text("SECRET_KEY") or _kept_secret_key()
