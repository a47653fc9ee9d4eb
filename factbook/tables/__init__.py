"""The only reader of ``data/``: bytes in, typed records and findings out.

:mod:`~factbook.tables.files` turns a file into checked text, :mod:`~factbook.tables.rows` CSV into
rows with line numbers, :mod:`~factbook.tables.records` TOML into tables with line numbers,
:mod:`~factbook.tables.shapes` says what each may contain, :mod:`~factbook.tables.reading` puts the
records together. Whether the records fit one another is the business of ``factbook.checks``.
"""

from factbook.tables.reading import Tables, read_tables

__all__ = ["Tables", "read_tables"]
