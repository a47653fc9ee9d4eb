"""The rules: each a small generator of findings whose docstring is the rule.

Rules read data and chapters and write nothing. They run in stages, so that one fault gives one
finding: rows that cannot be read are reported before rows that do not fit together, and those
before chapters that ask for what a broken table no longer holds.
"""

from factbook.checks.project import Project, check_project

__all__ = ["Project", "check_project"]
