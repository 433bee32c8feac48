import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.urls import reverse

from cms.models import User
from tests.cms.accounts import NEW_PASSWORD, PASSWORD, member
from tests.cms.markup import active_parts
from tests.data import lines_of

pytestmark = pytest.mark.django_db

SIGN_UP, SIGN_IN, SIGN_OUT = "/account/registreren/", "/account/inloggen/", "/account/uitloggen/"
FORGOTTEN, MINE = "/account/wachtwoord/vergeten/", "/mijn/"
ENGLISH = re.compile(
    r"\b(the|you|your|please|password|sign|email|account is|confirm|invalid|link expired)\b", re.IGNORECASE
)


def link_in(message):
    """The path of the address of the site's own that a mail asks to open."""
    found = re.search(r"http://127\.0\.0\.1:8000(/account/\S+)", message.body)
    assert found, message.body
    return found[1]


def sign_up(client, **changes):
    form = {"display_name": "Zoë van Dijk", "email": "zoe@example.org", "password1": PASSWORD, **changes}
    return client.post(SIGN_UP, form)


def sign_in(client, email="lid@example.org", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def is_signed_in(client):
    return client.get(MINE).status_code == 200


def test_a_new_account_works_after_its_address_is_confirmed(client):
    assert sign_up(client, follow=True).status_code == 302
    user = User.objects.get(email="zoe@example.org")
    assert user.display_name == "Zoë van Dijk"
    assert not is_signed_in(client)

    confirm = link_in(mail.outbox[0])
    assert "zoe@example.org" in client.get(confirm).content.decode()
    assert not EmailAddress.objects.get(user=user).verified  # a mail scanner opens links too
    client.post(confirm)

    assert EmailAddress.objects.get(user=user).verified
    assert is_signed_in(client)


def test_an_unconfirmed_account_is_not_let_in(client):
    sign_up(client)
    client.cookies.clear()

    answer = sign_in(client, "zoe@example.org")

    assert answer.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)


def test_a_link_to_confirm_works_in_another_browser_but_signs_nobody_in_there(client, client_of):
    sign_up(client)
    other = client_of(None)

    other.post(link_in(mail.outbox[0]))

    assert EmailAddress.objects.get(email="zoe@example.org").verified
    assert not is_signed_in(other)


def test_signing_up_with_a_known_address_looks_the_same_and_tells_its_owner(client, client_of):
    member("lid@example.org")
    new, known = client, client_of(None)

    answers = [sign_up(new, email="nieuw@example.org"), sign_up(known, email="LID@example.org")]

    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert [message.subject for message in mail.outbox] == ["Bevestig je e-mailadres", "Je hebt al een account"]
    assert User.objects.filter(email__iexact="lid@example.org").count() == 1


def test_a_forgotten_password_is_asked_for_the_same_way_for_known_and_unknown_addresses(client):
    member("lid@example.org")

    answers = [client.post(FORGOTTEN, {"email": email}) for email in ("lid@example.org", "geen@example.org")]

    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert [message.to for message in mail.outbox] == [["lid@example.org"], ["geen@example.org"]]
    assert [message.subject for message in mail.outbox] == [
        "Kies een nieuw wachtwoord",
        "Er is geen account met dit e-mailadres",
    ]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client):
    member("lid@example.org")

    wrong, unknown = (
        sign_in(client, email, "verkeerd wachtwoord") for email in ("lid@example.org", "geen@example.org")
    )

    message = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
    assert wrong.status_code == unknown.status_code == 200
    assert message in wrong.content.decode()
    assert message in unknown.content.decode()


def test_a_forgotten_password_is_replaced_once_through_the_link(client, client_of):
    user = member("lid@example.org")
    elsewhere = client_of(user)
    client.post(FORGOTTEN, {"email": user.email})
    link = link_in(mail.outbox[0])

    form = client.get(link, follow=True)
    assert "Nieuw wachtwoord" in form.content.decode()
    assert link not in form.request["PATH_INFO"]  # the key is in no address that a page could pass on
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD})

    assert sign_in(client, user.email, NEW_PASSWORD).status_code == 302
    assert not is_signed_in(elsewhere)  # whoever knew the old password is out
    again = client_of(None).get(link, follow=True)
    assert "Deze link werkt niet meer" in again.content.decode()
    assert mail.outbox[-1].subject == "Je wachtwoord is veranderd"


