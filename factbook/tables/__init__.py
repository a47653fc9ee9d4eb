"""The only reader of ``data/``: bytes in, typed records and findings out.

:mod:`~factbook.tables.files` turns a file into checked text, :mod:`~factbook.tables.rows` CSV into
rows with line numbers, :mod:`~factbook.tables.records` TOML into tables with line numbers.
:mod:`~factbook.tables.fields` and :mod:`~factbook.tables.shapes` say what each may contain,
:mod:`~factbook.tables.faults` what is told where it does not, :mod:`~factbook.tables.assembly` makes
records of the model, and :mod:`~factbook.tables.reading` puts all together. Whether the records
fit one another is the business of ``factbook.checks``.
"""

from factbook.tables.reading import Tables, read_tables

__all__ = ["Tables", "read_tables"]
