"""The PDF editions: one document of a language's finished pages, tagged for screen readers.

``imprint`` says what an edition is, ``book`` reads the pages, ``article``, ``links`` and
``appendix`` turn them into print, ``document`` puts them together, ``render`` writes the file with
``tags`` and ``repair`` completing it, and ``gate`` examines it. ``build`` does it for both languages.
"""
