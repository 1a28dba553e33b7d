from knowledge_base.models.category import KnowledgeCategory
from knowledge_base.models.feedback import Feedback
from knowledge_base.models.imported import ImportedEntry
from knowledge_base.models.pages import KnowledgeIndexPage, KnowledgePage, KnowledgeTag
from knowledge_base.models.rows import KnowledgeSource, RelatedPage, SourceState

__all__ = [
    "Feedback",
    "ImportedEntry",
    "KnowledgeCategory",
    "KnowledgeIndexPage",
    "KnowledgePage",
    "KnowledgeSource",
    "KnowledgeTag",
    "RelatedPage",
    "SourceState",
]
