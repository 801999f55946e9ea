"""Known to children's social care, on a plan, looked after, in need: now and ever."""

from collections.abc import Iterator
from dataclasses import dataclass

from sightline.chronology.entries import Entry, Fact, Question
from sightline.chronology.facts.story import (
    Story,
    has_no_told_end,
    numbers,
    open_accounts,
    silence_on,
)
from sightline.vocabulary.agencies import AgencyKind
from sightline.vocabulary.codes import YesNoNotKnown
from sightline.vocabulary.events import EventKind as E
from sightline.vocabulary.periods import in_words

_CARE = (AgencyKind.SOCIAL_CARE,)

INVOLVED = frozenset(
    {
        *(E.REFERRAL, E.ASSESSMENT, E.STRATEGY_DISCUSSION, E.SECTION_47, E.CONFERENCE, E.CHILD_IN_NEED),
        *(E.CHILD_IN_NEED_PLAN, E.CHILD_PROTECTION_PLAN, E.REVIEW, E.VISIT, E.LOOKED_AFTER, E.PLACEMENT),
        *(E.LEGAL_STATUS, E.PRE_PROCEEDINGS, E.CARE_LEAVING, E.ADOPTION, E.RETURN_INTERVIEW),
    }
)
"""What children's social care does once a contact has become more than a contact."""

