"""Settings that hold everywhere; what differs per place is in dev.py, test.py and production.py.

The environment variables are those of README.md; cms/environment.py refuses a wrong value in one line.
"""

import re
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE

from cms import environment
from cms.environment import BASE_DIR

DATA_DIR = environment.directory("DATA_DIR", BASE_DIR / "var")
DEMO = environment.flag("DEMO")
PORT = environment.number("PORT", 8000, lowest=1, highest=65535)
SITE_URL = environment.address("SITE_URL", f"http://127.0.0.1:{PORT}")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
if DEMO and not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
    raise environment.InvalidEnvironment("DEMO", "demo accounts are only for 127.0.0.1 and localhost: leave it unset")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "search",
    "forum_integration",
    "pages",
    "cms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.search_promotions",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.apps.CmsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "cms.apps.CmsAdminConfig",
    "wagtail",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_htmx",
    "django_tasks_db",
    # Of machina only the models and their rules; views, templates and assets are those of forum_integration.
    "mptt",
    "machina.apps.forum",
    "machina.apps.forum_conversation",
    "machina.apps.forum_conversation.forum_polls",
    "machina.apps.forum_tracking",
    "machina.apps.forum_permission",
]

MIDDLEWARE = [
    "cms.middleware.read_whole_body",
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.ContentSecurityPolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "cms.middleware.FrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.BadRequestMiddleware",
    "cms.middleware.limit_reading",
    "cms.middleware.keep_personal_answers_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"  # machina's migrations expect it; our own apps name BigAutoField

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database: one file for a pilot, PostgreSQL when there is more than one machine.
_database = environment.database("DATABASE_URL", DATA_DIR / "db.sqlite3")
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
    _database["CONN_MAX_AGE"] = None
else:
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
    _database.setdefault("OPTIONS", {})["options"] = "-c statement_timeout=5000"
DATABASES = {"default": _database}

# Cache: memory in each process, or Redis for several machines.
REDIS_URL = environment.redis("REDIS_URL")
CACHES = {
    "default": (
        {
            "BACKEND": "cms.cache.RedisOrMemory",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    ),
}

# Apps and models whose rows no visitor is shown: after a change of theirs, what cms/memory.py keeps still holds.
WITHOUT_CONTENT = {
    *("account", "admin", "auth", "contenttypes", "django_tasks_database", "forum_tracking", "search", "sessions"),
    *("wagtailadmin", "wagtailsearch", "wagtailusers", "cms.Change", "cms.DailyKey", "cms.JobState", "cms.Mail"),
    "cms.Erasure",
    *("pages.Invitation", "pages.Claim", "pages.UnsentText", "pages.Logo", "pages.Submission", "pages.ReviewNote"),
    *("cms.CheckedLink", "cms.LinkUse", "cms.LinkAttempt", "cms.LinkHost", "cms.DeadLinksLetter"),
    *("pages.ReviewReminder", "pages.LifecycleAct", "pages.LifecycleAct_ended", "pages.LifecycleAct_successors"),
    *("pages.Correction", "pages.Proposal"),
    *("forum_integration.Act", "forum_integration.Report"),
    *("forum_integration.UnsentTopic", "forum_integration.UnsentFile", "forum_integration.Draft"),
    *("forum_integration.PersonalMessage", "forum_integration.MessageReport", "forum_integration.ContactRefusal"),
    *("forum_integration.Following", "forum_integration.MailPreferences", "forum_integration.Handle"),
    *("forum_integration.News", "forum_integration.Notification", "forum_integration.BroughtAlong"),
    *("forum_integration.LetterRun", "forum_integration.MailedActivity"),
    *("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.PageSubscription"),
}

# Search: Elasticsearch when its address is set, else the embedded engine.
ELASTICSEARCH_URLS = environment.addresses("ELASTICSEARCH_URL")
ELASTICSEARCH_API_KEY = environment.text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_CA_CERTS = environment.file("ELASTICSEARCH_CA_CERTS")
ELASTICSEARCH_INDEX = environment.name("ELASTICSEARCH_INDEX", "platform")
ELASTICSEARCH_SHARDS = environment.number("ELASTICSEARCH_SHARDS", 1, lowest=1, highest=100)
ELASTICSEARCH_REPLICAS = environment.number("ELASTICSEARCH_REPLICAS", 0, lowest=0, highest=10)
SEARCH_INDEX_DIR = DATA_DIR / "search"
SEARCH_STATISTICS_SECONDS: float | None = 2  # how long a search waits to be counted; None: until somebody asks
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.admin_search"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The link radar only asks websites at their usual doors.
LINK_RADAR_PORTS: set[int] = {80, 443}

# Files: public renditions and documents lie under media/, attachments of the forum never do.
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
PRIVATE_MEDIA_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cms.stylesheet.StylesheetFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_MEDIA_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

vars().update(environment.mail("EMAIL_URL", DATA_DIR / "mail"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = environment.mail_address("DEFAULT_FROM_EMAIL", "platform@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "cms" / "locale"]

# Accounts
AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "cms.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "cms.accounts.forms.SignupForm",
    "login": "cms.accounts.forms.LoginForm",
    "confirm_login_code": "cms.accounts.forms.CodeForm",
    "reauthenticate": "cms.accounts.forms.ReauthenticateForm",
    "add_email": "cms.accounts.forms.ChangeEmailForm",
    "change_password": "cms.accounts.forms.ChangePasswordForm",
    "set_password": "cms.accounts.forms.SetPasswordForm",
    "reset_password": "cms.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cms.accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,10/h/key"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["display_name*", "email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"  # that of cms/honeypot.py
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "cms.accounts.adapter.display_name"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up; elsewhere one signs in first
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.partition("://")[0]
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"

# What the browser is allowed to do
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
# Wagtail's date fields and inline panels hold scripts and styles; its previews stand in a frame.
ADMIN_SECURITY_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-ancestors": [SELF],
}
FILE_SECURITY_POLICY = {"default-src": [NONE], "sandbox": True, "frame-ancestors": [NONE]}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "screen-wake-lock")
}

# How much may be asked and sent. Long pages of the admin have thousands of fields, other forms a few.
LONGEST_ADDRESS = 8_000
MOST_FIELDS = 300
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
LARGEST_UPLOAD = 52 * 1024 * 1024
LARGEST_UPLOAD_OF_VISITORS = 11 * 1024 * 1024
UPLOADS_OF_VISITORS = re.compile(r"/forum/[^/]+/nieuw/")  # who starts a topic needs an account only to send it
READING_LIMIT = "" if DEMO else "300/m"
UNLIMITED_ADDRESSES = (MEDIA_URL, "/healthz", "/readyz")
RATELIMIT_IP_META_KEY = "cms.middleware.client_address"

# Wagtail
WAGTAIL_FINISH_WORKFLOW_ACTION = "pages.workflow.publish"
WAGTAIL_SITE_NAME = "Platform Flexibel Opleiden"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILIMAGES_IMAGE_MODEL = "cms.PlatformImage"
WAGTAILIMAGES_EXTENSIONS = ["png", "jpg", "jpeg", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "cms.PlatformDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "txt"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]},
    }
}

# machina: how its text fields are rendered when they are saved
MACHINA_MARKUP_LANGUAGE: tuple[str, dict[str, Any]] = ("forum_integration.markup.render", {})
MACHINA_MARKUP_WIDGET = "django.forms.Textarea"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in ("cms", "pages", "forum_integration", "search")},
        "django_tasks_db": {"level": "ERROR"},  # its worker calls being stopped a warning
    },
}
SILENCED_SYSTEM_CHECKS = ["security.W002"]  # cms.middleware.FrameOptionsMiddleware does what it asks for
