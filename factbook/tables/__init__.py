"""The only reader of ``data/``: bytes in, typed records and findings out.

:mod:`~factbook.tables.files` turns a file into checked text, :mod:`~factbook.tables.rows` CSV into
rows with line numbers, :mod:`~factbook.tables.records` TOML into tables with line numbers.
:mod:`~factbook.tables.fields` and :mod:`~factbook.tables.shapes` say what each may contain,
:mod:`~factbook.tables.faults` what is told where it does not, :mod:`~factbook.tables.assembly` makes
records of the model, and :mod:`~factbook.tables.reading` puts all together in
:class:`~factbook.tables.content.Tables`. Whether the records
fit one another is the business of ``factbook.checks``.
"""

from pathlib import Path

from factbook.tables.content import Tables

__all__ = ["Tables", "read_tables"]


def read_tables(root: Path) -> Tables:
    """Read ``root/data`` whole. Never raises for a fault in the data: see :attr:`Tables.findings`."""
    # Imported here: the library that judges rows is large, and most builds find the tables read.
    from factbook.tables import reading

    return reading.read_tables(root)
