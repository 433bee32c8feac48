from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default = True
    verbose_name = "Platform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import demo, housekeeping, memory
        from cms.demo.accounts import load_accounts
        from cms.demo.labels import load_labels

        demo.register("subjects, sectors, regions and organisations", load_labels, order=10)
        demo.register("demo accounts", load_accounts, order=30)
        housekeeping.register()
        memory.connect()


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with the fields of our own user model."""

    user_viewset = "cms.accounts.admin.UserViewSet"
