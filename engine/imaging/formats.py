"""Which picture formats there are, how to tell them apart, and which of them can be read here.

Nothing in this module loads an imaging library: the scanner asks it about every file of a library.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import PurePath

HEADER_BYTES = 64
"""How much of a file `sniff` wants to see."""

RAW = "RAW"
_TIFF = "TIFF"
_EXTRA_READERS = "pip install 'lookalike[formats]'"


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """A format that can be read, perhaps only with an extra package.

    Attributes:
        name: as Pillow and its plugins call it; `RAW` for all camera raws.
        title: as people call it.
        distribution: the package that reads it.
        module: what that package is imported as.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    distribution: str = "pillow"
    module: str = "PIL"

    @property
    def reader(self) -> str:
        """Name and version of the package that reads it, or only its name where it is not installed."""
        name = "Pillow" if self.distribution == "pillow" else self.distribution
        return f"{name} {_version(self.distribution)}" if self.available else name

    @property
    def available(self) -> bool:
        """Whether the package that reads it is installed."""
        from importlib.util import find_spec  # slow to load, like the above

        return find_spec(self.module) is not None

    @property
    def cure(self) -> str:
        """The command that makes it available."""
        return "pip install --upgrade pillow" if self.distribution == "pillow" else _EXTRA_READERS


@cache
def _version(distribution: str) -> str:
    """Of a package, as it was when it was asked for first: what is loaded by then stays."""
    from importlib.metadata import version  # slow to load, and the settings want to know the formats' names

    return version(distribution)


@dataclass(frozen=True, slots=True)
class UnreadFormat:
    """A format that is known and deliberately not read.

    Attributes:
        title: what to call such a file, with its article.
    """

    name: str
    title: str
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormatSupport:
    """One line of what this machine can read.

    Attributes:
        name: "JPEG", "HEIC", ...
        reader: package and version.
        cure: the command that makes it available; empty if it is.
    """

    name: str
    extensions: tuple[str, ...]
    reader: str
    available: bool
    cure: str


_RAW_NAMES = (
    "3fr arw bay cr2 cr3 crw dcr dng erf fff iiq k25 kdc mef mos mrw nef nrw orf pef raf raw rw2 rwl sr2 srf srw x3f"
)
_VIDEO_NAMES = "3gp avi flv insv lrv m2ts m4v mkv mov mp4 mpeg mpg mts ogv vob webm wmv"


def _extensions(names: str) -> tuple[str, ...]:
    return tuple(f".{name}" for name in names.split())


# The allowlist: what is not in it is never handed to a decoder. Pillow alone knows 43 formats, EPS (which starts
# Ghostscript) among them, and most of its security fixes concern formats no camera writes.
READABLE = {
    entry.name: entry
    for entry in (
        PictureFormat("JPEG", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo")),
        PictureFormat("PNG", "PNG", (".png", ".apng")),
        PictureFormat("WEBP", "WebP", (".webp",)),
        PictureFormat(_TIFF, "TIFF", (".tif", ".tiff")),
        PictureFormat("GIF", "GIF", (".gif",)),
        PictureFormat("BMP", "BMP", (".bmp", ".dib")),
        PictureFormat("AVIF", "AVIF", (".avif", ".avifs"), module="PIL._avif"),
        PictureFormat("HEIF", "HEIC", (".heic", ".heif", ".hif", ".heics", ".heifs"), "pillow-heif", "pillow_heif"),
        PictureFormat("JXL", "JPEG XL", (".jxl",), "pillow-jxl-plugin", "pillow_jxl"),
        PictureFormat(RAW, "camera raw", _extensions(_RAW_NAMES), "rawpy", "rawpy"),
    )
}

UNREAD = {
    entry.name: entry
    for entry in (
        UnreadFormat("DDS", "a game texture (DDS)", (".dds",)),
        UnreadFormat("EMF", "a Windows drawing", (".emf", ".wmf")),
        UnreadFormat("EPS", "a PostScript drawing (EPS)", (".eps", ".epsf")),
        UnreadFormat("EXR", "an OpenEXR picture", (".exr",)),
        UnreadFormat("FITS", "an astronomical picture (FITS)", (".fits",)),
        UnreadFormat("FLI", "a FLIC animation", (".fli", ".flc")),
        UnreadFormat("FPX", "a FlashPix picture", (".fpx",)),
        UnreadFormat("HDR", "a Radiance picture (HDR)", (".hdr",)),
        UnreadFormat("ICNS", "an icon file (ICNS)", (".icns",)),
        UnreadFormat("ICO", "an icon file (ICO)", (".ico", ".cur")),
        UnreadFormat("JP2", "a JPEG 2000 picture", (".jp2", ".j2k", ".jpf", ".jpx", ".j2c", ".jpc")),
        UnreadFormat("PCX", "a Paintbrush picture (PCX)", (".pcx", ".dcx")),
        UnreadFormat("PNM", "a Netpbm picture", (".pbm", ".pgm", ".ppm", ".pnm", ".pam")),
        UnreadFormat("PSD", "a Photoshop document", (".psd", ".psb")),
        UnreadFormat("SGI", "a Silicon Graphics picture", (".sgi",)),
        UnreadFormat("SVG", "a vector drawing (SVG)", (".svg", ".svgz")),
        UnreadFormat("TGA", "a Targa picture", (".tga",)),
        UnreadFormat("XCF", "a GIMP document", (".xcf",)),
        UnreadFormat("XPM", "an X11 icon (XPM)", (".xpm", ".xbm")),
    )
}

_BY_EXTENSION = {extension: entry.name for entry in READABLE.values() for extension in entry.extensions} | {
    extension: entry.name for entry in UNREAD.values() for extension in entry.extensions
}

PHOTO_EXTENSIONS: frozenset[str] = frozenset(_BY_EXTENSION)
"""Every extension of a picture, whether it can be read or only explained; lower case, with the dot."""

VIDEO_EXTENSIONS: frozenset[str] = frozenset(_extensions(_VIDEO_NAMES))

_MAGIC = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"FUJIFILMCCD-RAW", RAW),
    (b"IIU\0", RAW),
    (b"IIRO", RAW),
    (b"IIRS", RAW),
    (b"MMOR", RAW),
    (b"\0MRM", RAW),
    (b"FOVb", RAW),
    (b"II\x1a\0\0\0HEAPCCDR", RAW),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"II+\0", _TIFF),
    (b"MM\0+", _TIFF),
    (b"\xff\x0a", "JXL"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "JXL"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JP2"),
    (b"\xff\x4f\xff\x51", "JP2"),
    (b"8BPS", "PSD"),
    (b"%!PS-Adobe-3.0 EPSF", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"icns", "ICNS"),
    (b"DDS ", "DDS"),
    (b"\x76\x2f\x31\x01", "EXR"),
    (b"gimp xcf", "XCF"),
    (b"#?RADIANCE", "HDR"),
    (b"SIMPLE  =", "FITS"),
)

