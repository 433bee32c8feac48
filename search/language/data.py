"""The word lists kept in search/data/: plain text, words apart by spaces or lines, # for a remark."""

from pathlib import Path

LANGUAGE = Path(__file__).parent
DATA = LANGUAGE.parent / "data"


def read_lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for raw in lines if (line := raw.split("#")[0].strip())]


def read_words(name: str) -> list[str]:
    return [word for line in read_lines(name) for word in line.split()]
