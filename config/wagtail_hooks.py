from django.utils import timezone
from wagtail import hooks

from config.groups import sync_groups
from federations.domain.roles import ROLES_CHANGED


@hooks.register(ROLES_CHANGED)
def sync_groups_of(member_ids):
    sync_groups(now=timezone.now(), member_ids=member_ids)
