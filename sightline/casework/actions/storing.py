"""How actions find, hold and save what they change."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from sightline.vocabulary.decisions import Decision, refused, require

Stored = TypeVar("Stored", bound=models.Model)


class NoSuchCase(LookupError):
    """Nothing is held under this reference."""


def held(kind: type[Stored], reference: Any) -> Stored:
    """The stored thing, locked until the transaction ends so that two people cannot change it at once."""
    found = kind._default_manager.select_for_update().filter(pk=reference).first()
    if found is None:
        raise NoSuchCase(f"There is no {kind._meta.verbose_name} with the reference {reference}.")
    return found


def save_new(thing: Stored) -> Stored:
    """Raises `Refusal` where its values are not allowed, or its reference is taken."""
    require(_is_sound(thing))
    thing.save(force_insert=True)
    return thing


def save_changes(thing: models.Model, changes: Mapping[str, Any]) -> tuple[str, ...]:
    """Set and save the values that differ; returns their names. Raises `Refusal` where one is not allowed."""
    changed = tuple(name for name, value in changes.items() if getattr(thing, name) != value)
    for name in changed:
        setattr(thing, name, changes[name])
    require(_is_sound(thing))
    thing.save(update_fields=_field_names(thing, changed))
    return changed


def differs(changed: tuple[str, ...]) -> Decision:
    """For what is nothing but a change: whether `save_changes` found one."""
    return Decision(
        bool(changed), "Nothing in it differs from what is held already.", basis="record of every act"
    )


def _field_names(thing: models.Model, columns: Iterable[str]) -> list[str]:
    by_attribute = {field.attname: field.name for field in thing._meta.concrete_fields}
    return [by_attribute.get(column, column) for column in columns]


def _is_sound(thing: models.Model) -> Decision:
    """Whether the stored thing's codes, references and constraints hold, said in sentences."""
    try:
        thing.full_clean()
    except ValidationError as faults:
        said = (
            " ".join(messages) if field == NON_FIELD_ERRORS else f"{field}: {' '.join(messages)}"
            for field, messages in faults.message_dict.items()
        )
        return refused(" ".join(said), basis="what can be stored")
    return Decision(allowed=True, reason="", basis="what can be stored")
