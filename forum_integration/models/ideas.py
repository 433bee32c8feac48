"""On what an idea asks feedback, and what its writer takes along from it."""

from django.db import models
from machina.apps.forum_conversation.models import Post, Topic

LONGEST_ASKED = 200


class Idea(models.Model):
    """Beside a topic of the kind idea; those that were put forward before this was asked have no row."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="idea")
    asks = models.CharField("waarop feedback gevraagd is", max_length=LONGEST_ASKED, blank=True)
    summary = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="samenvatting"
    )
    """The reply that closed it: it stands under the idea, and stays in place in the thread."""

    is_closed_by_writer = models.BooleanField("afgerond door de schrijver", default=False, editable=False)
    """What the writer closed, and no moderator since, the writer may open again."""

    class Meta:
        verbose_name = "idee"
        verbose_name_plural = "ideeën"

    def __str__(self) -> str:
        return f"idee {self.pk}"
