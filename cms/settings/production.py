"""The public site: everything comes from the environment, cookies only over TLS."""

from cms import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import SITE_URL

DEBUG = False
SECRET_KEY = environment.secret("SECRET_KEY", shortest=50)
if not environment.text("ALLOWED_HOSTS"):
    raise environment.InvalidEnvironment("ALLOWED_HOSTS", "name the hosts of this site, separated by commas")
if not environment.text("SITE_URL"):
    raise environment.InvalidEnvironment("SITE_URL", "expected the public address, such as https://www.example.org")

SECURE_SSL_REDIRECT = SITE_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
ALLAUTH_TRUSTED_PROXY_COUNT = 1
