"""Measures speed and scale: synthetic projects, runs of the real commands, a report."""
