"""A moderator keeps order: what waits, does not belong, was reported or was asked twice; in a real browser."""

QUEUE, LOG = "/forum/moderatie/wachtrij/", "/forum/moderatie/logboek/"
TITLE, TWIN, SPAM = "Hoe nakijken met kwartelveren?", "Kwartelveren bij het nakijken?", "Koop goedkope kwartelkorting"
WORD = "kwartelveren"
ANOTHER_NEWCOMER = """
from allauth.account.models import EmailAddress
from cms.models import User

user = User.objects.create_user("laatkomer@example.org", "demo-flexibel", display_name="Lia Laatkomer")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""


def ask(site, page, title):
    """Ask a question, and give its address."""
    page.goto(site.url + "/forum/")
    page.get_by_role("main").get_by_role("link", name="Stel je vraag").click()
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Je bericht").fill("Wie heeft hier ervaring mee?")
    page.get_by_role("button", name="Plaats", exact=True).click()
    page.locator(".post--opening").wait_for()
    return page.url.partition("?")[0]


def places_with(site, page, words):
    """Where anybody could meet these words."""
    places = {
        "search": f"/api/zoeken/?q={words}",
        "suggestions": f"/zoeken/suggesties/?q={words}",
        "feed": "/forum/feed/",
        "list": "/forum/",
        "worklist": "/forum/onbeantwoord/",
    }
    texts = {name: page.request.get(site.url + path).text() for name, path in places.items()}
    return {name for name, text in texts.items() if words.casefold() in text.replace(f"q={words}", "").casefold()}


def mails_to(site, name):
    site.manage("run_jobs")
    return {
        mail["Subject"]: mail.get_body(["plain"]).get_content()
        for mail in site.mails()
        if mail["To"] == f"{name}@example.org"
    }


def report(page, topic, axe):
    page.goto(topic)
    page.get_by_role("link", name="Meld het bericht").first.click()
    axe(page)
    page.get_by_label("Het is reclame").check()
    page.get_by_role("button", name="Meld dit bericht").click()
    page.locator(".messages").wait_for()


def reach(page, target):
    """Go with the Tab key to what this locator finds, as somebody without a mouse does."""
    target.wait_for()
    for _ in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The Tab key never comes to {target}")


def press(page, target):
    reach(page, target)
    page.keyboard.press("Enter")


def fill(page, target, text):
    reach(page, target)
    page.keyboard.type(text)


def test_a_moderator_keeps_order(site, signed_in, new_context, axe):
    newcomer, moderator, visitor = signed_in("nieuwkomer"), signed_in("moderator"), new_context().new_page()
    first, spam = ask(site, newcomer, TITLE), ask(site, newcomer, SPAM)

    # The queue shows the question; approving it mails the author, and lists, feed and search have it.
    assert visitor.request.get(first).status == 404
    assert not places_with(site, visitor, WORD)
    moderator.goto(site.url + QUEUE)
    waiting = moderator.locator(".queue__item", has_text=TITLE)
    waiting.get_by_role("button", name="Plaats dit bericht").click()
    moderator.get_by_text("Het bericht staat op het forum.").wait_for()
    assert visitor.request.get(first).status == 200
    assert {"search", "feed", "list", "worklist"} <= places_with(site, visitor, WORD)
    assert any(TITLE in text and "staat nu op het forum" in text for text in mails_to(site, "nieuwkomer").values())

    # A post that does not belong is refused with a reason, which its author reads; nobody else ever saw the title.
    unwanted = moderator.locator(".queue__item", has_text=SPAM)
    unwanted.locator("summary", has_text="Weiger").click()
    unwanted.get_by_label("Waarom").first.fill("Het forum is niet voor reclame.")
    unwanted.get_by_role("button", name="Weiger", exact=True).click()
    moderator.get_by_text("Niets wacht op je").wait_for()
    newcomer.goto(spam)
    assert "Het forum is niet voor reclame." in newcomer.get_by_role("main").inner_text()
    assert any("Het forum is niet voor reclame." in text for text in mails_to(site, "nieuwkomer").values())
    assert visitor.request.get(spam).status == 404
    assert not places_with(site, visitor, "kwartelkorting")

    # Three members report a post: it is hidden, and its author is told.
    for name in ("lid", "expert", "vertegenwoordiger"):
        assert visitor.request.get(first).status == 200
        report(signed_in(name), first, axe)
    assert visitor.request.get(first).status == 404
    assert not places_with(site, visitor, WORD)
    assert any(TITLE in text and "gemeld" in text for text in mails_to(site, "nieuwkomer").values())

    # Put back: it can be read again, and the reports are closed.
    moderator.goto(site.url + QUEUE)
    axe(moderator)
    moderator.get_by_role("button", name="Zet dit bericht terug").click()
    moderator.get_by_text("Niets wacht op je").wait_for()
    assert visitor.request.get(first).status == 200
    assert "search" in places_with(site, visitor, WORD)

    # The same question again goes into the first one: its address leads there, and who followed it comes along.
    second = ask(site, signed_in("lid"), TWIN)
    follower = signed_in("expert")
    follower.goto(second)
    follower.get_by_role("button", name="Volg dit gesprek", exact=True).click()
    moderator.goto(second)
    moderator.locator("summary", has_text="Modereren").click()
    moderator.get_by_role("link", name="Voeg samen met een ander gesprek").click()
    axe(moderator)
    moderator.get_by_label("Adres van het andere gesprek").fill(first)
    moderator.get_by_role("button", name="Bekijk eerst").click()
    moderator.get_by_role("button", name="Ja, voeg samen").wait_for()
    axe(moderator)
    moderator.get_by_role("button", name="Ja, voeg samen").click()
    moderator.get_by_text("De twee gesprekken zijn nu één gesprek.").wait_for()
    visitor.goto(second)
    assert visitor.url == first
    follower.goto(site.url + "/forum/gevolgd/")
    assert TITLE in follower.get_by_role("main").inner_text()

    # The log lists all of it, with name and time.
    moderator.goto(site.url + LOG)
    log = moderator.get_by_role("main").inner_text()
    for act in ("plaatste", "weigerde", "verborg na meldingen", "zette terug", "voegde samen"):
        assert act in log
    assert log.count("Demo moderator") == 4  # hiding after three reports is the platform's own
    assert moderator.locator("main time[datetime]").count() == 5
    axe(moderator)


def test_a_moderator_keeps_order_without_a_mouse(site, signed_in, new_context, axe):
    site.manage("shell", "--verbosity=0", "-c", ANOTHER_NEWCOMER)
    newcomer, visitor = signed_in("laatkomer"), new_context().new_page()
    first, unwanted = (
        ask(site, newcomer, "Hoe leer je valkenieren?"),
        ask(site, newcomer, "Valkenkorting voor iedereen"),
    )
    moderator = signed_in("moderator")

    moderator.goto(site.url + QUEUE)
    waiting = moderator.locator(".queue__item", has_text="valkenieren")
    press(moderator, waiting.get_by_role("button", name="Plaats dit bericht"))
    moderator.get_by_text("Het bericht staat op het forum.").wait_for()
    assert visitor.request.get(first).status == 200

    refused = moderator.locator(".queue__item", has_text="Valkenkorting")
    press(moderator, refused.locator("summary", has_text="Weiger"))
    fill(moderator, refused.get_by_label("Waarom").first, "Het forum is niet voor reclame.")
    press(moderator, refused.get_by_role("button", name="Weiger", exact=True))
    moderator.get_by_text("Niets wacht op je").wait_for()
    assert visitor.request.get(unwanted).status == 404

    for name in ("lid", "expert", "vertegenwoordiger"):
        report(signed_in(name), first, axe)
    assert visitor.request.get(first).status == 404
    moderator.goto(site.url + QUEUE)
    press(moderator, moderator.get_by_role("button", name="Zet dit bericht terug"))
    moderator.get_by_text("Niets wacht op je").wait_for()
    assert visitor.request.get(first).status == 200

    second = ask(site, signed_in("lid"), "Valkenieren leren, hoe doe je dat?")
    moderator.goto(second)
    press(moderator, moderator.locator("summary", has_text="Modereren"))
    press(moderator, moderator.get_by_role("link", name="Voeg samen met een ander gesprek"))
    fill(moderator, moderator.get_by_label("Adres van het andere gesprek"), first)
    press(moderator, moderator.get_by_role("button", name="Bekijk eerst"))
    press(moderator, moderator.get_by_role("button", name="Ja, voeg samen"))
    moderator.get_by_text("De twee gesprekken zijn nu één gesprek.").wait_for()
    visitor.goto(second)
    assert visitor.url == first


def test_who_put_an_idea_forward_closes_it_and_asks_again(site, signed_in, axe):
    page = signed_in("lid")
    page.goto(site.url + "/forum/")
    page.get_by_role("link", name="Ideeën en feedback").first.click()
    page.get_by_role("main").get_by_role("link", name="Leg je idee voor").first.click()
    page.get_by_label("Titel").fill("Een middag in het museum")
    page.get_by_label("Waarop wil je feedback?").fill("Past dit bij een deeltijdgroep?")
    page.get_by_label("Je bericht").fill("Samen kijken, samen ontwerpen.")
    axe(page)
    page.get_by_role("button", name="Plaats", exact=True).click()
    page.get_by_role("link", name="Rond af met een samenvatting").click()
    axe(page)
    page.get_by_label("Wat neem je mee?").fill("We **beginnen** in maart.")
    page.get_by_role("button", name="Rond af", exact=True).click()

    page.get_by_role("heading", name="Dit kwam eruit").wait_for()
    assert "We beginnen in maart." in page.locator("#samenvatting").inner_text()
    axe(page)
    page.get_by_role("button", name="Vraag opnieuw om reacties").click()
    page.get_by_text("Je idee staat weer open voor reacties.").wait_for()
    assert page.get_by_role("button", name="Plaats je antwoord").count() == 1