def test_mails_link_to_the_address_of_the_site_whatever_host_a_request_names(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    member("lid@example.org")
    host = {"HTTP_HOST": "evil.example", "HTTP_X_FORWARDED_HOST": "evil.example"}

    client.post(SIGN_UP, {"display_name": "Zoë", "email": "z@example.org", "password1": PASSWORD}, **host)
    client.post(SIGN_UP, {"display_name": "Lid", "email": "lid@example.org", "password1": PASSWORD}, **host)
    for email in ("lid@example.org", "geen@example.org"):
        client.post(FORGOTTEN, {"email": email}, **host)

    assert len(mail.outbox) == 4
    for message in mail.outbox:
        assert "evil.example" not in message.message().as_string()
        assert link_in(message)


def test_signing_out_asks_first_and_takes_a_post(client_of):
    client = client_of(member("lid@example.org"))

    assert client.get(SIGN_OUT).status_code == 200
    assert is_signed_in(client)
    client.post(SIGN_OUT)

    assert not is_signed_in(client)


def test_a_changed_password_keeps_this_session_and_ends_the_others(client_of):
    user = member("lid@example.org")
    here, elsewhere = client_of(user), client_of(user)

    wrong = here.post("/account/wachtwoord/", {"oldpassword": "iets anders", "password1": NEW_PASSWORD})
    assert "Dit is niet je huidige wachtwoord." in wrong.content.decode()
    here.post("/account/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_a_new_address_asks_the_password_and_tells_the_old_address(client_of):
    user = member("lid@example.org")
    client = client_of(user)

    asked = client.post("/account/e-mailadres/", {"email": "nieuw@example.org", "action_add": ""})
    assert urlsplit(asked.url).path == "/account/opnieuw-inloggen/"
    client.post(asked.url, {"password": PASSWORD})
    client.post(link_in(mail.outbox[0]))

    user.refresh_from_db()
    assert user.email == "nieuw@example.org"
    assert [message.to for message in mail.outbox] == [["nieuw@example.org"], ["lid@example.org"]]


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        r"\\evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        " //evil.example",
        "data:text/html,x",
    ],
)
def test_after_signing_in_nobody_leaves_the_site(client, address):
    member("lid@example.org")

    assert sign_in(client, next=address).url == "/"


def test_after_signing_in_one_returns_to_where_one_was(client):
    member("lid@example.org")

    assert sign_in(client, next="/forum/?pagina=2").url == "/forum/?pagina=2"


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("kort", "12 tekens"),
        ("zoevandijk1", "12 tekens"),
        ("password1234", "te algemeen"),
        ("zoe@example.org", "lijkt te veel op"),
        ("Zoë van Dijk", "lijkt te veel op"),
        ("x" * 257, "hoogstens 256"),
    ],
)
def test_a_weak_password_is_refused_and_the_rest_of_the_form_remains(client, password, message):
    page = sign_up(client, password1=password).content.decode()

    assert message in page
    assert 'value="Zoë van Dijk"' in page
    assert 'value="zoe@example.org"' in page
    assert not re.search(r'type="password"[^>]*value=', page)
    assert "<title>Fout: " in page
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["een paar losse woorden", "日本語のパスワードです。日本語", "p" * 100 + " 9!x"])
def test_a_long_password_needs_no_special_characters_and_may_have_any(client, password):
    assert sign_up(client, password1=password).status_code == 302


def test_an_error_is_summed_up_and_tied_to_its_field(client):
    page = client.post(SIGN_UP, {}).content.decode()

    for name, message in (("display_name", "Vul je naam in."), ("email", "Vul je e-mailadres in.")):
        assert re.search(rf'<a href="#id_{name}">[^<]*{message}</a>', page)
        assert re.search(rf'<input[^>]*name="{name}"[^>]*aria-invalid="true"', page)


