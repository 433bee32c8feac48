"""Things on the site, made in one line: ``NetworkPageFactory(subjects=[toetsing])``.

A page is published and stands below the page that the fixture ``home`` (tests/site_fixtures.py) made for its kind.
"""

import factory
from allauth.account.models import EmailAddress
from factory.django import DjangoModelFactory, Password
from wagtail_factories import PageFactory

from cms.categories import Category
from cms.models import Organisation, Region, Sector, Subject, User
from pages import models as pages

PASSWORD = "een goed wachtwoord"


class UserFactory(DjangoModelFactory):
    """Someone with a confirmed address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"iemand{n}@example.org")
    display_name = factory.Sequence(lambda n: f"Iemand {n}")
    password = Password(PASSWORD)

    @factory.post_generation
    def address(self, create, extracted, **kwargs):
        if create:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class SubjectFactory(DjangoModelFactory):
    class Meta:
        model = Subject

    name = factory.Sequence(lambda n: f"Onderwerp {n}")
    slug = factory.Sequence(lambda n: f"onderwerp-{n}")
    scope = "Waar het over gaat."


class SectorFactory(DjangoModelFactory):
    class Meta:
        model = Sector

    name = factory.Sequence(lambda n: f"sector {n}")
    slug = factory.Sequence(lambda n: f"sector-{n}")
    abbreviation = factory.Sequence(lambda n: f"s{n}")


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    name = factory.Sequence(lambda n: f"Regio {n}")
    slug = factory.Sequence(lambda n: f"regio-{n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Hogeschool {n}")
    slug = factory.Sequence(lambda n: f"hogeschool-{n}")
    kind = Organisation.Kind.COLLEGE


def the(model):
    """The one page of a kind of which there is one."""
    return factory.LazyFunction(lambda: model.objects.get())


class HomePageFactory(PageFactory):
    class Meta:
        model = pages.HomePage

    title = "Platform Flexibel Opleiden"
    slug = "voorpagina"


class StandardPageFactory(PageFactory):
    class Meta:
        model = pages.StandardPage

    parent = the(pages.HomePage)
    title = factory.Sequence(lambda n: f"Gewone pagina {n}")


def usual_criterion(category):
    return factory.LazyFunction(lambda: pages.Criterion.objects.filter(category=category).first())


class NetworkPageFactory(PageFactory):
    class Meta:
        model = pages.NetworkPage

    parent = the(pages.NetworkIndexPage)
    title = factory.Sequence(lambda n: f"Netwerk {n}")
    criterion = usual_criterion(Category.NETWORKS)
    kind = pages.NetworkPage.NetworkKind.NETWORK
    blurb = "Hier vinden opleiders elkaar. Ze delen wat werkt."


class PartnershipPageFactory(PageFactory):
    class Meta:
        model = pages.PartnershipPage

    parent = the(pages.PartnershipIndexPage)
    title = factory.Sequence(lambda n: f"Samenwerkingsverband {n}")
    criterion = usual_criterion(Category.PARTNERSHIPS)
    kind = pages.PartnershipPage.PartnershipKind.ALLIANCE
    blurb = "Scholen en opleidingen werken hier samen. Ze leiden leraren op."


class ResearchGroupPageFactory(PageFactory):
    class Meta:
        model = pages.ResearchGroupPage

    parent = the(pages.ResearchGroupIndexPage)
    title = factory.Sequence(lambda n: f"Lectoraat {n}")
    criterion = usual_criterion(Category.RESEARCH_GROUPS)
    kind = pages.ResearchGroupPage.ResearchGroupKind.LECTORATE
    blurb = "Onderzoek naar flexibel opleiden. De lector leidt het."


class ResourcePageFactory(PageFactory):
    class Meta:
        model = pages.ResourcePage

    parent = the(pages.KnowledgeIndexPage)
    title = factory.Sequence(lambda n: f"Bron {n}")
    kind = pages.ResourcePage.ResourceKind.INFORMATION
    description = "Wat je hier leest."


class ArticlePageFactory(PageFactory):
    class Meta:
        model = pages.ArticlePage

    parent = the(pages.KnowledgeIndexPage)
    title = factory.Sequence(lambda n: f"Artikel {n}")
    summary = "Waar het artikel over gaat."


class CardPageFactory(PageFactory):
    class Meta:
        model = pages.CardPage

    parent = the(pages.CardIndexPage)
    title = factory.Sequence(lambda n: f"Misverstand {n}")
    number = factory.Sequence(lambda n: n + 1)
    explanation = "Zo zit het."


class ActivityPageFactory(PageFactory):
    class Meta:
        model = pages.ActivityPage

    parent = the(pages.ActivityIndexPage)
    title = factory.Sequence(lambda n: f"Studiedag {n}")
    kind = pages.ActivityPage.ActivityKind.STUDY_DAY
    description = "Wat er die dag gebeurt."
