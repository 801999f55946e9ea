"""What the law or the Panel asks of every child, derived once from the chronology.

Each answer carries its reason and the entries it rests on. It is “no” only where whoever would know was
asked, could have told, and holds nothing; all other silence is “not known”.
"""

from sightline.chronology.entries import Fact
from sightline.chronology.facts.care import care_facts
from sightline.chronology.facts.counts import count_facts
from sightline.chronology.facts.schooling import schooling_facts
from sightline.chronology.facts.story import Story


def facts_of(story: Story) -> tuple[Fact, ...]:
    """In the order of `Question`."""
    found = {
        fact.question: fact for fact in (*care_facts(story), *schooling_facts(story), *count_facts(story))
    }
    return tuple(found[question] for question in type(next(iter(found))))
