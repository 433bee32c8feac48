"""What a member says about being asked."""

from typing import Any

from django import forms

from forum_integration.models import Profile


class ProfileForm(forms.ModelForm[Profile]):
    class Meta:
        model = Profile
        fields = ["is_askable", "expertise", "most_questions_a_month", "paused_until"]
        widgets = {
            "expertise": forms.CheckboxSelectMultiple,
            "paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"is_askable": "Leg mij vragen voor over deze onderwerpen"}
        help_texts = {
            "is_askable": "Bij zo’n vraag staat dan je naam, en bij je antwoord ‘expert’. Je e-mailadres ziet niemand.",
            "most_questions_a_month": "0 betekent: liever niet.",
            "paused_until": "Met vakantie, of even te druk? Tot en met deze dag krijg je geen vragen.",
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_askable") and not data.get("expertise"):
            self.add_error("expertise", "Kies waarover je gevraagd wilt worden.")
        return data
