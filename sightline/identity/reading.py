"""From a frame of people, one row a record, to the arrays of `arrays`."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import polars as pl

from sightline.identity.arrays import (
    FORENAME_SLOTS,
    MEMO_SLOTS,
    POSTCODE_BYTES,
    SURNAME_SLOTS,
    TOKEN_BYTES,
    Names,
    Population,
    Postcodes,
    Records,
)
from sightline.identity.names import relatives, skeleton, sound, tables, tokens_of, without_brackets

RECORDS_IMAGINED = 500
ORDINARY_NAME = 1 / 2_000
"""Before any data: as if so many records had been seen, each name borne by one in two thousand."""


class Vocabulary:
    """Numbers for tokens as they are met; 0 is none."""

    def __init__(self) -> None:
        self.tokens: list[str] = [""]
        self.number_of: dict[str, int] = {"": 0}

    def number(self, token: str) -> int:
        known = self.number_of.get(token)
        if known is None:
            known = self.number_of[token] = len(self.tokens)
            self.tokens.append(token)
        return known


def population(people: pl.DataFrame, agencies: Sequence[str]) -> Population:
    """`people` has one row a record with the columns named below; see intake.records.PersonRecord."""
    vocabulary = Vocabulary()
    forenames = _forename_tokens(people, vocabulary)
    surnames = _surname_tokens(people, vocabulary)
    postcodes, codes, areas = _postcodes(people)
    born = people.select(pl.coalesce("born_on", "expected_on").alias("b"))["b"]
    days = (born.to_physical().fill_null(-25567).to_numpy() + 25567).astype(np.int32)
    records = Records(
        agency=people["agency"]
        .replace_strict({a: i for i, a in enumerate(agencies)}, return_dtype=pl.Int8)
        .to_numpy(),
        forenames=forenames,
        surnames=surnames,
        born=days,
        year=born.dt.year().fill_null(0).cast(pl.Int16).to_numpy(),
        month=born.dt.month().fill_null(0).cast(pl.Int8).to_numpy(),
        day=born.dt.day().fill_null(0).cast(pl.Int8).to_numpy(),
        is_expected=people["born_on"].is_null().to_numpy() & people["expected_on"].is_not_null().to_numpy(),
        sex=people["sex"]
        .replace_strict({"male": 1, "female": 2}, default=0, return_dtype=pl.Int8)
        .to_numpy(),
        postcodes=codes,
        area=areas,
        nhs_number=people["nhs_number"].cast(pl.Int64, strict=False).fill_null(0).to_numpy(),
        upn=_upn_numbers(people["upn"]),
        is_restricted=people["is_restricted"].fill_null(False).to_numpy(),
    )
    return Population(records, _names(vocabulary.tokens, forenames, surnames), postcodes)


def _upn_numbers(upns: pl.Series) -> np.ndarray:
    """A whole number per UPN: its hash, which no arithmetic needs to undo."""
    texts = upns.cast(pl.String).fill_null("")
    numbers = (texts.hash(7).to_numpy() >> np.uint64(1)).astype(np.int64)
    return np.where((texts == "").to_numpy(), np.int64(0), numbers)


def _coded(column: pl.Series) -> tuple[list[str], np.ndarray]:
    """The distinct texts of a column and, for each row, which one it has."""
    filled = column.fill_null("")
    distinct = filled.unique(maintain_order=True)
    return distinct.to_list(), filled.cast(pl.Enum(distinct)).to_physical().to_numpy()


def _slots(tokens: Iterable[Iterable[int]], width: int) -> np.ndarray:
    rows = [tuple(each)[:width] for each in tokens]
    filled = np.zeros((len(rows), width), np.int32)
    for at, row in enumerate(rows):
        filled[at, : len(row)] = row
    return filled


def _forename_tokens(people: pl.DataFrame, vocabulary: Vocabulary) -> np.ndarray:
    given, at = _coded(people["forenames"])
    per_text = []
    for text in given:
        outside, inside = without_brackets(text)
        found = [vocabulary.number(t) for t in tokens_of(outside, is_forename=True).tokens]
        more = [vocabulary.number(t) for name in inside for t in tokens_of(name, is_forename=True).tokens]
        per_text.append((*found[:1], 0, *dict.fromkeys((*found[1:], *more))))
    slots: np.ndarray = _slots(per_text, FORENAME_SLOTS)[at]
    preferred, at = _coded(people["preferred_forename"])
    first = _slots(
        ([vocabulary.number(t) for t in tokens_of(text, is_forename=True).tokens[:1]] for text in preferred),
        1,
    )
    slots[:, 1] = first[at, 0]
    return slots


def _surname_tokens(people: pl.DataFrame, vocabulary: Vocabulary) -> np.ndarray:
    joined = people.select(
        pl.concat_str(["surname", "former_surname"], separator="|", ignore_nulls=True).alias("s")
    )["s"]
    given, at = _coded(joined)
    per_text = []
    for text in given:
        found: list[int] = []
        for part in text.split("|"):
            outside, inside = without_brackets(part)
            for name in (outside, *inside):
                found += [vocabulary.number(t) for t in tokens_of(name, is_forename=False).tokens]
        per_text.append(tuple(dict.fromkeys(found)))
    slots: np.ndarray = _slots(per_text, SURNAME_SLOTS)[at]
    return slots


def _names(tokens: list[str], forenames: np.ndarray, surnames: np.ndarray) -> Names:
    count = len(tokens)
    letters, length = _letters(tokens)
    heard, heard_length = _letters([sound(token) for token in tokens])
    sounds, skeletons = _numbered(sound(t) for t in tokens), _numbered(skeleton(t) for t in tokens)
    titles = {sound(word) for word in tables().titles}
    is_title = np.array([sound(token) in titles for token in tokens])
    number_of = {token: at for at, token in enumerate(tokens)}
    related = [sorted(number_of[o] for o in relatives().get(t, ()) if o in number_of) for t in tokens]
    start = np.zeros(count + 1, np.int32)
    start[1:] = np.cumsum([len(each) for each in related])
    relative = np.array([o for each in related for o in each], np.int32)
    slips = _slip_groups(tokens)
    return Names(
        letters,
        length,
        _made_of(letters),
        heard,
        heard_length,
        is_title,
        sounds,
        skeletons,
        start,
        relative,
        _chances(forenames, count, sounds, start, relative, slips),
        _chances(surnames, count, sounds, start, relative, slips),
        np.zeros(MEMO_SLOTS, np.uint64),
    )


def _made_of(letters: np.ndarray) -> np.ndarray:
    made = np.zeros(len(letters), np.uint32)
    for column in letters.T:
        bit = np.where(column > 0, np.uint32(1) << (column.astype(np.uint32) - ord("a") & 31), np.uint32(0))
        made |= bit.astype(np.uint32)
    return made


def _letters(tokens: list[str], width: int = TOKEN_BYTES) -> tuple[np.ndarray, np.ndarray]:
    letters = np.zeros((len(tokens), width), np.uint8)
    length = np.zeros(len(tokens), np.uint8)
    for at, token in enumerate(tokens):
        cut = token.encode("ascii", "ignore")[:width]
        letters[at, : len(cut)] = np.frombuffer(cut, np.uint8)
        length[at] = len(cut)
    return letters, length


def _numbered(texts: Iterable[str]) -> np.ndarray:
    number_of: dict[str, int] = {"": 0}
    return np.array([number_of.setdefault(text, len(number_of)) for text in texts], np.int32)


def _slip_groups(tokens: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """(token, variant) for the token itself and each form with one letter left out: two tokens one slip
    apart share a variant."""
    number_of: dict[str, int] = {}
    owner, variant = [], []
    for at, token in enumerate(tokens):
        if len(token) < 3:
            continue
        for form in {token, *(token[:i] + token[i + 1 :] for i in range(len(token)))}:
            owner.append(at)
            variant.append(number_of.setdefault(form, len(number_of)))
    return np.array(owner, np.int32), np.array(variant, np.int32)


def _chances(
    slots: np.ndarray,
    count: int,
    sounds: np.ndarray,
    start: np.ndarray,
    relative: np.ndarray,
    slips: tuple[np.ndarray, np.ndarray],
) -> np.ndarray:
    """(tokens, 4): how often a stranger's token is the same, sounds so, is one slip away, is a relative."""
    seen = np.bincount(slots[slots > 0], minlength=count).astype(np.float64)
    rows = int((slots[:, 0] > 0).sum()) + RECORDS_IMAGINED
    # A handful of records cannot tell how common a name is: until many speak, each is an ordinary one.
    share = (seen + RECORDS_IMAGINED * ORDINARY_NAME) / rows
    floor = 1.0 / rows
    same = np.maximum(share, floor)
    by_sound = np.bincount(sounds, weights=share)[sounds]
    owner, variant = slips
    near = np.zeros(count)
    if len(owner):
        mass = np.bincount(variant, weights=share[owner])
        # The token itself is in each of its variants; whoever shares two is counted twice: an upper bound.
        np.add.at(near, owner, mass[variant] - share[owner])
        near = np.minimum(near, 1.0)
    related = np.zeros(count)
    owners = np.repeat(np.arange(count), np.diff(start))
    np.add.at(related, owners, share[relative])
    table = np.stack(
        [same, np.maximum(by_sound, same), np.maximum(near, same), np.maximum(related, same)], axis=1
    )
    chances: np.ndarray = np.log2(np.clip(table, floor, 0.5)).astype(np.float32)
    return chances


