"""The checks that the department's screener makes of a data file and its metadata, made before we write."""

from sightline.publication.open_data.screening.screener import RULES, read_pair, screen, screen_files

__all__ = ["RULES", "read_pair", "screen", "screen_files"]
