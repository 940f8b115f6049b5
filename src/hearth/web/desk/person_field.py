"""Choosing a person: names are not unique, so the unit stands beside."""

from __future__ import annotations

from django import forms

from hearth.apps.directory.models import Person


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when the house runs
    def __init__(self, **kwargs: object) -> None:
        super().__init__(queryset=Person.objects.none(), **kwargs)  # type: ignore[arg-type]

    def label_from_instance(self, person: Person) -> str:
        return f"{person.name}（{person.org}{'　' + person.post if person.post else ''}）"
