"""The skeleton that every site needs before its first editor signs in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, Site, Task, Workflow

from cms.models import AcademyPage, ColumnIndexPage, HomePage
from config.groups import set_up_groups
from config.review_setup import set_up_reviews
from courses.models import CourseIndexPage, LifeStage
from knowledge_base.models import KnowledgeIndexPage
from learning.domain.ledger import set_up_rules

SECTIONS = (
    (AcademyPage, "执委学堂", "academy"),
    (CourseIndexPage, "公开课", "courses"),
    (ColumnIndexPage, "主题栏目", "columns"),
    (KnowledgeIndexPage, "知识库", "knowledge"),
)

LIFE_STAGES = (
    "青年成长",
    "婚恋家庭",
    "孕产育婴",
    "学前教育",
    "小学阶段",
    "中学阶段",
    "中年",
    "银龄",
)


@transaction.atomic
def set_up_site() -> HomePage:
    """Make what every site needs; harmless when repeated.

    That is the home page, its sections, the site record, the groups, the three reviews and the
    first point rules.
    """
    home = HomePage.objects.first() or _make_home()
    for model, title, slug in SECTIONS:
        if not model.objects.exists():
            home.add_child(instance=model(title=title, slug=slug))
    _set_up_stages()
    _place_site(home)
    _drop_foreign_groups()
    set_up_groups(root_page=home)
    set_up_reviews(root_page=home)
    set_up_rules()
    return home


def _set_up_stages() -> None:
    """A first list of stages; from then on it is the editors'."""
    if not LifeStage.objects.exists():
        LifeStage.objects.bulk_create(
            LifeStage(name=name, sort_order=place * 10) for place, name in enumerate(LIFE_STAGES, 1)
        )


def _place_site(home: HomePage) -> None:
    """The site record says where full addresses point: to the address in the settings."""
    address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    standard = {"https": 443}.get(address.scheme, 80)
    place = {"hostname": address.hostname, "port": address.port or standard}
    Site.objects.update_or_create(
        is_default_site=True,
        defaults=place | {"site_name": "执委学堂", "root_page": home},
    )


def _drop_foreign_groups() -> None:
    """Wagtail's own English groups and their workflow: nobody here is in them."""
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()
    Group.objects.filter(name__in=["Moderators", "Editors"], user=None).delete()


def _make_home() -> HomePage:
    """The front page takes the place of Wagtail's welcome page."""
    root = Page.get_first_root_node()
    # A slug of its own: Wagtail's welcome page still holds "home" until the site has moved.
    home = root.add_child(instance=HomePage(title="执委学堂", slug="xuetang"))
    _place_site(home)
    root.get_children().exclude(pk=home.pk).filter(depth=2, slug="home").delete()
    return home
