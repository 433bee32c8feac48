"""How far a question is, what was accepted as its answer, and what members say of questions and answers."""

from django.conf import settings
from django.db import models
from machina.apps.forum_conversation.models import Post, Topic


class QuestionState(models.TextChoices):
    NEW = "nieuw", "Nieuw"
    WAITING = "wacht-op-aanvulling", "Wacht op aanvulling"
    ANSWERED = "beantwoord", "Beantwoord"
    SOLVED = "opgelost", "Opgelost"


class Question(models.Model):
    """Every topic of the kind question has a row, made with it (receivers.py); ``services.questions`` keeps it."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="question")
    state = models.CharField("stand", max_length=20, choices=QuestionState, default=QuestionState.NEW)
    asked_on = models.DateTimeField("gesteld op")
    accepted_answer = models.ForeignKey(
        Post, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="geaccepteerd antwoord"
    )
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    accepted_on = models.DateTimeField("geaccepteerd op", null=True, blank=True)

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        indexes = [models.Index(fields=["state", "asked_on", "topic"], name="question_by_state")]

    def __str__(self) -> str:
        return f"vraag {self.pk}: {self.get_state_display()}"


class Mark(models.Model):
    """What one member says of a question or answer, once."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    marked_on = models.DateTimeField("aangegeven op", auto_now_add=True)

    class Meta:
        abstract = True


class SameQuestion(Mark):
    """A member who has this question too."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="same_questions")

    class Meta:
        verbose_name = "heb ik ook"
        verbose_name_plural = "heb ik ook"
        constraints = [models.UniqueConstraint(fields=["topic", "member"], name="one_same_question_per_member")]

    def __str__(self) -> str:
        return f"{self.member_id} heeft vraag {self.topic_id} ook"


class UsefulMark(Mark):
    """A member who found this post useful."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="useful_marks")

    class Meta:
        verbose_name = "nuttig"
        verbose_name_plural = "nuttig"
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="one_useful_mark_per_member")]

    def __str__(self) -> str:
        return f"{self.member_id} vond bericht {self.post_id} nuttig"
