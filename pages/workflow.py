"""What becomes of a page when its workflow ends well; Wagtail asks for it by name while its own models are loaded."""

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from cms.models import User


def publish(workflow_state: "WorkflowState", user: "User | None" = None) -> None:
    """Publish the newest version; an entry that somebody just wrote and an editor read counts as checked today."""
    from pages.models import EntryPage

    page = workflow_state.content_object.get_latest_revision_as_object()
    revision = page.get_latest_revision()
    if isinstance(page, EntryPage):
        page.note_checked(localdate(), by=EntryPage.Checker.EDITORS)
        revision = page.save_revision(user=user)
    revision.publish(user=user)
