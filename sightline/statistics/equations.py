"""How the counts of a release add up: every line of arithmetic by which one count gives another away.

Most follow from the partition that each variable is. The rest are facts of the field that no key shows:
an authority lies in a region, a school-age child is in one of three age bands, the longer window is the
year and the time before it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sightline.statistics.facts import Facts
from sightline.statistics.tables import CellKey, Line, Population, Sum, Table, both, where
from sightline.statistics.variables import NOT_CODED, THEMES, UNKNOWN, VARIABLES, theme_variable
from sightline.vocabulary.areas import AUTHORITIES

_PLACED_BY_REGION = "authority"


def partitions(facts: Facts, known: frozenset[CellKey]) -> Iterator[Sum]:
    """Where a cell is known and so is the cell of one condition less, the latter is the sum over the values
    of that condition.

    The values are taken in blocks: those that every known cell holds together or not at all. A block that
    is no known cell is implied, since it is what the others leave of the whole.
    """
    together: defaultdict[tuple[CellKey, str], set[tuple[str, ...]]] = defaultdict(set)
    for key in sorted(known):
        for variable, values in key.where:
            whole = _without(key, variable)
            if variable != _PLACED_BY_REGION and whole in known:
                together[whole, variable].add(values)
    for (whole, variable), held in together.items():
        blocks = _blocks(facts.values(whole.population, variable), held)
        yield Sum(whole, tuple(_with(whole, variable, block) for block in blocks))
        for values in sorted(held):
            parts = tuple(block for block in blocks if set(block) <= set(values))
            if len(parts) > 1:
                yield Sum(
                    _with(whole, variable, values), tuple(_with(whole, variable, block) for block in parts)
                )


def _blocks(values: tuple[str, ...], held: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    ordered = sorted(held)
    blocks: dict[tuple[bool, ...], list[str]] = {}
    for value in values:
        blocks.setdefault(tuple(value in each for each in ordered), []).append(value)
    return [tuple(sorted(block)) for block in blocks.values()]


def _without(key: CellKey, variable: str) -> CellKey:
    return CellKey(key.population, tuple(each for each in key.where if each[0] != variable))


def _with(key: CellKey, variable: str, values: tuple[str, ...]) -> CellKey:
    return CellKey(key.population, both(key.where, ((variable, values),)))


def rest_of_bases(facts: Facts, shares: Iterable[tuple[CellKey, CellKey]]) -> Iterator[Sum]:
    """Each figure's base is the figure and the rest; the rest is not printed and can be worked out."""
    for cell, base in shares:
        added = [each for each in cell.where if each not in base.where]
        if cell.population != base.population or len(added) != 1:
            continue
        variable, counted = added[0]
        inside = dict(base.where).get(variable) or facts.values(base.population, variable)
        rest = tuple(sorted(set(inside) - set(counted)))
        parts = (cell, _with(base, variable, rest)) if rest else (cell,)
        yield Sum(base, parts)


def places(known: frozenset[CellKey]) -> Iterator[Sum]:
    """A region is the authorities in it; whatever else is asked is asked of both sides."""
    members: defaultdict[tuple[CellKey, str], list[CellKey]] = defaultdict(list)
    for key in sorted(known):
        for code in dict(key.where).get(_PLACED_BY_REGION, ()):
            found = AUTHORITIES.get(code)
            region = "not_supplied" if found is None else str(found.region)
            members[_without(key, _PLACED_BY_REGION), region].append(key)
    for (whole, region), parts in sorted(members.items()):
        yield Sum(_with(whole, "region", (region,)), tuple(sorted(parts)))


def school_age(known: frozenset[CellKey]) -> Iterator[Sum]:
    """School age is 5 to 15 years: two whole age bands and the five-year-olds of a third."""
    for key in sorted(known):
        if dict(key.where).get("school_age") == ("yes",) and len(key.where) == 1:
            whole = _without(key, "school_age")
            five = both(where(age_band="1_to_5"), where(school_age="yes"))
            parts = tuple(
                CellKey(whole.population, each)
                for each in (where(age_band="11_to_15"), where(age_band="6_to_10"), five)
            )
            yield Sum(key, parts)
            younger = both(where(age_band="1_to_5"), where(school_age="no"))
            yield Sum(
                CellKey(whole.population, where(age_band="1_to_5")),
                (CellKey(whole.population, five), CellKey(whole.population, younger)),
            )


def neglect(known: frozenset[CellKey]) -> Iterator[Sum]:
    """Neglect of any child is neglect of the index child, or of another where not of the index child."""
    any_child, index_child = where(neglect_experienced_by_any_child="yes"), where(neglect_experienced="yes")
    for key in sorted(known):
        if key.where == any_child:
            others = both(
                any_child,
                where(
                    neglect_experienced=("no", "not_applicable", "not_coded", "not_known", "not_mentioned")
                ),
            )
            yield Sum(key, (CellKey(key.population, index_child), CellKey(key.population, others)))


