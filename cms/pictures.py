"""Pictures that somebody sends: told by their content, opened with care, without what could hide in them."""

import io
import warnings

import filetype
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 40_000_000
FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}


def kind_of(data: bytes) -> str:
    """The type that the content itself tells, or "" for what is none of these pictures."""
    kind: str | None = filetype.guess_mime(data)
    return kind if kind in FORMATS else ""


def opened(data: bytes, *, name: str) -> Image.Image:
    """The picture upright and without its metadata. Raises ValidationError, in words for who sent it."""
    too_many = ValidationError(f"‘{name}’ heeft te veel beeldpunten: hoogstens 40 miljoen.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[FORMATS[kind_of(data)]]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise too_many
                image.load()
                clean = ImageOps.exif_transpose(image).copy()
    except ValidationError:
        raise
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombWarning) as error:
        raise ValidationError(f"‘{name}’ is geen afbeelding die te openen is.") from error
    except Image.DecompressionBombError as error:
        raise too_many from error
    clean.info = {}
    return clean
