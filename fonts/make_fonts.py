"""Make the site's fonts from Adobe's released variable fonts.

    python fonts/make_fonts.py NODE_MODULES

NODE_MODULES is a folder into which the npm packages `source-sans` and
`source-serif` were installed (see README.md beside this file). The script
writes

- overrides/assets/fonts/*.woff2: variable, what a page loads;
- fonts/*.ttf: static, what charts and the PDF are laid out with.

Both come from the same outlines, so that a label measured for a chart is as
wide in the reader's browser. Same input, same bytes.

Adobe's licence reserves the name "Source" for unmodified fonts, therefore the
families are renamed. The new names hold no digit: in an SVG attribute a family
with a digit would need quotes and is silently ignored without them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "overrides" / "assets" / "fonts"
STATIC = ROOT / "fonts"

# Regular to strong headings. Every further weight costs bytes on each page.
WEIGHTS = (400, 650)

# Source Serif draws letters differently by size. 18 lies between running text
# (19 px) and headings; keeping the axis would add half the file again.
OPTICAL_SIZE = 18

ASCII = "".join(map(chr, range(0x20, 0x7F)))
# Spanish, Quechua and Aymara need ñ, ä, ï, ü, the acutes and both apostrophes
# (U+2019, U+02BC); the rest of Latin-1 is for names of authors and places.
LATIN = "".join(map(chr, range(0xC0, 0x100))) + "ŠšŽžČčĆćŁłŃńʼ"
PUNCTUATION = "\u00a0\u202f¡¿«»‘’“”–—−…·•§¶†©ªº°′″"
SIGNS = "±×÷≠≈≤≥¹²³½€£←→↗↑↓"
CHARACTERS = ASCII + LATIN + PUNCTUATION + SIGNS

# What a page loads holds what our texts need, and no more: the three faces of a
# page together stay under 60 kB. Charts and PDF, which load nothing, have all of
# the above. A test compares the finished pages with this list.
WEB_LATIN = "ÁÉÍÓÚÜÑáéíóúüñÄÏÖäïöëâêôàèìòùçãõʼ"
WEB_PUNCTUATION = "\u00a0\u202f¡¿«»‘’“”–—−…·§ªº°"
WEB_SIGNS = "±×÷≠≈≤≥²³½€→↑"
ITALIC_CHARACTERS = ASCII + WEB_LATIN + WEB_PUNCTUATION
WEB_CHARACTERS = ITALIC_CHARACTERS + WEB_SIGNS

FEATURES = ["kern", "liga", "onum", "lnum", "tnum", "pnum", "case"]
# The sans has lining figures from the start and sets no prose.
SANS_FEATURES = ["kern", "lnum", "tnum"]
ITALIC_FEATURES = ["kern", "liga"]
WEB_FEATURES = {"Hoja Serif": ["kern", "liga", "onum", "lnum", "tnum"], "Hoja Sans": SANS_FEATURES}

SERIF = "source-serif/VAR/SourceSerif4Variable-{}.ttf"
SANS = "source-sans/VF/SourceSans3VF-{}.ttf"

# file, family, italic, where
WEB_FONTS = [  # with no weight: variable from 400 to 650
    ("hoja-serif.woff2", "Hoja Serif", False, None, SERIF.format("Roman")),
    ("hoja-serif-italic.woff2", "Hoja Serif", True, 400, SERIF.format("Italic")),
    ("hoja-sans.woff2", "Hoja Sans", False, None, SANS.format("Upright")),
]
STATIC_FONTS = [
    ("HojaSans-Regular.ttf", "Hoja Sans", False, 400, SANS.format("Upright")),
    ("HojaSans-SemiBold.ttf", "Hoja Sans", False, 600, SANS.format("Upright")),
    ("HojaSerif-Regular.ttf", "Hoja Serif", False, 400, SERIF.format("Roman")),
    ("HojaSerif-Italic.ttf", "Hoja Serif", True, 400, SERIF.format("Italic")),
    ("HojaSerif-SemiBold.ttf", "Hoja Serif", False, 600, SERIF.format("Roman")),
    ("HojaSerif-SemiBoldItalic.ttf", "Hoja Serif", True, 600, SERIF.format("Italic")),
]


def subset(font: TTFont, characters: str, features: list[str]) -> None:
    """Keep the characters and features that are used."""
    options = Options()
    options.layout_features = features
    options.hinting = False  # no reader's renderer needs it at these sizes
    options.name_IDs = ["*"]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.drop_tables += ["DSIG"]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)


def limit_axes(font: TTFont, weight: tuple[int, int] | int) -> TTFont:
    """Pin the optical size and narrow, or pin, the weight."""
    axes = {axis.axisTag for axis in font["fvar"].axes}
    limits: dict[str, tuple[int, int] | int] = {"wght": weight}
    if "opsz" in axes:
        limits["opsz"] = OPTICAL_SIZE
    return instancer.instantiateVariableFont(font, limits, updateFontNames=False)


def rename(font: TTFont, family: str, italic: bool, weight: int | None) -> None:
    """Give the new family name; keep copyright (0) and licence (13, 14)."""
    style = {None: "Regular", 400: "Regular", 600: "SemiBold"}[weight]
    if italic:
        style = "Italic" if style == "Regular" else f"{style} Italic"
    full = f"{family} {style}"
    postscript = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
    table = font["name"]
    kept = [record for record in table.names if record.nameID in (0, 13, 14)]
    version = table.getDebugName(5) or ""
    table.names = [record for record in kept if record.platformID == 3]
    names = {3: f"{postscript};{version}", 4: full, 5: version, 6: postscript}
    if style in ("Regular", "Italic"):
        names |= {1: family, 2: style}
    else:  # styles outside the old four get the typographic names as well
        names |= {1: f"{family} SemiBold", 2: "Italic" if italic else "Regular"}
        names |= {16: family, 17: style}
    if weight is None:
        names[25] = family.replace(" ", "")
    for name_id, text in sorted(names.items()):
        table.setName(text, name_id, 3, 1, 0x409)


def drop_style_names(font: TTFont) -> None:
    """Named instances and the style table point at names that went away."""
    if "STAT" in font:
        del font["STAT"]
    if "fvar" in font:
        font["fvar"].instances = []
        for axis in font["fvar"].axes:
            axis.axisNameID = font["name"].addMultilingualName(
                {"en": "Weight"}, ttFont=font, mac=False, minNameID=256
            )


def make(source: Path, target: Path, family: str, italic: bool, weight: int | None) -> None:
    """Write one font; no weight means variable in weight."""
    font = TTFont(source, recalcTimestamp=False)
    web = target.suffix == ".woff2"
    characters, features = CHARACTERS, FEATURES
    if web:
        characters = ITALIC_CHARACTERS if italic else WEB_CHARACTERS
        features = ITALIC_FEATURES if italic else WEB_FEATURES[family]
    subset(font, characters, features)
    font = limit_axes(font, WEIGHTS if weight is None else weight)
    rename(font, family, italic, weight)
    drop_style_names(font)
    font["OS/2"].achVendID = "NONE"
    font["OS/2"].usWeightClass = weight or 400
    # Exactly one of italic (bit 0) and regular (bit 6), or neither if bold-ish.
    style_bits = 0b1 if italic else (0 if weight == 600 else 0b1000000)
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b1100001 | style_bits
    font.flavor = "woff2" if target.suffix == ".woff2" else None
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    missing = sorted(set(map(ord, characters)) - set(font.getBestCmap()))
    note = " without " + " ".join(f"U+{code:04X}" for code in missing) if missing else ""
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes{note}")


def main() -> None:
    """Make all fonts from the packages in the folder given."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    packages = Path(sys.argv[1])
    for name, family, italic, weight, source in WEB_FONTS:
        make(packages / source, WEB / name, family, italic, weight)
    for name, family, italic, weight, source in STATIC_FONTS:
        make(packages / source, STATIC / name, family, italic, weight)


if __name__ == "__main__":
    main()
