"""The words that addresses, filters and search share for what there is on the site."""

from django.db import models


class Category(models.TextChoices):
    """A door of the site, as ``?categorie=`` spells it; ``KNOWLEDGE`` has no door of its own."""

    FORUM = "forum", "Forum"
    NETWORKS = "netwerken", "Netwerken"
    PARTNERSHIPS = "regionale-samenwerkingsverbanden", "Regionale samenwerkingsverbanden"
    RESEARCH_GROUPS = "onderzoeksgroepen", "Onderzoeksgroepen"
    KNOWLEDGE = "kennis", "Kennis"


class Kind(models.TextChoices):
    """What a findable thing is, as ``?soort=`` spells it."""

    NETWORK = "netwerk", "Netwerk"
    PARTNERSHIP = "samenwerkingsverband", "Samenwerkingsverband"
    RESEARCH_GROUP = "onderzoeksgroep", "Onderzoeksgroep"
    TOPIC = "forumonderwerp", "Gesprek"
    RESOURCE = "bron", "Bron"
    ARTICLE = "artikel", "Artikel"
    CARD = "gesprekskaart", "Gesprekskaart"
    ACTIVITY = "activiteit", "Activiteit"
    PERSON = "persoon", "Persoon"
    ORGANISATION = "organisatie", "Organisatie"
    SUBJECT = "onderwerp", "Onderwerp"
    PAGE = "pagina", "Pagina"
