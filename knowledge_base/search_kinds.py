"""What the search knows about the knowledge base."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from cms.passages import read_passages
from cms.search.kinds import HOOK, SearchKind
from knowledge_base.models import KnowledgePage


@hooks.register(HOOK, order=300)
def entries():
    return [
        SearchKind(
            name="knowledge",
            label=_("知识库"),
            model=KnowledgePage,
            icon="library",
            read_passages=lambda page: read_passages(page.body.raw_data),
            is_reference=True,
        )
    ]
