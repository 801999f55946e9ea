"""Whether a draft may become a release: two people, untouched files, tables that withstand an attack."""

import unicodedata
from collections.abc import Sequence

from sightline.publication.plain_text import one_line
from sightline.vocabulary.decisions import Decision, allowed, refused

BASIS = "Nothing leaves without two people (design.md, decision 10)"


def is_same_person(one: str, other: str) -> bool:
    """Names that differ in nothing but case, white space, the way their letters are composed, or characters
    that nobody sees."""
    return _folded(one) == _folded(other)


def _folded(name: str) -> str:
    seen = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    return one_line(unicodedata.normalize("NFKC", seen)).casefold()


def may_make(made_by: str) -> Decision:
    if not one_line(made_by):
        return refused("A report needs the name of the person who makes it; give it with --by.", basis=BASIS)
    return allowed(basis=BASIS)


def may_approve(*, by: str, made_by: str, approved_by: str, differences: Sequence[str]) -> Decision:
    """`differences` are the files that are not as the manifest says."""
    if not one_line(by):
        return refused(
            "An approval needs the name of the person who gives it; give it with --by.", basis=BASIS
        )
    if approved_by:
        return refused(f"The report is a release already: {approved_by} approved it.", basis=BASIS)
    if is_same_person(by, made_by):
        return refused(
            f"{one_line(by)} made this report; somebody else must approve it.",
            basis=BASIS,
        )
    if differences:
        named = ", ".join(differences[:5]) + (" and more" if len(differences) > 5 else "")
        return refused(
            f"The folder is not as it was made: {named}. Make the report again, then approve it.", basis=BASIS
        )
    return allowed(basis=BASIS)
