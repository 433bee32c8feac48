"""Archives that come from outside, such as office files: whether opening one would fill the memory."""

from zipfile import ZipFile

MOST_PARTS = 1000
LARGEST_UNPACKED = 100 * 1024 * 1024
HIGHEST_RATIO = 100


def unpacks_too_large(archive: ZipFile, size: int) -> bool:
    """By what it says of itself, of which no more is ever read; ``size`` is that of the archive in bytes."""
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    return len(parts) > MOST_PARTS or unpacked > LARGEST_UNPACKED or unpacked > HIGHEST_RATIO * size
