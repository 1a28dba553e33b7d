"""By which beginnings a name is found."""

from django.db import models


class NameKey(models.Model):
    """`name` begins, or sounds, like `key`: characters, pinyin or initials, folded.

    Rows belong to names, not to people: a rename needs no update, and namesakes share them.
    federations.domain.names writes them.
    """

    name = models.CharField(max_length=50)
    key = models.CharField(max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key"], name="name_key_once")]
        indexes = [
            # For LIKE 'chenxiu%' in any collation; the name comes out of the index.
            models.Index(
                fields=["key", "name"],
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
                name="name_key_beginning",
            )
        ]

    def __str__(self):
        return f"{self.key} → {self.name}"
