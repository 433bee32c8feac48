"""Signing in with a demo account, in a browser."""


def sign_in(page, name):
    """On the page for signing in; leads on to where this person was going."""
    page.get_by_label("E-mailadres").fill(f"{name}@example.org")
    page.get_by_label("Wachtwoord", exact=True).fill("demo-flexibel")
    page.get_by_role("main").get_by_role("button", name="Log in").click()
