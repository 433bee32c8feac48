from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default = True
    verbose_name = "Platform"
    default_auto_field = "django.db.models.BigAutoField"


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with the fields of our own user model."""

    user_viewset = "cms.accounts.admin.UserViewSet"
