"""The domain of Leaf & Law: cited figures, from a row of data to text, charts and editions.

Data flows one way through these modules; each imports only from those before it in this list:

errors, model, periods, formulas, formatting, citations, tables, dataset, charts, markup, vocabulary,
chapters, checks, editions, __main__.

Nothing here knows the site engine: that is the business of the package ``macros``.
"""
