from cms.demo.fixtures import UnknownSlugError
from cms.models import Organisation
from pages.models import EntryPage, NetworkPage


def maker(slug: str | None, field: str) -> tuple[Organisation | None, EntryPage | None]:
    """Who offers or organises something: an organisation, or a network that has an entry of its own."""
    if not slug:
        return None, None
    if organisation := Organisation.objects.filter(slug=slug).first():
        return organisation, None
    if network := NetworkPage.objects.filter(slug=slug).first():
        return None, network
    raise UnknownSlugError(field, slug, "organisation or network")
