"""The rules: each a small generator of findings whose docstring is the rule.

Rules read data and chapters and write nothing. All findings are told at once, and one fault gives
one of them: what may follow from a fault elsewhere is held back until that is mended
(:mod:`factbook.checks.grounds`), and records are compared with one another once all can be read.
"""

from factbook.checks.project import Project, check_project

__all__ = ["Project", "check_project"]
