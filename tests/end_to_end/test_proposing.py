"""Somebody without an account proposes a network on a phone, and an editor makes a draft of it."""

from tests.end_to_end.signing_in import sign_in
from tests.end_to_end.test_correcting import body_of, fits

NAME = "Proeftuin Maatwerkroutes Zeeland"


def test_a_proposal_is_written_first_sent_after_signing_in_and_made_a_draft(site, signed_in, new_context, axe):
    writer = new_context(viewport={"width": 320, "height": 640}).new_page()
    writer.goto(site.url + "/netwerken/")
    writer.locator('main a[href^="/voordragen/"]').first.click()

    # While the name is typed, what is there already comes up.
    writer.get_by_label("Hoe heet het?").press_sequentially("Toetsbekwaamheid")
    writer.get_by_role("link", name="Netwerk Toetsbekwaamheid").first.wait_for()
    fits(writer, axe)
    writer.get_by_label("Hoe heet het?").fill(NAME)
    writer.get_by_text("We vonden niets dat zo heet.").wait_for()

    writer.get_by_role("button", name="Draag het voor").click()
    writer.locator(".error-summary").wait_for()
    fits(writer, axe)
    assert writer.get_by_label("Hoe heet het?").input_value() == NAME
    writer.get_by_label("Netwerken", exact=True).check()
    writer.get_by_label("Wat doen ze voor flexibel opleiden?").fill("Ze maken routes op maat.")
    writer.get_by_role("button", name="Draag het voor").click()

    sign_in(writer, "lid")
    writer.get_by_role("heading", name="Klaar om te versturen").wait_for()
    fits(writer, axe)
    writer.get_by_role("button", name="Verstuur").click()
    writer.get_by_text("wacht op de redactie").wait_for()
    fits(writer, axe)

    editor = signed_in("redacteur")
    editor.goto(site.url + "/beheer/voordrachten/")
    axe(editor)
    editor.get_by_role("main").get_by_role("link", name=NAME).click()
    axe(editor)
    editor.get_by_label("Soort").select_option("netwerk")
    editor.get_by_role("button", name="Maak er een concept van").click()
    editor.get_by_text("Er is een concept gemaakt").wait_for()

    assert NAME in body_of(site, "lid@example.org", "Je voordracht")
    writer.goto(site.url + "/netwerken/")
    assert NAME not in writer.content()
