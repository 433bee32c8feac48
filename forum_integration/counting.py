"""Numbers that tell a member how much there is to read: beyond a hundred it no longer matters how many."""

MOST_COUNTED = 100


def counted(number: int) -> str:
    """A number that was counted no further than ``MOST_COUNTED``, as it is shown; nothing for zero."""
    return "" if not number else f"{number - 1}+" if number >= MOST_COUNTED else str(number)
