"""Every stored field is classified by sensitivity and retention, beside its models."""

from importlib import import_module

import pytest
from django.apps import apps

ROOMS_THAT_STORE = sorted(
    {config.name for config in apps.get_app_configs() if config.name.startswith("sightline.")}
)
STORED = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("sightline.")
    for model in config.get_models(include_auto_created=True)
]


@pytest.mark.parametrize("model", STORED, ids=lambda model: model._meta.label)
def test_every_stored_field_is_classified_once(model):
    table = import_module(f"{model._meta.app_config.name}.classification").CLASSIFICATION
    classified = [name for names in table[model.__name__].fields.values() for name in names]
    assert sorted(classified) == sorted(field.name for field in model._meta.concrete_fields)


@pytest.mark.parametrize(
    "room",
    [room for room in ROOMS_THAT_STORE if list(apps.get_app_config(room.rpartition(".")[2]).get_models())],
)
def test_nothing_is_classified_that_is_not_stored(room):
    stored = {model.__name__ for model in apps.get_app_config(room.rpartition(".")[2]).get_models()}
    assert set(import_module(f"{room}.classification").CLASSIFICATION) == stored


def test_a_childs_characteristics_are_never_classed_below_a_child():
    from sightline.access.classification import Sensitivity
    from sightline.casework.as_notified import CHILD
    from sightline.casework.classification import CLASSIFICATION

    characteristics = set(CHILD) - {"child_ref", "position"}
    assert {CLASSIFICATION["Child"].sensitivity(name) for name in characteristics} == {Sensitivity.CHILD}
