"""The form with which a member chooses which mail to get."""

from typing import Any

from django import forms

from forum_integration.models import MailPreferences

CHANNELS = ["mention", "topic", "subject", "entry"]


class MailPreferencesForm(forms.ModelForm[MailPreferences]):
    class Meta:
        model = MailPreferences
        fields = [*CHANNELS, "weekmail", "follows_by_writing"]
        widgets = dict.fromkeys(CHANNELS, forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CHANNELS:
            self.fields[name].error_messages["required"] = "Kies hoe vaak je hierover mail wilt."
