"""A member says whether questions may come, and how many."""

from datetime import date

import pytest

from forum_integration.models import Profile
from forum_integration.services import routing
from tests.forum_integration.routing.steps import asked

MINE = "/mijn/vragen/"


def test_a_member_becomes_an_expert_and_stops_being_one(question, other_member, subject, browser_of):
    browser = browser_of(other_member)
    assert browser.get(MINE).status_code == 200
    assert not Profile.objects.exists()

    browser.post(MINE, {"is_askable": "on", "expertise": [subject.pk], "most_questions_a_month": "2"})
    routing.put_questions()
    page = browser.get(MINE).content.decode()
    browser.post(MINE, {"expertise": [subject.pk], "most_questions_a_month": "2", "paused_until": "2026-12-24"})

    assert asked() == [other_member]
    assert "Hoe toets je flexibel?" in page
    profile = Profile.objects.get()
    assert (profile.member, profile.is_askable, profile.paused_until) == (other_member, False, date(2026, 12, 24))


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        ({"is_askable": "on"}, "Kies waarover je gevraagd wilt worden"),
        ({"most_questions_a_month": "99"}, "hoogstens 31"),
        ({"paused_until": "morgen"}, "geldige datum"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said(home, member, browser_of, wish, problem):
    page = browser_of(member).post(MINE, {"most_questions_a_month": "2"} | wish).content.decode()

    assert "<title>Fout: " in page
    assert problem in page
    assert not Profile.objects.exists()


def test_a_visitor_is_asked_to_sign_in_for_it(home, visitor):
    assert visitor.get(MINE).url == f"/account/inloggen/?next={MINE}"
