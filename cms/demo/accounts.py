"""The demo accounts of README.md; they exist only with DEMO=1."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms.demo.adding import add
from cms.demo.fixtures import Fixture, Record
from cms.models import User

PASSWORD = "demo-flexibel"  # noqa: S105


@dataclass(frozen=True, kw_only=True)
class UserRecord(Record):
    """``slug`` is what stands before the @; what a group may do is for the room that the group is about.

    ``expertise`` names subjects about which this person may be asked.
    """

    display_name: str
    is_administrator: bool = False
    groups: list[str] = field(default_factory=list)
    represents: list[str] = field(default_factory=list)
    expertise: list[str] = field(default_factory=list)


USERS = Fixture("users.yaml", UserRecord)


def email_of(record: UserRecord) -> str:
    return f"{record.slug}@example.org"


def load_accounts() -> None:
    if not settings.DEMO:
        return
    password = make_password(PASSWORD)  # slow on purpose, hence once
    for record in USERS:
        if User.objects.filter(email=email_of(record)).exists():
            continue
        with USERS.naming(record):
            user = User(
                email=email_of(record),
                display_name=record.display_name,
                is_staff=record.is_administrator,
                is_superuser=record.is_administrator,
                password=password,
            )
            add(user)
            user.groups.set(Group.objects.get_or_create(name=name)[0] for name in record.groups)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
