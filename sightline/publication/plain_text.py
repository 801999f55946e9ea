"""Text made fit for a cell: one line, nothing that a file format cannot hold."""

import unicodedata


def one_line(text: str) -> str:
    """Without control characters, lone surrogates and noncharacters; runs of white space become a space."""
    kept = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cs", "Cn", "Co")
    )
    return " ".join("".join(kept).split())
