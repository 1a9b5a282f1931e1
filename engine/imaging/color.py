"""From whatever colours a file has to 8-bit sRGB."""

import io
from functools import lru_cache

import numpy as np
from PIL import Image, ImageCms

_WHITE = (255, 255, 255, 255)
_DEEP_MODES = ("I;16", "I;16L", "I;16B", "I;16N", "I", "F")
_USUAL_PEAKS = (1.0, 255.0, 65535.0)
_ALPHA_MODES = ("RGBA", "LA")


def eight_bit(image: Image.Image) -> Image.Image:
    """The picture in a mode with 8 bits per channel that can be resized: L, LA, RGB, RGBA, CMYK, YCbCr or LAB."""
    if image.mode in _DEEP_MODES:
        return _scaled_to_eight_bit(image)
    if image.has_transparency_data and image.mode not in _ALPHA_MODES:
        return image.convert("RGBA")
    if image.mode == "1":
        return image.convert("L")
    return image if image.mode in ("L", "RGB", "CMYK", "YCbCr", "LAB", *_ALPHA_MODES) else image.convert("RGB")


def _scaled_to_eight_bit(image: Image.Image) -> Image.Image:
    """Scale what Pillow would clip: its own conversion shows every 16-bit value above 255 as white."""
    values = np.asarray(image)
    if values.dtype.itemsize == 2:
        return Image.fromarray((values >> 8).astype(np.uint8))
    finite = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    brightest = float(finite.max(initial=0.0))
    # The file does not say what white is: the smallest usual value that holds the brightest pixel.
    white = next((peak for peak in _USUAL_PEAKS if brightest <= peak), brightest)
    return Image.fromarray((finite.clip(0, white) * (255 / white)).astype(np.uint8))


def to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """An 8-bit picture as RGB in sRGB: transparency on white, colours through the file's profile."""
    if image.mode in _ALPHA_MODES:
        image = _on_white(image)
    if image.mode == "YCbCr":
        image = image.convert("RGB")
    converted = _through_profile(image, profile) if profile or image.mode == "LAB" else None
    return image.convert("RGB") if converted is None else converted


def _on_white(image: Image.Image) -> Image.Image:
    picture = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, _WHITE), picture).convert("RGB")


def _through_profile(image: Image.Image, profile: bytes | None) -> Image.Image | None:
    """The picture in sRGB; None if the profile is broken or of another kind of picture, as many are."""
    try:
        return ImageCms.applyTransform(image, _transform(profile, image.mode))
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


@lru_cache(maxsize=16)
def _transform(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform:
    """The way from a profile to sRGB. Without lcms' one-pixel cache, so that threads may share it."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else ImageCms.createProfile("LAB")
    return ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), mode, "RGB", flags=ImageCms.Flags.NOCACHE)