# An ISO media file names its brand first and what it is compatible with after that. A brand of "mif1" alone says no
# more than "pictures inside", so AVIF is looked for first.
_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}
)
_BMP_HEADER_SIZES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_VIDEO_MAGIC = (b"\x1aE\xdf\xa3", b"\0\0\x01\xba", b"\0\0\x01\xb3", b"OggS", b"FLV\x01")
_APPLE_DOUBLE = b"\x00\x05\x16\x07"


def sniff(header: bytes) -> str | None:
    """The format of the picture that starts with these 64 bytes; None if they start no picture."""
    for magic, name in _MAGIC:
        if header.startswith(magic):
            return RAW if name == _TIFF and header[8:11] == b"CR\x02" else name
    if header[:4] == b"RIFF" and header[8:12] == b"WEBP":
        return "WEBP"
    if header[:2] == b"BM" and int.from_bytes(header[14:18], "little") in _BMP_HEADER_SIZES:
        return "BMP"
    return _sniff_iso_media(header)


def _sniff_iso_media(header: bytes) -> str | None:
    brands = _brands(header)
    if _AVIF_BRANDS & brands:
        return "AVIF"
    if _HEIF_BRANDS & brands:
        return "HEIF"
    return RAW if b"crx " in brands else None


def _brands(header: bytes) -> frozenset[bytes]:
    """The brands of an ISO media file (HEIF, AVIF, CR3, MP4, QuickTime), major and compatible."""
    if header[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(header[:4], "big"), len(header))
    starts = (8, *range(16, end, 4))
    return frozenset(header[start : start + 4] for start in starts)


def is_video(header: bytes) -> bool:
    """Whether these are the first bytes of a video."""
    if header[:4] == b"RIFF":
        return header[8:12] == b"AVI "
    return header.startswith(_VIDEO_MAGIC) or (header[4:8] == b"ftyp" and sniff(header) is None)


def why_not_a_photo(name: str, header: bytes) -> str | None:
    """Why the file is none of our business; None if it is a photo, or claims to be one."""
    if sniff(header) is not None:
        return None
    extension = extension_of(name)
    if header.startswith(_APPLE_DOUBLE):
        return "a companion file of macOS, not a photo"
    if is_video(header) or extension in VIDEO_EXTENSIONS:
        return "a video, not a photo"
    return None if extension in PHOTO_EXTENSIONS else "not a photo"


def extension_of(name: str) -> str:
    """The extension in lower case, with its dot."""
    return PurePath(name).suffix.lower()


def format_by_name(name: str) -> str | None:
    """The format that a file's name claims; None if it claims none."""
    return _BY_EXTENSION.get(extension_of(name))


def format_called(text: str) -> str | None:
    """The format that a person means by its name, its title or an extension, such as "jpg"; None if there is none."""
    wanted = text.strip().lstrip(".").casefold()
    for entry in READABLE.values():
        if wanted in (entry.name.casefold(), entry.title.casefold()) or f".{wanted}" in entry.extensions:
            return entry.name
    return None


def title(name: str) -> str:
    """What people call the format."""
    return READABLE[name].title if name in READABLE else name


def support() -> list[FormatSupport]:
    """What can be read on this machine, by what, and what to do about the rest."""
    return [
        FormatSupport(
            name=entry.title,
            extensions=entry.extensions,
            reader=entry.reader,
            available=entry.available,
            cure="" if entry.available else entry.cure,
        )
        for entry in READABLE.values()
    ]
