"""Encrypt every stored phone anew with the newest key."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from members.encryption import EncryptedPhoneField

CHUNK = 2000


class Command(BaseCommand):
    help = (
        "用 PERSONAL_DATA_KEYS 里的第一把密钥重新加密全部手机号。"
        "先停下网站和后台任务；完成后再去掉旧密钥。"
    )

    def handle(self, *args, **options):
        count = sum(rewrite(field) for field in stored_phones())
        self.stdout.write(f"已重新加密 {count} 个手机号，现在可以去掉旧密钥。")


def stored_phones() -> list[EncryptedPhoneField]:
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    return [field for field in fields if isinstance(field, EncryptedPhoneField)]


def rewrite(field: EncryptedPhoneField) -> int:
    """Chunk by chunk: whatever was done before an interruption is done."""
    rows = field.model._base_manager.exclude(**{field.name: None}).order_by("pk")
    count, after = 0, 0
    while chunk := list(rows.filter(pk__gt=after).only("pk", field.name)[:CHUNK]):
        with transaction.atomic():
            field.model._base_manager.bulk_update(chunk, [field.name])
        count, after = count + len(chunk), chunk[-1].pk
    return count