def test_the_sixth_failure_in_five_minutes_waits_but_not_for_who_comes_from_elsewhere(client, client_of):
    member("lid@example.org")
    for _ in range(5):
        sign_in(client, password="verkeerd wachtwoord")

    refused = sign_in(client)

    assert "Wacht vijf minuten" in refused.content.decode()
    assert not is_signed_in(client)
    elsewhere = client_of(None)
    elsewhere.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(elsewhere).status_code == 302


def test_signing_up_again_and_again_is_refused_for_a_while(client):
    answers = [client.post(SIGN_UP, {}) for _ in range(21)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Even rustig aan" in answers[-1].content.decode()


def test_a_robot_that_fills_in_every_field_gets_no_account_and_hears_nothing_of_it(client):
    page = client.get(SIGN_UP).content.decode()
    assert '<div class="honeypot" aria-hidden="true">' in page
    assert "style=" not in page

    response = sign_up(client, website="https://x.nl")

    assert response.status_code == 302
    assert not User.objects.exists()
    assert not mail.outbox


def test_a_new_session_starts_at_signing_in(client):
    member("lid@example.org")
    client.get(SIGN_IN)
    sign_in(client)
    first = client.session.session_key
    client.post(SIGN_OUT)
    sign_in(client)

    assert client.session.session_key != first
    assert not Session.objects.filter(pk=first).exists()


def test_a_blocked_member_is_out_at_once_and_stays_out(client_of, client):
    user = member("lid@example.org")
    inside = client_of(user)
    user.is_active = False
    user.save()

    assert not is_signed_in(inside)
    answer = sign_in(client)
    assert not is_signed_in(client)
    assert answer.status_code in {200, 302}


def test_my_page_shows_what_is_mine_and_changes_my_name(client_of):
    user = member("lid@example.org", display_name="Oude naam")
    client = client_of(user)
    assert "lid@example.org" in client.get(MINE).content.decode()

    client.post(MINE, {"display_name": "Nieuwe naam", "email": "ander@example.org", "is_superuser": "on"})

    user.refresh_from_db()
    assert (user.display_name, user.email, user.is_superuser) == ("Nieuwe naam", "lid@example.org", False)


def test_my_page_is_for_who_signed_in(client):
    answer = client.get(MINE)

    assert answer.status_code == 302
    assert answer.url == f"{SIGN_IN}?next={MINE}"


def test_no_form_changes_what_only_administrators_may_change(client, client_of):
    sign_up(client, is_staff="on", is_superuser="on", is_active="", groups="1")

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)


def test_all_that_people_read_about_their_account_is_dutch(client, client_of):
    user = member("lid@example.org")
    inside = client_of(user)
    client.post(FORGOTTEN, {"email": user.email})
    visitors = [SIGN_UP, SIGN_IN, FORGOTTEN, "/account/bevestig/", "/account/bevestig/geen-sleutel/"]
    visitors += ["/account/niet-actief/", "/account/wachtwoord/vergeten/verstuurd/", "/account/wachtwoord/nieuw/klaar/"]
    visitors += ["/account/wachtwoord/nieuw/1/geen-sleutel/", link_in(mail.outbox[0])]
    members = [MINE, SIGN_OUT, "/account/wachtwoord/", "/account/e-mailadres/", "/account/opnieuw-inloggen/"]
    pages = [client.get(path, follow=True) for path in visitors] + [inside.get(path) for path in members]
    pages += [client.post(SIGN_UP, {"email": "x"}), sign_in(client, "x", ""), client.post(FORGOTTEN, {"email": "x"})]
    pages += [inside.post("/account/wachtwoord/", {}), inside.post(MINE, {"display_name": ""})]

    for page in pages:
        assert page.status_code == 200
        content = re.sub(r"(?s)<head.*?</head>|<script.*?</script>|<[^>]+>", " ", page.content.decode())
        assert not ENGLISH.search(content), (page.request["PATH_INFO"], ENGLISH.search(content))


@pytest.mark.parametrize("name", lines_of("xss.txt")[::6])
def test_a_name_is_shown_as_text_wherever_it_is_shown(client_of, name):
    user = member()
    User.objects.update(display_name=name[:80])

    for address in (MINE, SIGN_OUT):
        assert not active_parts(client_of(user).get(address)), address
