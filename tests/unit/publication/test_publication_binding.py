"""Sentences bound to figures: what they print, what they must say, and what stops the build."""

from dataclasses import replace

import pytest
from wordings import a_count, a_line, a_mean, facts_of

from sightline.publication.document.binding import Bound, Facts, Unsaid, Why, bind
from sightline.publication.document.content import Number, Reference, plain
from sightline.publication.document.markup import WordingError
from sightline.vocabulary.units import Unit


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_of(
        a_count("incidents_total", 393),
        a_count("nature_death", 146),
        a_count("nature_other", 2),
        a_count("children_total", 1431, base=1431, unit=Unit.CHILD),
        a_count("only_one_shown", 0),
        a_count("reviews_neglect_experienced", 208, unit=Unit.REVIEW),
        a_count("nobody_asked", 0, base=0),
        a_mean("late_by", 7.8),
        a_mean("of_nothing", None),
        known=("department.notifications_total", "panel.nature_death"),
    )


def said(text: str, facts: Facts) -> str:
    bound = bind(a_line(text), facts)
    assert isinstance(bound, Bound), bound
    return plain(bound.spans)


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("{panel.one:count} incidents were late.", "1 incident was late."),
        (
            "{panel.one:count} of the {panel.all:count} incidents were late.",
            "1 of the 393 incidents was late.",
        ),
        ("{panel.one:count} incidents, all of which were late.", "1 incident, all of which were late."),
        ("{panel.all:count} incidents were late.", "393 incidents were late."),
    ],
)
def test_the_verb_agrees_with_one(wording: str, printed: str) -> None:
    facts = facts_of(a_count("one", 1), a_count("all", 393))
    cell = facts.figures["panel.one"].cell
    assert cell is not None
    assert said(wording, replace(facts, printed={cell: 1})) == printed


@pytest.mark.parametrize(
    ("wording", "printed"),
    [
        ("{panel.nature_death:count} incidents", "146 incidents"),
        ("{panel.nature_death:percent} of incidents", "37% of incidents"),
        ("{panel.nature_death:base} incidents", "393 incidents"),
        ("{panel.children_total:count} children", "1,431 children"),
        ("{panel.reviews_neglect_experienced:Words} of rapid reviews", "Over half of rapid reviews"),
        ("late by {panel.late_by:mean} working days", "late by 7.8 working days"),
        ("{panel.nature_death:interval}", "33% to 42%"),
        (
            "{panel.nature_death:count} {panel.nature_death:unit} {panel.nature_death:were} so",
            "146 incidents were so",
        ),
        ("Of the incidents, {panel.nature_death:count} came late", "Of the incidents, 146 came late"),
        (
            "{panel.nature_death:count} of the {panel.incidents_total:count} incidents",
            "146 of the 393 incidents",
        ),
        (
            "{panel.nature_death:count} serious child safeguarding incidents",
            "146 serious child safeguarding incidents",
        ),
        ("within {rule.notify_within:count} working days", "within 5 working days"),
        ("From {=period}.", "From 1 April 2022 to 31 March 2023."),
        ("See {table:panel_nature}.", "See Table 3."),
        (
            "Since 29 June 2018, under section 16C(1) and regulation 11, in layout 1.",
            "Since 29 June 2018, under section 16C(1) and regulation 11, in layout 1.",
        ),
    ],
)
def test_sentence_prints_its_figures(facts: Facts, wording: str, printed: str) -> None:
    assert said(wording, facts) == printed


def test_every_printed_number_is_listed_with_its_figure_and_sentence(facts: Facts) -> None:
    bound = bind(
        a_line("{panel.nature_death:count} incidents ({panel.nature_death:percent})"), facts, section="s"
    )
    assert isinstance(bound, Bound)
    assert [(n.ref, n.form, n.text, n.section) for n in bound.numbers] == [
        ("panel.nature_death", "count", "146", "s"),
        ("panel.nature_death", "percent", "37%", "s"),
    ]
    assert {number.sentence for number in bound.numbers} == {"146 incidents (37%)"}
    assert sum(isinstance(span, Number) for span in bound.spans) == 2


def test_reference_points_to_its_table(facts: Facts) -> None:
    bound = bind(a_line("{table:panel_nature}"), facts)
    assert isinstance(bound, Bound)
    assert bound.spans == (Reference("Table 3", "table-panel-nature"),)


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("There were 146 incidents.", "146"),
        ("It rose by 3.5 points.", "3.5"),
        ("Half of incidents.", "Half"),
        ("Nearly three quarters of incidents.", "three"),
        ("About a third of {panel.nature_death:count} incidents.", "third"),
        ("Twelve incidents.", "Twelve"),
        ("One in five children.", "One in"),
        ("The majority of incidents.", "majority"),
        ("Incidents doubled.", "doubled"),
        ("Most incidents were late.", "Most"),
    ],
)
def test_a_loose_number_stops_the_build(facts: Facts, wording: str, named: str) -> None:
    with pytest.raises(WordingError, match=named) as stopped:
        bind(a_line(wording), facts)
    assert "10-test.txt, line 7" in str(stopped.value)
    assert wording in str(stopped.value)


