"""The authors' vocabulary: what it prints, that nothing in a text harms a page, what depends on what."""

from __future__ import annotations

from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html as lxml_html

from factbook.chapters import read_chapters
from factbook.errors import LookupFailure
from factbook.model import Language
from factbook.rendering import rendering
from factbook.vocabulary import NAMES, Vocabulary
from tests.miniature import REAL, edition_of_mini

NASTY = (
    "<script>alert('x')</script> {{ figure }} {% x %} [x](y) ![i](j)"
    " *a* _b_ `c` \\\\d & &amp; | {: .e }"
)
"""What HTML, Jinja and Markdown read something into, as it stands in a TOML text."""
SHOWN = NASTY.replace("\\\\", "\\")


def as_html(text: str) -> str:
    """Return what the site engine makes of a page."""
    configuration = (REAL / "mkdocs.yml").read_text().replace("!ENV ", "")
    extensions = yaml.safe_load(configuration)["markdown_extensions"]
    options = {name: given or {} for name, given in extensions.items()}
    return markdown.markdown(text, extensions=list(options), extension_configs=options)


def pages(root: Path, language: Language) -> dict[str, str]:
    """Return the chapters of a project as HTML, by path."""
    edition = edition_of_mini(root, language)
    chapters, _ = read_chapters(root, language)
    return {c.path: rendering(c, edition).markdown for c in chapters}


def with_nasty_texts(root: Path) -> Path:
    """Put what could do harm into a note, a title, a term, a claim, an event and a source."""
    for path, good, bad in (
        ("data/terms.toml", '"corm"', f'"{NASTY}"'),
        ("data/terms.toml", '"The bulb from', f'"{NASTY} The bulb from'),
        ("data/claims.toml", '"The limit is kept"', f'"{NASTY}"'),
        ("data/claims.toml", '"No date is given."', f'"{NASTY}"'),
        ("data/events.toml", '"The edict raises the limit"', f'"{NASTY}"'),
        ("data/indicators.toml", '"Area under saffron"', f'"{NASTY}"'),
        ("data/sources.toml", '"What we counted"', f'"{NASTY}"'),
        ("data/areas.csv", "Amber Valley", '"' + SHOWN.replace('"', '""') + '"'),
    ):
        file = root / path
        text = file.read_text()
        assert good in text
        file.write_text(text.replace(good, bad))
    return root


@pytest.mark.parametrize(
    "path",
    ["farming.md", "data/area.md", "glossary.md", "claims.md", "timeline.md", "sources.md"],
)
def test_texts_do_no_harm(mini: Path, path: str) -> None:
    """Whatever stands in a text of the data is shown as it is, and nothing is read into it."""
    page = as_html(pages(with_nasty_texts(mini), Language.EN)[path])
    tree = lxml_html.fromstring(page)

    assert "<script" not in page
    assert "{{ figure }}" not in page or path == "sources.md"
    assert tree.xpath("//script | //em | //strong | //code[.='c'] | //img") == []
    assert tree.xpath("//a[@href='y']") == []
    assert "e" not in {c for e in tree.iter() for c in str(e.get("class") or "").split()}
    assert SHOWN in tree.text_content()


def test_the_author_s_words_do_no_harm(mini_dataset: object, mini: Path) -> None:
    """The shown form of a term is escaped like all texts."""
    vocabulary = Vocabulary(edition_of_mini(mini, Language.EN), "farming.md")

    tree = lxml_html.fromstring(as_html(vocabulary.term("corm", SHOWN)))

    assert tree.xpath("//script | //em | //code") == []
    assert SHOWN in tree.text_content()


def test_a_figure_is_a_link_to_its_observation(mini: Path) -> None:
    """A figure carries its value and observation, and leads to its own row."""
    vocabulary = Vocabulary(edition_of_mini(mini, Language.ES), "farming.md")

    tree = lxml_html.fromstring(vocabulary.figure("crop-area", "XA", 2022))
    link = tree.xpath("//a[contains(@class, 'figure')]")[0]

    assert link.get("href") == "../data/area/#crop-area_XA_2022_census-2022"
    assert dict(link[0].attrib) == {
        "value": "4500",
        "data-observation": "crop-area/XA/2022/census-2022",
    }
    assert link.text_content() == "cerca de 4500\u00a0ha"


