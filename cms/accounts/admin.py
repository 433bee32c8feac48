"""Wagtail's screens for users, with a display name where Wagtail has first and last names."""

from django import forms
from django.db.models import QuerySet
from wagtail.users.forms import UserCreationForm as WagtailUserCreationForm
from wagtail.users.forms import UserEditForm as WagtailUserEditForm
from wagtail.users.views.users import IndexView as WagtailIndexView
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from cms.models import User

FIELDS = ["email", "display_name", "is_superuser", "groups"]


class UserCreationForm(WagtailUserCreationForm):
    first_name = None
    last_name = None

    class Meta(WagtailUserCreationForm.Meta):
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}


class UserEditForm(WagtailUserEditForm):
    first_name = None
    last_name = None

    class Meta(WagtailUserEditForm.Meta):
        fields = ["is_active", *FIELDS]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class IndexView(WagtailIndexView):
    search_fields = ["display_name", "email"]

    def order_queryset(self, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering.replace("name", "display_name"))
        return super().order_queryset(queryset)


class UserViewSet(WagtailUserViewSet):
    index_view_class = IndexView
    template_prefix = "admin/users/"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return UserEditForm if for_update else UserCreationForm
