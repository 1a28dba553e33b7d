"""What every page of the site shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from cms.forms import DraftAwareForm, DraftCopyForm
from members.prepared import Prepared

_ANY_RESTRICTION = Prepared(lambda: PageViewRestriction.objects.values_list("pk").order_by()[:1])


class Colour(models.TextChoices):
    ROSE = "rose", _("玫红")
    SKY = "sky", _("天蓝")
    KAPOK = "kapok", _("木棉橙")
    LEAF = "leaf", _("叶绿")
    PLUM = "plum", _("梅紫")
    GOLD = "gold", _("金黄")


class BasePage(Page):
    """A page with a summary and an owning federation.

    `is_scored` says whether finishing the page yields a score; plans read it, so that `learning`
    needs to know pages only.
    """

    is_scored = False
    # When it takes no more hand-ins; None: never. The board of a scored page closes then.
    closes_at = None
    # What a page that is made of a Word document is asked for besides; None: none is made so.
    word_fields: tuple[str, ...] | None = None
    # What it is to a search engine, in the words of schema.org.
    schema_type = "WebPage"
    # Whether search engines are told of it: not of a page that only leads elsewhere.
    is_in_sitemap = True
    # What does for a field that is empty: where it is filled, nothing is missing.
    stand_ins: dict[str, str] = {}
    # A password or a group would hold for the page alone: lists and films know sign-ins only.
    private_page_options = ["login"]
    base_form_class = DraftAwareForm
    copy_form_class = DraftCopyForm

    summary = models.CharField(
        _("摘要"), max_length=200, blank=True, help_text=_("一两句话，显示在列表和分享卡片里。")
    )
    federation = models.ForeignKey(
        "federations.Federation",
        verbose_name=_("所属妇联"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]
    settings_panels = [FieldPanel("federation", read_only=True), *Page.settings_panels]

    class Meta:
        abstract = True

    def save_revision(self, *args, overwrite_revision=None, **kwargs):
        """Autosave overwrites its last revision; one that became public stays as it is."""
        # The domain knows the models, so it cannot be imported before them.
        from cms.domain.reviews.people import is_settled  # noqa: PLC0415

        if overwrite_revision and is_settled(self, overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    def get_view_restrictions(self):
        """Wagtail's two queries only on a site that restricts a page at all; ours has a gate of its
        own for the academy (cms.gate)."""
        restricted = _ANY_RESTRICTION.rows()
        return super().get_view_restrictions() if restricted else PageViewRestriction.objects.none()

    def get_context(self, request, *args, **kwargs):
        """Wagtail's context, filled up by the apps that know more about this kind of page.

        The home page shows lessons and quizzes without `cms` knowing them: those apps register a
        `page_context:<app>.<model>` hook, a function of (page, request) that returns a dict;
        `page_context` alone is for pages of every kind.
        """
        context = super().get_context(request, *args, **kwargs)
        if self.pk is None:
            # The preview of a page that was never saved: it has no address and nothing below it.
            return context
        for name in ("page_context", f"page_context:{self._meta.label_lower}"):
            for fill in hooks.get_hooks(name):
                context |= fill(self, request)
        return context
