"""Ten times the same at the same moment, on a database that serves many at once: once is once, and a limit is one."""

import json

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

AT_ONCE = """
import json
from functools import partial

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.timezone import localdate
from machina.apps.forum_conversation.forum_polls.models import TopicPollVote

from cms.accounts.erasing import LastAdministratorError, erase
from cms.models import Mail, User
from forum_integration.models import PersonalMessage, Profile
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, voting, writing
from forum_integration.services.writing import PollDraft
from forum_integration.setup import ensure_forums
from pages.currency import reminding
from pages.importing.carrying_out import ChangedMeanwhileError, carry_out
from pages.importing.planning import plan
from pages.importing.reading import Row
from pages.models import NetworkIndexPage, NetworkPage, ReviewReminder
from tests.postgresql.at_once import at_once

at_once = partial(at_once, refusals=(PermissionDenied, ValidationError, LastAdministratorError, ChangedMeanwhileError))

member, newcomer, expert = (User.objects.get(email=f"{name}@example.org") for name in ("lid", "nieuwkomer", "expert"))
Profile.objects.update_or_create(member=expert, defaults={"accepts_messages": True})
NetworkPage.objects.filter(slug="netwerk-toetsbekwaamheid").update(review_on=localdate())
poll = writing.start_topic(
    forum=ensure_forums()["gesprekken"], by=ForumRights(expert), title="Lunch", text="Wat eet je?",
    poll=PollDraft(question="Wat?", options=["Brood", "Soep"]),
).poll
options, voters = list(poll.options.all()), [ForumRights(member) for _ in range(10)]
assert all(rights.may_vote(poll) for rights in voters)
chiefs = [User.objects.create_superuser(f"baas{n}@example.org", display_name=f"Baas {n}") for n in range(4)]
User.objects.exclude(pk__in=[chief.pk for chief in chiefs]).update(is_superuser=False)

votes = at_once([lambda by=by: voting.vote(poll=poll, by=by, options=options[:1]) for by in voters])
letters = at_once(
    [lambda: correspondence.send(by=ForumRights(newcomer), to=expert, text="Hallo!") for _ in range(10)]
)
at_once([reminding.remind for _ in range(10)])
erased = at_once([lambda chief=chief: erase(chief) for chief in chiefs])
editor = User.objects.get(email="redacteur@example.org")
rows = [
    Row(2, {"titel": "Netwerk Tegelijk", "soort": "Netwerk"}), Row(3, {"titel": "Vernieuwonderwijs", "trekker": "Wij"})
]
how = {"index": NetworkIndexPage.objects.get(), "by": editor, "publish": True}
shown = plan(rows, **how).fingerprint
imported = at_once([lambda: carry_out(rows, **how, fingerprint=shown, file_name="a.csv") for _ in range(5)])
print(json.dumps({
    "imported": [imported, NetworkPage.objects.filter(title="Netwerk Tegelijk").count()],
    "votes": [votes, TopicPollVote.objects.filter(poll_option__poll=poll).count()],
    "letters": [letters, PersonalMessage.objects.filter(sender=newcomer).count()],
    "reviews": ReviewReminder.objects.count(),
    "mails": Mail.objects.filter(template=reminding.TEMPLATE).count(),
    "administrators": [4 - erased, User.objects.filter(is_superuser=True).count()],
}))
User.objects.filter(email="beheerder@example.org").update(is_superuser=True)
"""


def test_of_all_that_comes_at_once_only_what_may_be_is_done(postgresql_site):
    said = json.loads(postgresql_site.manage("shell", "--verbosity=0", "-c", AT_ONCE).splitlines()[-1])

    waiting = said.pop("mails")
    assert said == {
        "imported": [1, 1],
        "votes": [1, 1],
        "letters": [3, 3],
        "reviews": 2,
        "administrators": [1, 1],
    }
    # The worker of the site may have sent it meanwhile.
    sent = [mail for mail in postgresql_site.mails() if mail["Subject"].startswith("Klopt ")]
    assert waiting + len(sent) == 1
