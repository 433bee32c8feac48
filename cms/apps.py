from django.apps import AppConfig
from wagtail.admin.apps import WagtailAdminAppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class CmsConfig(AppConfig):
    name = "cms"
    default = True
    verbose_name = "Platform"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import demo, housekeeping, memory, todo
        from cms.accounts import ledger  # noqa: F401 - it connects itself
        from cms.demo.accounts import load_accounts
        from cms.demo.labels import load_labels
        from cms.link_radar import lists, rounds, sources
        from cms.link_radar.todo import DeadLinks

        demo.register("subjects, sectors, regions and organisations", load_labels, order=10)
        demo.register("demo accounts", load_accounts, order=30)
        housekeeping.register()
        sources.register(lists.Organisations())
        sources.register(lists.Subjects())
        rounds.register()
        todo.register(DeadLinks())
        memory.connect()


class CmsUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens for users, with the fields of our own user model."""

    user_viewset = "cms.accounts.admin.UserViewSet"


class CmsAdminConfig(WagtailAdminAppConfig):
    """Wagtail's admin without its own mails, which are sent at once or lost: the site owes them instead."""

    def ready(self) -> None:
        from wagtail.models import TaskState, WorkflowState
        from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

        super().ready()
        task_submitted.disconnect(sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification")
        for signal, name in (
            (workflow_submitted, "submitted"),
            (workflow_rejected, "rejected"),
            (workflow_approved, "approved"),
        ):
            signal.disconnect(sender=WorkflowState, dispatch_uid=f"workflow_state_{name}_email_notification")