def aged_1_to_5(known: frozenset[CellKey]) -> Iterator[Sum]:
    """A child aged 1 to 5 is the index child, or another where the index child is of another age."""
    other_ages = tuple(each for each in VARIABLES["age_band"].values if each != "1_to_5")
    for key in sorted(known):
        if key.where == where(a_child_is_1_to_5="yes"):
            others = both(key.where, where(age_band=other_ages))
            yield Sum(
                key, (CellKey(key.population, where(age_band="1_to_5")), CellKey(key.population, others))
            )


def publication_of_local_reviews(known: frozenset[CellKey]) -> Iterator[Sum]:
    """That a local review was published and how it was published are two columns about the same thing."""
    for key in sorted(known):
        if key.population.rows != "local_reviews":
            continue
        if key.where == where(published="yes"):
            each_form = VARIABLES["publication"].values
            yield Sum(key, tuple(_with(key, "publication", (form,)) for form in each_form))
        elif len(key.where) == 1 and "publication" in dict(key.where):
            yield Sum(key, tuple(_with(key, "published", (each,)) for each in ("yes", "no")))


def one_silence(known: frozenset[CellKey]) -> Iterator[Sum]:
    """An unknown age is unknown for every band, and a review without coded themes has none of each."""
    first_theme, *other_themes = map(theme_variable, THEMES)
    same = dict.fromkeys(other_themes, first_theme) | {"school_age": "age_band"}
    for key in sorted(known):
        for variable, twin in same.items():
            for silent in (NOT_CODED, UNKNOWN):
                if key.where == ((variable, (silent,)),):
                    yield Sum(key, (CellKey(key.population, ((twin, (silent,)),)),))


def lines_that_occur(tables: Iterable[Table]) -> Iterator[Sum]:
    """A line that is printed only where it counts somebody tells that it does. What it tells of is a cell of
    its own, known to be at least 1: the line's total, or what its answers come to for all questions asked."""
    for table in tables:
        for lines, across in ((table.rows, table.columns), (table.columns, table.rows)):
            for line in (each for each in lines if each.is_there_because_it_occurs):
                told = CellKey(
                    table.population, both(both(table.base, line.where), where(has_a_line_of_its_own="yes"))
                )
                asked = [each for each in across if "question" in dict(each.where)] or [_EVERYBODY]
                yield Sum(told, tuple(dict.fromkeys(table.key(line, each) for each in asked)))


_EVERYBODY = Line("", ())


def longer_window(facts: Facts, known: frozenset[CellKey]) -> Iterator[Sum]:
    """The longer window is the time before the year and the year."""
    for key in sorted(known):
        if key.population.way != "panel_15_months" or key.population.rows.endswith("_before"):
            continue
        before = facts.population("panel_15_months", f"{key.population.rows}_before")
        year = facts.population("panel", key.population.rows)
        if before is not None and year is not None:
            yield Sum(key, (CellKey(before, key.where), CellKey(year, key.where)))


def index_and_other_children(facts: Facts, known: frozenset[CellKey]) -> Iterator[Sum]:
    """All children are the index children and the others; an incident has one index child."""
    for children, incidents in _counted_both_ways(facts):
        for key in sorted(known):
            if key.population != children or len(key.where) > 1 or "index_child" in dict(key.where):
                continue
            twin = CellKey(incidents, key.where or where(listed_index_child="yes"))
            index, others = (_with(key, "index_child", (each,)) for each in ("yes", "no"))
            yield Sum(key, (index, others))
            if not key.where or all(variable in facts.frames[incidents].columns for variable, _ in key.where):
                yield Sum(index, (twin,))
        whole = CellKey(incidents)
        yield Sum(
            whole, (_with(whole, "listed_index_child", ("yes",)), _with(whole, "listed_index_child", ("no",)))
        )


def _counted_both_ways(facts: Facts) -> Iterator[tuple[Population, Population]]:
    for way in ("panel", "panel_15_months"):
        children, incidents = facts.population(way, "children"), facts.population(way, "incidents")
        if children is not None and incidents is not None:
            yield children, incidents


def distinct(sums: Iterable[Sum], counts: Mapping[CellKey, int], known: frozenset[CellKey]) -> Iterator[Sum]:
    """Each equation once, without the implied parts that are nothing, and none that says a cell is itself."""
    seen: set[tuple[CellKey, frozenset[CellKey]]] = set()
    for each in sums:
        parts = tuple(part for part in dict.fromkeys(each.parts) if counts[part] or part in known)
        if parts in ((), (each.total,)) or (each.total, frozenset(parts)) in seen:
            continue
        seen.add((each.total, frozenset(parts)))
        yield Sum(each.total, parts)
