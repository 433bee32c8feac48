"""Settings and addresses of machina as it is shipped, over the platform's own tables."""

from django.urls import include, path
from machina import MACHINA_MAIN_TEMPLATE_DIR

from cms.settings.dev import *  # noqa: F403
from cms.settings.dev import CACHES, INSTALLED_APPS, MIDDLEWARE, STORAGES, TEMPLATES

INSTALLED_APPS = [
    *(app for app in INSTALLED_APPS if app not in {"search", "forum_integration", "pages"}),
    "haystack",
    "widget_tweaks",
    "machina",
    "machina.apps.forum_conversation.forum_attachments",
    "machina.apps.forum_feeds",
    "machina.apps.forum_moderation",
    "machina.apps.forum_search",
    "machina.apps.forum_member",
]
MIDDLEWARE = [*MIDDLEWARE, "machina.apps.forum_permission.middleware.ForumPermissionMiddleware"]
TEMPLATES = [
    TEMPLATES[0]
    | {
        "DIRS": [MACHINA_MAIN_TEMPLATE_DIR],
        "OPTIONS": {
            "context_processors": [
                *TEMPLATES[0]["OPTIONS"]["context_processors"],
                "machina.core.context_processors.metadata",
            ]
        },
    }
]
STORAGES |= {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
CACHES |= {"machina_attachments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MACHINA_FORUM_TOPICS_NUMBER_PER_PAGE = MACHINA_TOPIC_POSTS_NUMBER_PER_PAGE = 20
ROOT_URLCONF = "benchmarks.machina_shipped"


def __getattr__(name: str) -> object:
    """The addresses can only be read when the apps are ready, and this is a module of settings too."""
    if name == "urlpatterns":
        return [path("forum/", include("machina.urls"))]
    raise AttributeError(name)
