"""What is kept about people is declared, and a field that is not declared is found."""

from django.db import models

from hearth.apps.directory.models import Person
from hearth.lib import personal
from hearth.lib.personal import Kept, Personal


def test_every_field_about_a_person_is_declared():
    assert personal.undeclared() == ()


def test_declarations_name_fields_that_exist_with_a_purpose_and_an_end():
    declared = personal.register()

    assert len(declared) > 30
    assert all(str(one.personal.purpose) and one.personal.kept in Kept for one in declared)


def test_a_field_that_nobody_declared_is_named():
    class Patient(models.Model):
        illness = models.TextField("病史")
        phone = models.CharField("手机", max_length=20)
        ward = models.CharField("科室", max_length=20)
        PERSONAL = (Personal("phone", "联系本人", Kept.CAMPAIGN),)

        class Meta:
            app_label = "planted"
            managed = False

        def __str__(self) -> str:
            return self.phone

    assert personal.undeclared([Patient]) == ("planted.Patient.illness",)


def test_telephone_numbers_money_and_what_was_told_in_confidence_are_masked():
    masked = {f"{one.model.__name__}.{one.field.name}" for one in personal.register() if one.personal.masked}

    assert masked == {
        "Call.phone",
        "Confidence.answer",
        "Confidence.text",
        "Gift.money",
        "MediaContact.mail",
        "MediaContact.phone",
        "Message.address",
        "Message.phone",
        "Opinion.contact",
        "Organisation.phone",
        "Person.phone",
        "Registration.contact",
        "Resource.phone",
        "Return.phone",
    }
    assert "phone" in {one.field for one in personal.declared_by(Person)}
