"""Pictures in pixels: PNG of charts and cards, cached, repeatable, in our own letters."""

from __future__ import annotations

import base64
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from factbook.charts import keys, palette, raster, store
from factbook.charts.pixels import in_pixels
from factbook.charts.raster import Sheet
from factbook.errors import ChartError

ROOT = Path(__file__).parent.parent

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40" width="120" height="40">'
    '<rect width="120" height="40" fill="#FCFAF5"/><rect width="20" height="20" fill="#B8480F"/>'
    '<text x="30" y="25" font-family="Hoja Sans, sans-serif" font-size="16px">{}</text></svg>'
)
SHEETS = {
    "en/leaf": Sheet(SVG.format("Leaf"), 2),
    "es/leaf": Sheet(SVG.format("Hoja"), 2),
    "en/social/data/area.png": Sheet(SVG.format("Area")),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "fonts").symlink_to(ROOT / "fonts")
    return tmp_path


def entries(root: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((root / ".cache/charts/pixels").glob("*.json"))}


# Faults


def test_a_picture_that_cannot_be_read_is_named_and_the_others_are_kept(root: Path) -> None:
    with pytest.raises(ChartError, match=r"^picture 'en/bad': the SVG cannot be drawn \(.+\)$"):
        in_pixels(root, {**SHEETS, "en/bad": Sheet("<svg")}, processes=2)
    told: list[str] = []
    in_pixels(root, SHEETS, progress=lambda done, of, name: told.append(name))
    assert told == []


def test_without_fonts_nothing_is_drawn_in_letters_of_the_machine(tmp_path: Path) -> None:
    with pytest.raises(ChartError, match=r"there are no fonts \(fonts/\*\.ttf\)"):
        in_pixels(tmp_path, SHEETS)
    assert not (tmp_path / ".cache").exists()


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: raw[:-40],
        lambda raw: b"",
        lambda raw: b"[]",
        lambda raw: b'"text"',
        lambda raw: raw.replace(b'"drawing":"iVBOR', b'"drawing":"iVBOS'),
        lambda raw: json.dumps(json.loads(raw) | {"drawing": None}).encode(),
        lambda raw: json.dumps(json.loads(raw) | {"key": "0"}).encode(),
        lambda raw: b"\xff\xfe" + raw,
    ],
)
def test_a_damaged_entry_is_drawn_again(root: Path, damage: object) -> None:
    first = in_pixels(root, SHEETS, processes=1)
    whole = entries(root)
    assert callable(damage)
    path = store.pixels_path(root, "es/leaf")
    path.write_bytes(damage(path.read_bytes()))
    assert entries(root) != whole
    told: list[str] = []
    again = in_pixels(root, SHEETS, processes=1, progress=lambda *news: told.append(news[2]))
    assert told == ["es/leaf"]
    assert again == first and entries(root) == whole


def test_what_a_killed_build_leaves_is_whole_and_the_next_one_finishes(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    code = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from factbook.charts.pixels import in_pixels
from factbook.charts.raster import Sheet
from tests.test_pixels import SHEETS
def die(done, of, name):
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    in_pixels(Path({str(root)!r}), SHEETS, processes=1, progress=die)
"""
    script = tmp_path_factory.mktemp("killed") / "killed.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script)], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    left = set(entries(root))
    assert len(left) == 1
    half = root / ".cache/charts/pixels" / "es+leaf.json123.part"
    half.write_text('{"key":', encoding="utf-8")
    told: list[str] = []
    found = in_pixels(root, SHEETS, processes=1, progress=lambda *news: told.append(news[2]))
    assert len(told) == len(SHEETS) - 1 and set(found) == set(SHEETS)


# What comes out


def test_order_and_number_of_processes_leave_no_trace(tmp_path: Path) -> None:
    results = []
    for name, order, processes in (("a", 1, 1), ("b", -1, 3)):
        root = tmp_path / name
        root.mkdir()
        (root / "fonts").symlink_to(ROOT / "fonts")
        found = in_pixels(root, dict(list(SHEETS.items())[::order]), processes=processes)
        results.append((dict(sorted(found.items())), entries(root)))
    assert results[0] == results[1]


def test_a_picture_keeps_its_size_and_the_colours_of_the_house(root: Path) -> None:
    found = in_pixels(root, SHEETS)
    picture = Image.open(io.BytesIO(found["en/leaf"]))
    assert picture.format == "PNG" and picture.mode == "P" and picture.size == (240, 80)
    exact = picture.convert("RGB")
    for place, colour in (((230, 70), palette.LIGHT["--paper"]), ((10, 10), palette.LIGHT["--pe"])):
        assert "#{:02X}{:02X}{:02X}".format(*exact.getpixel(place)) == colour
    assert Image.open(io.BytesIO(found["en/social/data/area.png"])).size == (120, 40)
    assert found["en/leaf"] != found["es/leaf"]


def test_many_colours_become_the_most_frequent_ones() -> None:
    shades = "".join(f'<rect x="{n}" width="1" height="1" fill="#{n:06x}"/>' for n in range(1000))
    raw = f'<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="2">{shades}</svg>'
    png = raster.draw(raster.Job("many", Sheet(raw), "key", keys.fonts(ROOT)))
    picture = Image.open(io.BytesIO(base64.b64decode(png)))
    assert len(picture.getcolors()) <= raster.COLOURS


def test_the_key_changes_with_picture_scale_module_font_and_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fonts").mkdir()
    font = tmp_path / "fonts" / "A.ttf"
    font.write_bytes(b"one")

    def key(svg: str = "a", scale: float = 1) -> str:
        return keys.picture_key(svg, scale, keys.shared_by_pictures(tmp_path))

    before = key()
    assert key() == before
    found = [key(svg="b"), key(scale=2)]
    font.write_bytes(b"three")
    found.append(key())
    monkeypatch.setattr(keys, "PIXEL_LIBRARIES", ("vl-convert-python",))
    found.append(key())
    monkeypatch.setattr(keys, "FOLDER", tmp_path)
    for edited in ("raster.py", "outlines.py"):
        (tmp_path / edited).write_text("COLOURS = 2", encoding="utf-8")
        found.append(key())
    assert len({before, *found}) == 7


def test_a_warm_run_imports_none_of_the_heavy_libraries(root: Path) -> None:
    in_pixels(root, SHEETS)
    plain = {name: (sheet.svg, sheet.scale) for name, sheet in SHEETS.items()}
    code = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from factbook.charts.pixels import in_pixels
from factbook.charts.raster import Sheet
sheets = {{name: Sheet(*sheet) for name, sheet in {plain!r}.items()}}
assert set(in_pixels(Path({str(root)!r}), sheets)) == set(sheets)
loaded = {{"altair", "pandas", "vl_convert", "narwhals", "PIL"}} & set(sys.modules)
assert not loaded, loaded
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
