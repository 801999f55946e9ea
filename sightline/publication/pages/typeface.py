"""Where the report's typeface lies: Lato, from a package, so that no machine needs fonts installed."""

from pathlib import Path

FAMILY = "Lato"


def font_folder() -> str:
    import font_lato

    return str(Path(font_lato.__file__).parent / "files")
