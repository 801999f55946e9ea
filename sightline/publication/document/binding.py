"""Binding wording to figures: every number in a sentence is printed from a figure, or the build stops.

A placeholder is one of

    {panel.nature_death:count}               a figure in a form (see `forms`)
    {most panel.likely_cause:label}          the code that the published figures prove to be most common;
    {most panel.likely_cause:count}          “second” gives the one after it
    {rule.notify_within:count}               a number that a rule or a policy fixes, not a count
    {=period}                                words that the release brings, such as its period
    {table:panel_nature}  {chart:nature}     where the reader finds it: “Table 3”
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from sightline.disclosure_control.safe import SafeFigure, Symbol
from sightline.publication.document.content import BoundNumber, Number, Reference, Span, Spans, Text, plain
from sightline.publication.document.forms import FORMS, whole
from sightline.publication.document.loose import loose_number, superlative
from sightline.publication.document.markup import Line, WordingError
from sightline.publication.document.nouns import Noun, agrees_with_one, last_plural, noun_after
from sightline.publication.document.rankings import RANKINGS, NotRanked, ranked
from sightline.statistics.tables import CellKey, Statistic
from sightline.vocabulary.units import Unit

WAYS = ("panel", "panel_15_months", "department", "register")


@dataclass(frozen=True, slots=True)
class Defined:
    """A number that a rule fixes, the noun it counts, and where the rule is written."""

    value: int
    noun: str
    source: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that wording may refer to. `known` names every figure that any release can hold, `figures` are
    those of this one; `references` gives “table:NAME” its label and target. `printed` holds the counts that
    the release's tables print exactly."""

    figures: Mapping[str, SafeFigure]
    known: frozenset[str] = frozenset()
    slots: Mapping[str, str] = field(default_factory=dict)
    defined: Mapping[str, Defined] = field(default_factory=dict)
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    printed: Mapping[CellKey, int] = field(default_factory=dict)

    @property
    def ways(self) -> frozenset[str]:
        return frozenset(figure.way for figure in self.figures.values())


class Why(Enum):
    """Why a sentence cannot be said of this release."""

    HIDDEN = "withheld by disclosure control"
    NOT_COUNTED = "not counted in this release"
    NO_VALUE = "a share or a mean of nothing"
    NOT_RANKED = "the published figures do not prove the ranking"


@dataclass(frozen=True, slots=True)
class Unsaid:
    why: Why
    ref: str


@dataclass(frozen=True, slots=True)
class Bound:
    spans: Spans
    numbers: tuple[BoundNumber, ...]


class _CannotBeSaid(Exception):
    def __init__(self, why: Why, ref: str) -> None:
        self.unsaid = Unsaid(why, ref)


@dataclass(frozen=True, slots=True)
class _Part:
    """A span with the unit that the sentence must name for it; None where it need not."""

    span: Span
    unit: Unit | None = None
    noun: str = ""


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SHARE_IN_BRACKETS = re.compile(r" \(\{([\w.]+):percent\}\)")
_OF_ONE = {"were": "was", "have": "has"}
_VERB_OF_NUMBER = re.compile(r"((?:(?!\b(?:that|who|whose|which|when|they)\b)[\w\s)'])*?)\b(were|have)\b")
_RANKED = re.compile(r"(most|second) (\w+)\.(\w+)")
_OF_ANOTHER = re.compile(r"\s*of(?: the| all| these| those)?\s*")
_PLACES = {"most": 0, "second": 1}


def bind(line: Line, facts: Facts, *, section: str = "", context: str = "") -> Bound | Unsaid:
    """The first of a line's wordings that can be said of this release; why not, where none can. A share that
    is withheld while its count is printed in a table is left out of its sentence.

    `context` is what stands over the line and may name the unit, such as a table's headings. Raises
    `WordingError` for a loose number, an unknown figure or a misnamed unit, whichever wording holds it.
    """
    unsaid: Unsaid | None = None
    said: Bound | None = None
    for wording in (line, *line.alternatives):
        check_plain_words(wording)
        if said is not None:
            continue
        for attempt in (wording, _without_withheld_shares(wording, facts)):
            try:
                said = said or _bind_one(attempt, facts, section, context)
            except _CannotBeSaid as refusal:
                unsaid = unsaid or refusal.unsaid
    if said is not None:
        return said
    assert unsaid is not None
    return unsaid


