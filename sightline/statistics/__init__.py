"""Measures: what is counted, on which base, with what interval."""
