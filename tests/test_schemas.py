"""The JSON Schemas for editors: made from the shapes, up to date, and no stricter than the check."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from factbook.__main__ import main
from factbook.contributing.schemas import FOLDER, schema_text
from factbook.tables.schemas import SHAPES, schema_of
from tests.miniature import MINI, REAL

NAMES = sorted(SHAPES)


def faults(name: str, document: dict[str, Any]) -> list[str]:
    """Return what a schema refuses in a document, with the path of each fault."""
    found = Draft7Validator(schema_of(name)).iter_errors(document)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in found]


def document(root: Path, name: str) -> dict[str, Any]:
    """Return the content of a TOML file of a project's data."""
    return tomllib.loads((root / "data" / f"{name}.toml").read_text())


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_a_schema_and_up_to_date(name: str) -> None:
    """``python -m factbook schemas`` was run after the last change of the shapes."""
    file = REAL / FOLDER / f"{name}.json"

    assert file.read_text() == schema_text(name), "run: python -m factbook schemas"
    Draft7Validator.check_schema(json.loads(file.read_text()))


@pytest.mark.parametrize("name", NAMES)
def test_the_data_fit_their_schemas(name: str) -> None:
    """What the check accepts, an editor does not underline."""
    assert faults(name, document(REAL, name)) == []
    if (MINI / "data" / f"{name}.toml").exists():
        assert faults(name, document(MINI, name)) == []


TERM = {
    "term": {"en": "corm", "es": "cormo"},
    "definition": {"en": "A bulb.", "es": "Un bulbo."},
}
WRONG = [
    ("terms", {"Corm": TERM}, ": 'Corm' does not match"),
    ("terms", {"corm": TERM | {"terms": []}}, "corm: Additional properties"),
    ("terms", {"corm": {"term": TERM["term"]}}, "corm: 'definition' is a required property"),
    ("terms", {"corm": TERM | {"term": {"en": "corm"}}}, "corm/term: 'es' is a required"),
    ("terms", {"corm": TERM | {"term": {"en": "", "es": "c"}}}, "corm/term/en: '' "),
    ("terms", {"corm": TERM | {"term": "corm"}}, "corm/term: 'corm' is not of type 'object'"),
    ("terms", {"corm": TERM | {"area": "xa"}}, "corm/area: 'xa' does not match"),
    ("terms", {"corm": TERM | {"aliases": "bulb"}}, "corm/aliases: 'bulb' is not of type 'array'"),
    ("terms", {"corm": TERM | {"citations": [{"source": "a"}]}}, "'locator' is a required"),
    ("labels", {"pages-one": {"en": "one", "es": 1}}, "pages-one/es: 1 is not of type 'string'"),
]


@pytest.mark.parametrize(("name", "content", "fault"), WRONG)
def test_what_is_wrong_is_refused(name: str, content: dict[str, Any], fault: str) -> None:
    """An unknown or missing field, a wrong type and a wrong code are underlined."""
    assert any(fault in said for said in faults(name, content)), faults(name, content)


def test_wrong_words_of_a_list_are_refused() -> None:
    """Verdicts, kinds and types of sources are offered by the schema, and nothing else accepted."""
    claims = document(MINI, "claims")
    claims["limit-kept"]["verdict"] = "maybe"
    sources = document(MINI, "sources")
    sources["crown-edict"]["type"] = "edict"

    assert faults("claims", claims)[0].startswith("limit-kept/verdict: 'maybe' is not one of [")
    assert faults("sources", sources)[0].startswith("crown-edict/type: 'edict' is not one of [")


def test_editors_know_which_schema_is_whose() -> None:
    """``.taplo.toml`` names each file with a schema that exists."""
    rules = tomllib.loads((REAL / ".taplo.toml").read_text())["rule"]
    named = {rule["include"][0]: rule["schema"]["path"] for rule in rules}

    assert named == {f"data/{name}.toml": f"{FOLDER}/{name}.json" for name in NAMES}
    recommended = json.loads((REAL / ".vscode/extensions.json").read_text())["recommendations"]
    assert "tamasfe.even-better-toml" in recommended


def test_the_command_writes_what_is_out_of_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A schema that was changed by hand is written again; then there is nothing to do."""
    assert main(["--root", str(tmp_path), "schemas"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"wrote {FOLDER}/{name}.json" for name in SHAPES
    ]
    (tmp_path / FOLDER / "terms.json").write_text("{}")

    main(["--root", str(tmp_path), "schemas"])
    assert capsys.readouterr().out == f"wrote {FOLDER}/terms.json\n"
    main(["--root", str(tmp_path), "schemas"])
    assert capsys.readouterr().out == "All schemas are up to date.\n"
