"""The colours of charts: CSS variables on the page, the light scheme's values on paper."""

from __future__ import annotations

PAPER = "var(--paper)"
RAISED = "var(--raised)"
INK = "var(--ink)"
MUTED = "var(--muted)"
RULE = "var(--rule)"
LEAF = "var(--leaf)"
BOLIVIA = "var(--bo)"
PERU = "var(--pe)"
COLOMBIA = "var(--co)"
OTHER_COUNT = "var(--us)"

COUNTRIES = {"BO": BOLIVIA, "PE": PERU, "CO": COLOMBIA}

LIGHT = {
    "--paper": "#FCFAF5",
    "--raised": "#F3EEE2",
    "--ink": "#1D2420",
    "--muted": "#4C554F",
    "--rule": "#D9D2C1",
    "--leaf": "#0A6650",
    "--bo": "#0A6E58",
    "--pe": "#B8480F",
    "--co": "#6A6F78",
    "--us": "#5A4FA2",
    "--partly": "#8A5A00",
    "--contradicted": "#A3222B",
}


def literal(text: str) -> str:
    """``text`` with every variable replaced by its value in the light scheme."""
    for name, value in LIGHT.items():
        text = text.replace(f"var({name})", value)
    return text