def _without_withheld_shares(line: Line, facts: Facts) -> Line:
    def kept(found: re.Match[str]) -> str:
        figure = facts.figures.get(found.group(1))
        return "" if figure is not None and figure.symbol is Symbol.SUPPRESSED else found.group()

    return replace(line, text=_SHARE_IN_BRACKETS.sub(kept, line.text))


def check_plain_words(line: Line) -> None:
    """Raise `WordingError` where words outside the placeholders state a number of their own."""
    words = _PLACEHOLDER.sub(" ", line.text)
    if "{" in words or "}" in words:
        raise WordingError(line, "a curly bracket without its partner.")
    loose = loose_number(words)
    if loose:
        raise WordingError(line, f"“{loose}” is not bound to a figure; write {{way.figure:form}} instead.")
    claim = superlative(words)
    if claim and not _RANKED.search(line.text):
        raise WordingError(line, f"“{claim}” claims a ranking; write {{most …}} so that it is computed.")


def _bind_one(line: Line, facts: Facts, section: str, context: str) -> Bound:
    parts = tuple(_parts(line, facts))
    _check_units(line, parts, context)
    spans = _agreed(parts)
    sentence = plain(spans)
    numbers = tuple(
        BoundNumber(span.ref, span.form, span.text, section, sentence)
        for span in spans
        if isinstance(span, Number)
    )
    return Bound(spans, numbers)


def _parts(line: Line, facts: Facts) -> Iterator[_Part]:
    position = 0
    for found in _PLACEHOLDER.finditer(line.text):
        if found.start() > position:
            yield _Part(Text(line.text[position : found.start()]))
        yield _resolve(found.group(1).strip(), line, facts)
        position = found.end()
    if position < len(line.text):
        yield _Part(Text(line.text[position:]))


def _resolve(source: str, line: Line, facts: Facts) -> _Part:
    if source.startswith("="):
        if source[1:] not in facts.slots:
            raise WordingError(line, f"no words are given for “{{{source}}}”.")
        return _Part(Text(facts.slots[source[1:]]))
    if source.startswith(("table:", "chart:")):
        if source not in facts.references:
            raise _CannotBeSaid(Why.NOT_COUNTED, source)
        return _Part(Reference(*facts.references[source]))
    ref, colon, form = source.rpartition(":")
    if not colon or "." not in ref:
        raise WordingError(line, f"“{{{source}}}” should read {{way.figure:form}}.")
    if ref.startswith("rule."):
        return _defined(ref, form, line, facts)
    if " " in ref:
        return _ranked(ref, form, line, facts)
    return _figure(ref, form, line, facts)


def _defined(ref: str, form: str, line: Line, facts: Facts) -> _Part:
    if ref not in facts.defined or form != "count":
        raise WordingError(line, f"no rule gives “{{{ref}:{form}}}”.")
    defined = facts.defined[ref]
    return _Part(Number(ref, form, whole(defined.value)), noun=defined.noun)


def _ranked(ref: str, form: str, line: Line, facts: Facts) -> _Part:
    found = _RANKED.fullmatch(ref)
    if not found or found.group(2) not in WAYS or found.group(3) not in RANKINGS:
        raise WordingError(line, f"“{ref}” is no ranking; there are {', '.join(RANKINGS)}.")
    place, way, name = found.groups()
    if way not in facts.ways:
        raise _CannotBeSaid(Why.NOT_COUNTED, ref)
    try:
        entry = ranked(facts.figures, way, name, place=_PLACES[place])
    except NotRanked:
        raise _CannotBeSaid(Why.NOT_RANKED, ref) from None
    if form == "label":
        return _Part(Text(entry.phrase))
    if form == "Label":
        return _Part(Text(entry.phrase[0].upper() + entry.phrase[1:]))
    return _printed(entry.figure, entry.figure.ref, form, line)


