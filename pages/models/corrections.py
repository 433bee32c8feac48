"""What readers say is wrong in an entry ("Klopt dit niet?"), until who keeps it or an editor decides."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Revision

from pages.models.entries import EntryPage


class Correction(models.Model):
    """A reader, perhaps without an account, proposes another text for one field of an entry.

    Whoever sent it is known by nothing but an address to answer to, which is forgotten some time after the answer.
    """

    class Part(models.TextChoices):
        """The fields that can be taken over as they are proposed, and a remark about anything else."""

        TITLE = "title", "De naam"
        BLURB = "blurb", "Het stukje"
        AUDIENCE = "audience", "Voor wie het is"
        HOW_TO_JOIN = "how_to_join", "Hoe je meedoet"
        OFFERS = "offers", "Wat er te doen is"
        EXAMPLES = "examples", "Goede voorbeelden"
        WEBSITE = "website", "De website"
        LINKEDIN_NAME = "linkedin_name", "De naam op LinkedIn"
        LINKEDIN_URL = "linkedin_url", "Het adres op LinkedIn"
        NEWSLETTER_URL = "newsletter_url", "De nieuwsbrief"
        CONTACT_NAME = "contact_name", "De contactpersoon"
        CONTACT_URL = "contact_url", "De contactpagina"
        OTHER = "anders", "Iets anders"

    class State(models.TextChoices):
        OPEN = "open", "wacht op een besluit"
        TAKEN_OVER = "overgenomen", "overgenomen, nog niet op de site"
        DONE = "verwerkt", "verwerkt"
        REFUSED = "afgewezen", "niet overgenomen"

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="corrections", verbose_name="vermelding")
    part = models.CharField("wat", max_length=20, choices=Part)
    proposal = models.TextField("voorstel", max_length=2500)
    source = models.CharField("bron", max_length=500, blank=True)
    address = models.EmailField("e-mailadres voor het antwoord", blank=True)
    made_at = models.DateTimeField("gestuurd op", default=timezone.now)
    state = models.CharField("stand", max_length=12, choices=State, default=State.OPEN, db_index=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True)
    reason = models.TextField("reden", max_length=600, blank=True)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", verbose_name="versie")
    """In which it was taken over; with that one or a later one it comes on the site."""

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = "correctie van een lezer"
        verbose_name_plural = "correcties van lezers"

    def __str__(self) -> str:
        return f"{self.get_part_display()} van {self.entry}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_remark(self) -> bool:
        """Whether there is no field to take it over into."""
        return self.part == self.Part.OTHER
