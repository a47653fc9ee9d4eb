"""What a change of the data does to readers: figures, computed figures, sentences, charts, pages.

:mod:`~factbook.diff.revision` puts a state of the project into a folder, :mod:`~factbook.diff.side`
reads it, :mod:`~factbook.diff.figures` compares two states of the dataset,
:mod:`~factbook.diff.pages` what their pages print, :mod:`~factbook.diff.report` says it as Markdown.
"""
