"""What a member tells others, field by field."""

from django import forms

from forum_integration.forms import TitleField
from forum_integration.models import Profile


class PublicProfileForm(forms.ModelForm[Profile]):
    institution = TitleField(label="Instelling", max_length=120, required=False)
    role = TitleField(
        label="Functie", max_length=120, required=False, help_text="Bijvoorbeeld lerarenopleider of opleidingsmanager."
    )

    class Meta:
        model = Profile
        fields = ["institution", "shows_institution", "role", "shows_role", "shows_expertise", "accepts_messages"]
        help_texts = {
            "accepts_messages": "Zij zien je e-mailadres niet en jij het hunne niet. Je krijgt hun bericht per mail en "
            "antwoordt hier, op het platform."
        }
