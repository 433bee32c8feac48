"""Mails that no mail server took, as administrators see them in /beheer/; one can be sent after all."""

from typing import Any
from uuid import UUID

from django.contrib.admin import display
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.views import InspectView

from cms import mailing
from cms.admin import ListAdmin, OnlyListed
from cms.models import Mail, User


class OnlyForAdministrators(OnlyListed):
    """The list holds addresses, which nobody else sees."""

    def user_can_list(self, user: User) -> bool:
        return user.is_active and user.is_superuser

    def user_can_inspect_obj(self, user: User, obj: Model) -> bool:
        return self.user_can_list(user)


class LookButton(ButtonHelper):
    def inspect_button(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().inspect_button(*args, **kwargs), "label": "Bekijk", "title": "Bekijk deze mail"}


class GivenUpMailView(InspectView):
    """One mail that was given up; posting tries it again."""

    page_title = "Niet bezorgd"

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        try:
            UUID(instance_pk)
        except ValueError:
            raise Http404 from None
        super().__init__(model_admin, instance_pk)
        if self.instance.due_at:
            raise Http404

    def get_meta_title(self) -> str:
        return "Mail die niet is bezorgd"

    def get_field_label(self, field_name: str, field: Any = None) -> str:
        return str(getattr(GivenUpMailAdmin, field_name).short_description)

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        return getattr(self.model_admin, field_name)(self.instance)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mailing.try_again(self.instance)
        messages.success(request, "De mail gaat binnen een minuut opnieuw op weg.")
        return redirect(self.index_url)


class GivenUpMailAdmin(ListAdmin):
    model = Mail
    base_url_path = "niet-bezorgde-mail"
    menu_label = "Niet bezorgde mail"
    menu_icon = "mail"
    add_to_settings_menu = True
    permission_helper_class = OnlyForAdministrators
    button_helper_class = LookButton
    list_display = ["receiver", "what", "when", "why"]
    list_select_related = ["to"]
    search_fields = ["to__display_name", "to__email", "address", "subject"]
    ordering = ["-failed_at"]
    inspect_view_enabled = True
    inspect_view_class = GivenUpMailView
    inspect_view_fields = list_display
    inspect_template_name = "admin/given_up_mail.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Mail]:
        found: QuerySet[Mail] = super().get_queryset(request)
        return found.filter(due_at=None)

    @display(description="aan")
    def receiver(self, mail: Mail) -> str:
        return f"{mail.to} ({mail.to.email})" if mail.to else mail.address

    @display(description="wat", ordering="subject")
    def what(self, mail: Mail) -> str:
        return mail.subject

    @display(description="laatst geprobeerd", ordering="failed_at")
    def when(self, mail: Mail) -> Any:
        return mail.failed_at or self.empty_value_display

    @display(description="waarom niet bezorgd", ordering="problem")
    def why(self, mail: Mail) -> str:
        return mail.problem or "de site stopte terwijl de mail op weg ging"
