"""A desk for the tests of the reviews: a column, its editor and her reviewers."""

from dataclasses import dataclass

from cms.models import ArticlePage, ColumnIndexPage, ColumnPage
from federations.models import Federation, StaffRoleType
from members.models import Member
from tests.editors import hire, hire_reviewers, set_up


@dataclass
class Desk:
    """At `federation`: who writes, and three who review."""

    home: object
    column: ColumnPage
    federation: Federation
    author: Member
    reviewers: list[Member]

    def draft(self, **fields) -> ArticlePage:
        """An article that was never published, written by the author."""
        article = ArticlePage(
            title=fields.pop("title", "文章"),
            slug=f"article-{self.column.numchild + 1}",
            federation=fields.pop("federation", self.federation),
            live=False,
            **fields,
        )
        return self.column.add_child(instance=article)

    def live(self, **fields) -> ArticlePage:
        """An article that was published before there were reviews."""
        article = self.draft(**fields)
        article.save_revision().publish()
        article.refresh_from_db()
        return article


def make_desk(home, federation: Federation, column_owner: Federation) -> Desk:
    columns = home.add_child(instance=ColumnIndexPage(title="主题栏目", slug="columns"))
    column = columns.add_child(
        instance=ColumnPage(title="维权", slug="rights", federation=column_owner)
    )
    set_up(home)
    author = hire(federation, StaffRoleType.EDITOR, "林编辑")
    return Desk(home, column, federation, author, hire_reviewers(federation))
