"""Pictures and recordings that a file names: only those that its author may use."""

from django.utils.translation import gettext as _

from members.models import Member
from quizzes.domain.media import find_foreign_markers, texts_of

from .report import Line, Result


def refuse_foreign_media(lines: list[Line], author: Member | None) -> list[Line]:
    """Rows that show what is not the author's to use become problems."""
    texts = [text for line in lines if line.wording for text in texts_of(line.wording)]
    foreign = sorted(find_foreign_markers(author, texts))
    return [_judge(line, foreign) for line in lines] if foreign else lines


def _judge(line: Line, foreign: list[str]) -> Line:
    own = "\n".join(texts_of(line.wording)) if line.wording else ""
    if not (found := [marker for marker in foreign if marker in own]):
        return line
    reason = _("您不能用 %s，或者它已经不在了；请先上传，再写上自己的编号。") % "、".join(found)
    return Line(line.entry, Result.PROBLEM, reason)
