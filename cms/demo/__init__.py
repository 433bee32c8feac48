"""The demo content: each room registers what it loads, and ``manage.py load_demo`` calls it all.

A loader finds its records in fixtures/ and adds what is not there yet. What exists stays as it is, so that a second run
changes nothing and the work of editors is never overwritten.
"""

from cms.demo.fixtures import Fixture, FixtureError, Record, UnknownSlugError, referred, referred_list
from cms.demo.registry import load_all, register

__all__ = [
    "Fixture",
    "FixtureError",
    "Record",
    "UnknownSlugError",
    "load_all",
    "referred",
    "referred_list",
    "register",
]