def test_every_address_of_a_figure_leads_somewhere(mini: Path) -> None:
    """Each link of a chapter into a data page has its anchor there, in both languages."""
    for language in Language:
        made = pages(mini, language)
        anchors = {
            "../data/area/": set(lxml_html.fromstring(made["data/area.md"]).xpath("//@id")),
            "../data/leaf/": set(lxml_html.fromstring(made["data/leaf.md"]).xpath("//@id")),
        }
        links = lxml_html.fromstring(made["farming.md"]).xpath("//a/@href")
        into = [link.partition("#") for link in links if link.startswith("../data/")]
        assert len(into) > 10
        assert [link for link in into if link[2] not in anchors[link[0]]] == []


def test_no_id_is_given_twice(mini: Path) -> None:
    """The ids of a page are all different."""
    for path, page in pages(mini, Language.EN).items():
        ids = lxml_html.fromstring(f"<div>{page}</div>").xpath("//@id")
        assert sorted(ids) == sorted(set(ids)), path


def test_every_word_of_the_vocabulary_is_a_function(mini: Path) -> None:
    """The list of names and the functions are the same."""
    functions = Vocabulary(edition_of_mini(mini, Language.EN), "farming.md").functions

    assert tuple(functions) == NAMES
    assert all(function.__doc__ for function in functions.values())


CHANGES = [
    # file, good, bad, what may change: pages, and a text that tells the change
    ("crop-area.csv", "XA,2022,4500", "XA,2022,4567",
     {"index.md", "farming.md", "data/area.md", "data/leaf.md", "claims.md"}, "4567"),
    ("crop-area.csv", "XA-V,2022,950", "XA-V,2022,955", {"data/area.md"}, "955"),
    ("harvest.csv", "XA,2021,6.3", "XA,2021,6.4", {"farming.md", "data/leaf.md"}, "6.4"),
    ("harvest-sold.csv", "XA,2022,2.1", "XA,2022,2.4", {"farming.md", "data/leaf.md"}, "2.4"),
    ("legal-limit.csv", "XA,1990/2016,3000", "XA,1990/2016,3100", {"data/area.md"}, "3100"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "good", "bad", "changed", "value"), CHANGES)
@pytest.mark.parametrize("language", list(Language))
def test_one_value_changes_what_depends_on_it(
    mini: Path,
    table: str,
    good: str,
    bad: str,
    changed: set[str],
    value: str,
    language: Language,
) -> None:
    """A value changed in one cell changes the pages that print it or what is computed from it."""
    before = pages(mini, language)
    file = mini / "data/observations" / table
    text = file.read_text()
    assert good in text
    file.write_text(text.replace(good, bad))
    after = pages(mini, language)

    assert {path for path in before if before[path] != after[path]} == changed
    assert any(value in after[path].replace(",", "") for path in changed)


def test_one_value_changes_only_its_figures(mini: Path) -> None:
    """On the pages that change, only the figures that stand on the value have changed."""
    before = pages(mini, Language.EN)["farming.md"].split('<span class="fact">')
    file = mini / "data/observations/crop-area.csv"
    file.write_text(file.read_text().replace("XA,2021,4200", "XA,2021,4210"))
    after = pages(mini, Language.EN)["farming.md"].split('<span class="fact">')

    different = [new for old, new in zip(before, after, strict=True) if old != new]
    named = [lxml_html.fromstring(f"<p>{part}").xpath("//data/@data-derived") for part in different]
    assert [names[0] for names in named if names] == [
        "limit-use-change/XA/2022",
        "yield/XA/2021",
        "area-change/XA/2022",
    ]


def test_a_chart_that_is_not_drawn_is_never_left_out_in_silence(mini: Path) -> None:
    """A page asks for a known chart without a picture: the build stops and says what to run."""
    vocabulary = Vocabulary(edition_of_mini(mini, Language.EN), "farming.md")
    with pytest.raises(LookupFailure) as caught:
        vocabulary.chart("eradication")
    assert str(caught.value) == (
        "the chart 'eradication' is not drawn yet; run 'python -m factbook render'"
    )
    with pytest.raises(LookupFailure, match=r"unknown chart 'eradicatoin'\. Did you mean 'erad"):
        vocabulary.chart("eradicatoin")
