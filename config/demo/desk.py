"""For the editor's desk: a draft, an article for later, a link that leads nowhere."""

from datetime import timedelta

from django.utils import timezone

from cms.domain.links import collect_all
from cms.models import ArticlePage, ColumnPage
from config.demo.pages import publish
from config.demo.people import SIGN_INS
from federations.models import Federation
from members.models import Member

DRAFT = ("秋季学期家长学校开讲安排", "autumn-parents-school")
LATER = ("国际反家暴日：姐妹们可以这样做", "against-violence-day")
GONE = ("旧版维权热线一览", "old-hotlines")
LINKING = ("遇到难处，先打这几个电话", "whom-to-call")


def load_desk() -> None:
    editor = Member.objects.get(phone=SIGN_INS[1].phone)
    column = ColumnPage.objects.order_by("path").first()
    now = timezone.now()
    _add(column, DRAFT, editor, live=False, summary="十月每周六晚上，镇文化站。")
    later = _add(column, LATER, editor, live=False, go_live_at=now + timedelta(days=3))
    later.latest_revision.publish()
    gone = publish(column, ArticlePage(title=GONE[0], slug=GONE[1]), days_ago=400)
    gone.unpublish()
    text = f'<p>12338 全国通用。各市的号码见<a linktype="page" id="{gone.pk}">{GONE[0]}</a>。</p>'
    linking = ArticlePage(title=LINKING[0], slug=LINKING[1], body=[("paragraph", text)])
    publish(column, linking, days_ago=30)
    collect_all(now=now)


def _add(column: ColumnPage, names: tuple[str, str], editor: Member, **fields) -> ArticlePage:
    title, slug = names
    page = ArticlePage(title=title, slug=slug, owner=editor, **fields)
    page.federation = Federation.get_first_root_node()
    page.body = [("paragraph", f"<p>{title}。</p>")]
    column.add_child(instance=page)
    page.save_revision(user=editor)
    return page