RUNNING = frozenset(
    {
        *(E.REFERRAL, E.ASSESSMENT, E.SECTION_47, E.CHILD_IN_NEED, E.CHILD_IN_NEED_PLAN),
        *(E.CHILD_PROTECTION_PLAN, E.LOOKED_AFTER, E.PLACEMENT, E.LEGAL_STATUS, E.PRE_PROCEEDINGS),
        E.CARE_LEAVING,
    }
)
"""Of these, the ones that last: while one is open, the child is known now."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """One thing a child can be, by the events that make it so, and what it is called in a sentence."""

    now: Question
    ever: Question
    kinds: frozenset[E]
    said: str


_STANDINGS = (
    _Standing(Question.PLAN_NOW, Question.PLAN_EVER, frozenset({E.CHILD_PROTECTION_PLAN}), "plan"),
    _Standing(
        Question.LOOKED_AFTER_NOW,
        Question.LOOKED_AFTER_EVER,
        frozenset({E.LOOKED_AFTER, E.PLACEMENT}),
        "looked-after episode",
    ),
    _Standing(
        Question.IN_NEED_NOW,
        Question.IN_NEED_EVER,
        frozenset({E.CHILD_IN_NEED, E.CHILD_IN_NEED_PLAN}),
        "child in need episode",
    ),
)


def care_facts(story: Story) -> Iterator[Fact]:
    yield _known_now(story)
    yield _known_ever(story)
    for standing in _STANDINGS:
        yield _now(story, standing.now, standing.kinds, standing.said)
        yield _ever(story, standing)


def _known_now(story: Story) -> Fact:
    return _now(story, Question.KNOWN_NOW, RUNNING, "involvement", by_care_alone=True)


def _known_ever(story: Story) -> Fact:
    question = Question.KNOWN_EVER
    involved = _by_social_care(story.of_kinds(INVOLVED))
    if involved:
        first = involved[0]
        because = f"{_an(first)}, {first.when}: the first of {len(involved):,} that show involvement."
        return _fact(story, question, YesNoNotKnown.YES, because, involved, value="involved")
    contacts = _by_social_care(story.of_kinds({E.CONTACT, E.EARLY_HELP}))
    if contacts:
        because = "Contacts alone: none is told to have become a referral."
        return _fact(story, question, YesNoNotKnown.YES, because, contacts, value="contacts only")
    holding = [line for line in story.by_agencies_of(AgencyKind.SOCIAL_CARE) if line.records]
    if holding:
        names = " and ".join(line.agency_name for line in holding)
        because = f"{names} holds a record of the child; what for is not told."
        return _fact(story, question, YesNoNotKnown.YES, because, (), value="a record is held")
    silence = silence_on(story, {E.REFERRAL}, _CARE, ever=True)
    answer = YesNoNotKnown.NO if silence.means_no else YesNoNotKnown.NOT_KNOWN
    return _fact(story, question, answer, silence.because, ())


def _now(
    story: Story, question: Question, kinds: frozenset[E], said: str, *, by_care_alone: bool = False
) -> Fact:
    entries = story.of_kinds(kinds)
    if by_care_alone:
        entries = _by_social_care(entries)
    running = [(entry, list(open_accounts(entry, story.as_of))) for entry in entries]
    running = [(entry, accounts) for entry, accounts in running if accounts]
    dropped = [entry for entry, accounts in running if all(map(story.told_again, accounts))]
    running = [(entry, accounts) for entry, accounts in running if entry not in dropped]
    if running:
        entry, accounts = running[0]
        told = accounts[0]
        last = f", as told by {told.agency_name}"
        last += f" on {in_words(told.made_on)}" if told.made_on else ""
        differ = " Another account says that it has ended." if len(accounts) < len(entry.agencies) else ""
        because = f"{_an(entry)}, {entry.when}{last}.{differ}"
        return _fact(story, question, YesNoNotKnown.YES, because, tuple(each for each, _ in running))
    if dropped:
        account = next(open_accounts(dropped[-1], story.as_of))
        again = story.told_again(account)
        assert account.made_on is not None and again is not None
        because = (
            f"{_an(dropped[-1])}, {dropped[-1].when}: open when told on {in_words(account.made_on)}, and no "
            f"longer told of on {in_words(again)}. Whether it has ended is not told."
        )
        return _fact(story, question, YesNoNotKnown.NOT_KNOWN, because, tuple(dropped))
    endless = tuple(entry for entry in entries if has_no_told_end(entry) and entry.kind is not E.REFERRAL)
    if endless:
        because = f"{_an(endless[-1])}, {endless[-1].when}: whether it has ended is not told."
        return _fact(story, question, YesNoNotKnown.NOT_KNOWN, because, endless)
    asked = {E.CHILD_IN_NEED} if by_care_alone else _main(kinds)
    silence = silence_on(story, asked, _CARE, ever=False)
    ended = f" The last {said} told of has ended." if entries else ""
    answer = YesNoNotKnown.NO if silence.means_no else YesNoNotKnown.NOT_KNOWN
    because = silence.because.replace(" none", f" no open {said}", 1) if silence.means_no else silence.because
    return _fact(story, question, answer, because + ended, entries)


def _ever(story: Story, standing: _Standing) -> Fact:
    entries = story.of_kinds(standing.kinds)
    if entries:
        first = entries[0]
        because = f"{_an(first)}, {first.when}" + (
            f", and {len(entries) - 1:,} more." if entries[1:] else "."
        )
        return _fact(story, standing.ever, YesNoNotKnown.YES, because, entries)
    silence = silence_on(story, _main(standing.kinds), _CARE, ever=True)
    answer = YesNoNotKnown.NO if silence.means_no else YesNoNotKnown.NOT_KNOWN
    return _fact(story, standing.ever, answer, silence.because, ())


def _main(kinds: frozenset[E]) -> set[E]:
    """The kind by which a source that tells of it at all would tell of it."""
    main = kinds & {E.CHILD_PROTECTION_PLAN, E.LOOKED_AFTER, E.CHILD_IN_NEED}
    return set(main)


def _by_social_care(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(
        entry
        for entry in entries
        if any(account.agency_kind is AgencyKind.SOCIAL_CARE for account in entry.accounts)
    )


def _an(entry: Entry) -> str:
    return entry.kind.label


def _fact(
    story: Story,
    question: Question,
    answer: YesNoNotKnown,
    because: str,
    entries: tuple[Entry, ...],
    *,
    value: str = "",
) -> Fact:
    return Fact(question, answer, because, story.as_of, value, numbers(entries))