def _figure(ref: str, form: str, line: Line, facts: Facts) -> _Part:
    figure = facts.figures.get(ref)
    if figure is None and ref not in facts.known:
        raise WordingError(line, f"no figure is called “{ref}”.")
    if figure is None:
        raise _CannotBeSaid(Why.NOT_COUNTED, ref)
    is_withheld = figure.symbol is Symbol.SUPPRESSED
    if is_withheld and form == "count" and figure.cell is not None and figure.cell in facts.printed:
        # Withheld is its share alone: the count itself stands in a table of the release.
        return _Part(Number(ref, form, whole(facts.printed[figure.cell])), unit=figure.unit)
    return _printed(figure, ref, form, line)


def _printed(figure: SafeFigure, ref: str, form: str, line: Line) -> _Part:
    known = FORMS.get(form)
    if known is None:
        raise WordingError(line, f"“{form}” is no form; there are {', '.join(FORMS)}.")
    if figure.statistic not in known.statistics:
        raise WordingError(line, f"“{ref}” is a {figure.statistic}, which has no form “{form}”.")
    if figure.symbol is not None:
        raise _CannotBeSaid(Why.HIDDEN if figure.symbol is Symbol.SUPPRESSED else Why.NO_VALUE, ref)
    text = known.print(figure)
    if text is None:
        raise _CannotBeSaid(Why.NO_VALUE, ref)
    names_unit = known.names_unit and figure.statistic is not Statistic.COEFFICIENT
    return _Part(Number(ref, form, text), unit=figure.unit if names_unit else None)


def _check_units(line: Line, parts: tuple[_Part, ...], context: str) -> None:
    """Each number's noun stands right behind it; failing that, the last one named before it counts."""
    governing: Noun | None = last_plural(context)
    for place, part in enumerate(parts):
        if isinstance(part.span, Text):
            governing = last_plural(part.span.text) or governing
        after = _words_after(parts, place)
        if part.noun:
            if not _names(after, part.noun):
                what = f"“{part.span.text}” is a number of {part.noun}; say so right behind it."
                raise WordingError(line, what)
        elif part.unit is not None:
            behind = noun_after(after)
            noun = behind or governing
            _check_noun(line, part, noun)
            governing = noun


def _names(after: str, noun: str) -> bool:
    return re.match(rf"\W*{re.escape(noun.removesuffix('s'))}s?\b", after) is not None


def _words_after(parts: tuple[_Part, ...], place: int) -> str:
    """The plain words up to the next number; in “146 of the 393 incidents” those behind both."""
    said = ""
    for part in parts[place + 1 :]:
        if isinstance(part.span, Number) and part.span.form != "unit":
            if not _OF_ANOTHER.fullmatch(said):
                break
            said = ""
            continue
        said += part.span.text
    return said.replace("|", " ")


def _check_noun(line: Line, part: _Part, noun: Noun | None) -> None:
    assert isinstance(part.span, Number) and part.unit is not None
    shown = f"“{{{part.span.ref}:{part.span.form}}}” counts {part.unit.many}"
    if noun is None:
        raise WordingError(line, f"{shown}, and the sentence does not say so.")
    if noun.unit is not part.unit:
        raise WordingError(line, f"{shown}, and the sentence calls them “{noun.text}”.")


def _agreed(parts: tuple[_Part, ...]) -> Spans:
    """The spans with “1 incidents … were” put right."""
    spans: list[Span] = []
    is_one = False
    for place, part in enumerate(parts):
        span = part.span
        previous = parts[place - 1] if place else None
        is_total = previous is not None and _OF_ANOTHER.fullmatch(previous.span.text)
        if isinstance(span, Number) and span.form == "count" and not is_total:
            is_one = span.text == "1" and part.unit is not None
        if isinstance(span, Text) and previous is not None and previous.unit and previous.span.text == "1":
            span = replace(span, text=agrees_with_one(span.text, previous.unit))
        if isinstance(span, Text) and is_one and (verb := _VERB_OF_NUMBER.match(span.text)):
            span = replace(span, text=f"{verb[1]}{_OF_ONE[verb[2]]}{span.text[verb.end() :]}")
            is_one = False
        spans.append(span)
    return tuple(spans)
