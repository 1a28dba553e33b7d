"""Choosers with a search: a select of 28,743 federations is no help to anybody."""

from django import forms
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.chooser import BaseChooser

from federations.models import Federation, Level
from federations.people import members_in_scope
from federations.queries import path_names
from federations.scope import staff_federations
from members.models import Member


class ScopedChooserMixin:
    """Only what `choosable()` holds can be listed or chosen, by click or by address."""

    def choosable(self):
        raise NotImplementedError

    def get_object_list(self):
        return self.choosable()

    def get_object(self, pk):
        if not str(pk).isdecimal():
            raise Http404
        return self.choosable().get(pk=pk)

    def get_objects(self, pks):
        return self.choosable().filter(pk__in=[pk for pk in pks if str(pk).isdecimal()])


class SearchForm(BaseFilterForm):
    """`find` gives what fits the words as they are typed."""

    q = forms.CharField(
        label=_("搜索"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("搜索")}),
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q", "").strip()
        self.is_searching = bool(self.search_query)
        if not self.is_searching:
            return objects
        return self.find(objects, self.search_query)

    def find(self, objects, typed: str):
        raise NotImplementedError


class FederationSearchForm(SearchForm):
    level = forms.TypedChoiceField(
        label=_("层级"),
        required=False,
        coerce=int,
        choices=[("", _("全部层级")), *Level.choices],
        widget=forms.Select(attrs={"data-chooser-modal-search-filter": True}),
    )

    def filter(self, objects):
        level = self.cleaned_data.get("level")
        return super().filter(objects.at_level(level) if level else objects)

    def find(self, objects, typed: str):
        return objects.filter(Q(name__icontains=typed) | Q(code__icontains=typed))


def name_place(federation: Federation) -> str:
    """梅州市 梅县区 松口镇: 太平镇 alone could be any of seven."""
    return " ".join(path_names(federation))


def name_parents(federation: Federation) -> str:
    """The names above, from rows that are already there."""
    names, parent = [], federation.parent
    while parent is not None:
        names.append(parent.name)
        parent = parent.parent
    return " ".join(reversed(names))


class FederationChooserMixin(ScopedChooserMixin):
    filter_form_class = FederationSearchForm

    def choosable(self):
        everyone = staff_federations(self.request.user)
        return everyone.select_related("parent__parent__parent__parent").order_by("path")

    @property
    def columns(self):
        return [
            *super().columns,
            Column("level", label=_("层级"), accessor="get_level_display"),
            Column("place", label=_("上级妇联"), accessor=name_parents),
        ]

    def get_display_title(self, instance):
        return name_place(instance)


class FederationChooserWidget(BaseChooser):
    def get_display_title(self, instance):
        return name_place(instance)


def mixed(mixin, view_class):
    return type(view_class.__name__, (mixin, view_class), {})


class ScopedChooserViewSet(ChooserViewSet):
    """A chooser whose views all go through `view_mixin`."""

    view_mixin: type = ScopedChooserMixin
    choose_another_text = _("另选")
    edit_item_text = _("查看")

    def construct_view(self, view_class, **kwargs):
        return super().construct_view(mixed(self.view_mixin, view_class), **kwargs)

    def get_urlpatterns(self):
        """Nothing is made in a chooser: Wagtail's address for it would look for a form in vain."""
        return [each for each in super().get_urlpatterns() if each.name != "create"]


class FederationChooserViewSet(ScopedChooserViewSet):
    model = Federation
    view_mixin = FederationChooserMixin
    base_widget_class = FederationChooserWidget
    icon = "site"
    choose_one_text = _("选择妇联")


class MemberSearchForm(SearchForm):
    def find(self, objects, typed: str):
        return objects.found_by(typed)


class MemberChooserMixin(ScopedChooserMixin):
    filter_form_class = MemberSearchForm

    def choosable(self):
        return members_in_scope(self.request.user).order_by("name", "pk")

    @property
    def columns(self):
        return [*super().columns, Column("phone", label=_("手机号"), accessor="masked_phone")]


class MemberChooserViewSet(ScopedChooserViewSet):
    model = Member
    view_mixin = MemberChooserMixin
    icon = "user"
    choose_one_text = _("选择人员")


federation_chooser = FederationChooserViewSet("federation_chooser")
member_chooser = MemberChooserViewSet("member_chooser")
FederationChooser = federation_chooser.widget_class
MemberChooser = member_chooser.widget_class