def _postcodes(people: pl.DataFrame) -> tuple[Postcodes, np.ndarray, np.ndarray]:
    current = people["postcode"].fill_null("")
    earlier = (
        people["former_postcodes"].list.first().fill_null("")
        if "former_postcodes" in people.columns
        else pl.Series([""] * len(people))
    )
    both = pl.concat([pl.Series("p", [""]), current.rename("p"), earlier.rename("p")])
    texts, at = _coded(both)
    # Categories come in the order of appearance, so the empty text is number 0.
    n = len(people)
    codes = np.stack([at[1 : n + 1], at[n + 1 :]], axis=1).astype(np.int32)
    letters, length = _letters(texts, POSTCODE_BYTES)
    sector = _numbered(t[:-2] for t in texts)
    district = _numbered(t[:-3] for t in texts)
    area_texts = [_area(t) for t in texts]
    area = _numbered(area_texts)
    seen = np.bincount(codes[:, 0], minlength=len(texts)).astype(np.float64)
    seen[0] = 0
    total = seen.sum() + RECORDS_IMAGINED
    table = np.stack(
        [seen / total] + [np.bincount(k, weights=seen)[k] / total for k in (sector, district, area)], axis=1
    )
    chance: np.ndarray = np.log2(np.clip(table, 1 / total, 0.5)).astype(np.float32)
    of_record = area[codes[:, 0]]
    return Postcodes(letters, length, sector, district, area, chance), codes, _areas_told(people, of_record)


def _area(text: str) -> str:
    return text[:2] if text[1:2].isalpha() else text[:1]


def _areas_told(people: pl.DataFrame, of_record: np.ndarray) -> np.ndarray:
    """Where the postcode is missing, the area in which most records of the same school, practice or
    authority have theirs."""
    told = of_record.copy()
    for column in ("school", "gp_practice", "la_code"):
        if column not in people.columns:
            continue
        texts, at = _coded(people[column])
        missing = (told == 0) & (np.array([bool(t) for t in texts], np.bool_)[at])
        if not missing.any():
            continue
        known = of_record > 0
        counts = Counter(zip(at[known].tolist(), of_record[known].tolist(), strict=True))
        best: dict[int, tuple[int, int]] = {}
        for (place, area), seen in counts.items():
            if seen > best.get(place, (0, 0))[0]:
                best[place] = (seen, area)
        table = np.zeros(len(texts), np.int32)
        for place, (_, area) in best.items():
            table[place] = area
        told[missing] = table[at[missing]]
    return told
