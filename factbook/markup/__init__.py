"""HTML of figures, citations, tables, lists and charts, as pages show them.

Everything here is a pure function from records to escaped text. What comes out is put into
Markdown, so that text is escaped for both HTML and Markdown (:mod:`~factbook.markup.html`).
"""
