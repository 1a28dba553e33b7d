from django.db import models


class ImportedEntry(models.Model):
    """What import_knowledge made of a text, so that the next run knows what has changed since."""

    page = models.OneToOneField(
        "knowledge_base.KnowledgePage", on_delete=models.CASCADE, related_name="imported"
    )
    # The title in the file, which an editor may change on the page.
    key = models.CharField(max_length=255, unique=True)
    # Of the text in the file, and of what the page said when it was written.
    source_digest = models.CharField(max_length=64)
    page_digest = models.CharField(max_length=64)

    def __str__(self):
        return self.key
