"""Texts and the rows that stand for them, in arrays that can be mapped from a file and searched at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(slots=True, eq=False)
class Lexicon:
    """`texts` sorted, each once; what is added later stands in `more` until the next building."""

    texts: NDArray[np.bytes_]
    rows: NDArray[np.int32]
    more: dict[bytes, int] = field(default_factory=dict)

    def row(self, text: bytes) -> int:
        """The row of a text, 0 where there is none."""
        if text in self.more:
            return self.more[text]
        cut = np.array(text, self.texts.dtype)
        at = int(np.searchsorted(self.texts, cut))
        # A text longer than the longest held would be cut and found wrongly.
        if at < len(self.texts) and self.texts[at] == text:
            return int(self.rows[at])
        return 0


def lexicon(letters: NDArray[np.uint8], used: Iterable[int] | NDArray[np.int64] | None = None) -> Lexicon:
    """From rows of letters padded with noughts; of equal texts the first row, and none for the empty one."""
    texts = np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel()
    distinct, first = np.unique(texts, return_index=True)
    rows = first if used is None else np.asarray(used)[first]
    said = distinct != b""
    return Lexicon(distinct[said], rows[said].astype(np.int32))


def cut_letters(letters: NDArray[np.uint8], length: NDArray[np.uint8], off_the_end: int) -> NDArray[np.uint8]:
    """The letters without so many of the last."""
    keep = np.arange(letters.shape[1]) < (length.astype(np.int64) - off_the_end)[:, None]
    return np.where(keep, letters, 0).astype(np.uint8)
