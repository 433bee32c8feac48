from cms.demo.accounts import USERS, email_of
from cms.demo.fixtures import UnknownSlugError
from cms.models import User
from pages.models import NetworkPage, Representation


def load_representatives() -> None:
    """Which demo account keeps which network."""
    for record in USERS:
        user = User.objects.filter(email=email_of(record)).first()
        if user is None or user.representations.exists():
            continue
        with USERS.naming(record):
            for slug in record.represents:
                network = NetworkPage.objects.filter(slug=slug).first()
                if network is None:
                    raise UnknownSlugError("represents", slug, "network")
                Representation.objects.create(entry=network, user=user, rank=Representation.Rank.FIRST)