def test_a_loose_number_in_an_alternative_that_is_not_used_stops_the_build_too(facts: Facts) -> None:
    with pytest.raises(WordingError, match="146"):
        bind(a_line("{panel.nature_death:count} incidents.", "146 incidents."), facts)


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("{panel.nature_death:count} children died.", "children"),
        ("{panel.nature_death:percent} of children died.", "children"),
        ("{panel.nature_death:base} notifications.", "notifications"),
        ("{panel.children_total:count} incidents.", "incidents"),
        ("{panel.reviews_neglect_experienced:count} incidents.", "incidents"),
        ("{panel.reviews_neglect_experienced:count} reviews.", "reviews"),
        ("{panel.nature_death:count} cases.", "cases"),
        ("Of the children, {panel.nature_death:count} died.", "children"),
        ("{panel.children_total:count} children and {panel.nature_death:count} more.", "children"),
        ("{panel.late_by:mean} children", "children"),
        ("{panel.nature_death:count} died.", "does not say so"),
        ("{rule.notify_within:count} days", "working days"),
    ],
)
def test_a_misnamed_unit_stops_the_build(facts: Facts, wording: str, named: str) -> None:
    with pytest.raises(WordingError, match=named):
        bind(a_line(wording), facts)


@pytest.mark.parametrize(
    ("wording", "named"),
    [
        ("{panel.nature_deth:count} incidents", "no figure is called “panel.nature_deth”"),
        ("{panle.nature_death:count} incidents", "no figure is called “panle.nature_death”"),
        ("{panel.nature_death:number} incidents", "no form"),
        ("{panel.nature_death:mean} incidents", "has no form"),
        ("{panel.late_by:percent} of working days", "has no form"),
        ("{panel.nature_death} incidents", "should read"),
        ("{panel.nature_death:count incidents", "curly bracket"),
        ("{=nobody} said so", "no words"),
        ("{rule.nobody:count} days", "no rule"),
        ("{most panel.nonsense:label}", "no ranking"),
        ("The most common was {panel.nature_death:count} incidents.", "ranking"),
    ],
)
def test_a_reference_that_means_nothing_stops_the_build(facts: Facts, wording: str, named: str) -> None:
    with pytest.raises(WordingError, match=named):
        bind(a_line(wording), facts)


@pytest.mark.parametrize(
    ("wording", "why"),
    [
        ("{panel.nature_other:count} incidents", Why.HIDDEN),
        ("{panel.nature_other:percent} of incidents", Why.HIDDEN),
        ("{department.notifications_total:count} notifications", Why.NOT_COUNTED),
        ("{panel.nobody_asked:percent} of incidents", Why.NO_VALUE),
        ("{panel.of_nothing:mean} working days", Why.NO_VALUE),
        ("{chart:elsewhere}", Why.NOT_COUNTED),
    ],
)
def test_what_cannot_be_said_says_why(facts: Facts, wording: str, why: Why) -> None:
    unsaid = bind(a_line(wording), facts)
    assert isinstance(unsaid, Unsaid)
    assert unsaid.why is why


def test_the_first_alternative_that_can_be_said_is_said(facts: Facts) -> None:
    line = a_line(
        "{panel.nature_other:count} incidents.",
        "{panel.nature_other:percent} of incidents.",
        "{panel.nature_death:count} incidents.",
        "{panel.incidents_total:count} incidents.",
    )
    bound = bind(line, facts)
    assert isinstance(bound, Bound)
    assert plain(bound.spans) == "146 incidents."


def test_a_share_that_rounds_to_nothing_does_not_say_nothing() -> None:
    facts = facts_of(a_count("rare", 3, base=4000), a_count("never", 0, base=4000))
    assert said("{panel.rare:percent} of incidents", facts) == "less than 1% of incidents"
    assert said("{panel.never:percent} of incidents", facts) == "0% of incidents"


def test_percentages_round_half_up() -> None:
    facts = facts_of(a_count("half", 125, base=1000), a_count("below", 124, base=1000))
    assert said("{panel.half:percent} of incidents", facts) == "13% of incidents"
    assert said("{panel.below:percent} of incidents", facts) == "12% of incidents"
