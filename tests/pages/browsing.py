"""Pages as somebody meets them."""

from django.test import Client


def browser_of(user=None):
    """A browser in which this person has signed in; a visitor's without one."""
    browser = Client()
    if user:
        browser.force_login(user)
    return browser


def page(browser, address):
    return browser.get(address).content.decode()
