"""Which hosts outside this site may be linked to: the province keeps the list."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _


class AllowedDomain(models.Model):
    """A domain, its subdomains included. Taking one away takes its links down at once."""

    domain = models.CharField(
        _("域名"),
        max_length=253,
        unique=True,
        help_text=_("例如 gd.gov.cn：它自己和它下面的（如 www.gd.gov.cn）都可以用。"),
    )
    note = models.CharField(_("是谁的"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("可用域名")
        verbose_name_plural = _("可用域名")
        ordering = ["domain"]

    def __str__(self):
        return self.domain


def leads_to_allowed_host(field: str) -> Exists:
    """For a query of something whose `field` holds a host: on the list, or below one that is."""
    host = ExpressionWrapper(OuterRef(field), output_field=models.CharField())
    ending = Concat(Value("."), F("domain"))
    hosts = AllowedDomain.objects.annotate(host=host, ending=ending)
    return Exists(hosts.filter(Q(host=F("domain")) | Q(host__endswith=F("ending"))))


def is_allowed_host(host: str) -> bool:
    labels = host.split(".")
    above = [".".join(labels[start:]) for start in range(len(labels))]
    return AllowedDomain.objects.filter(domain__in=above).exists()
