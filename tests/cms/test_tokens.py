"""The colours of the site can be told apart and read, in light and in dark."""

import re

import pytest

from cms.stylesheet import PARTS

LOOKS = ["light", "dark"]
GROUNDS = ["paper", "card", "sand"]
HUES = ["forum", "networks", "partnerships", "research-groups"]


def _tokens() -> dict[str, tuple[str, str]]:
    css = (PARTS / "tokens.css").read_text(encoding="utf-8")
    return {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", css)}


TOKENS = _tokens()


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def pairs(foregrounds: list[str], backgrounds: list[str]) -> list[tuple[str, str, str]]:
    return [(look, front, back) for look in LOOKS for front in foregrounds for back in backgrounds]


def measured(look: str, front: str, back: str) -> float:
    return contrast(TOKENS[front][LOOKS.index(look)], TOKENS[back][LOOKS.index(look)])


TINTS = [f"{hue}-tint" for hue in HUES] + ["knowledge-tint"]


def test_contrast_is_measured_as_the_standard_does():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("look", "front", "back"), pairs(["ink"], [*GROUNDS, *TINTS, "mark"]))
def test_running_text_has_seven_to_one(look, front, back):
    assert measured(look, front, back) >= 7


@pytest.mark.parametrize(("look", "front", "back"), pairs(["ink-soft", *HUES], GROUNDS))
def test_all_text_on_the_grounds_has_four_and_a_half_to_one(look, front, back):
    assert measured(look, front, back) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("hue", HUES)
def test_a_category_can_be_read_on_its_own_tint(look, hue):
    assert measured(look, hue, f"{hue}-tint") >= 4.5


@pytest.mark.parametrize(("look", "front", "back"), pairs(["ink-soft"], TINTS))
def test_soft_ink_can_be_read_on_every_tint(look, front, back):
    assert measured(look, front, back) >= 4.5


@pytest.mark.parametrize(("look", "front", "back"), pairs(["edge"], [*GROUNDS, *TINTS]))
def test_the_edge_of_a_control_has_three_to_one(look, front, back):
    assert measured(look, front, back) >= 3


@pytest.mark.parametrize("part", sorted(PARTS.rglob("*.css")), ids=lambda path: path.name)
def test_no_stylesheet_but_the_tokens_and_print_names_a_colour(part):
    if part.name in {"tokens.css", "print.css"}:
        return

    assert not re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", part.read_text(encoding="utf-8"))
