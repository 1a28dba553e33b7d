from cms.domain.links.checking import check_due, check_page
from cms.domain.links.collecting import collect_all, collect_links
from cms.domain.links.ignoring import ignore_link, mind_link

__all__ = [
    "check_due",
    "check_page",
    "collect_all",
    "collect_links",
    "ignore_link",
    "mind_link",
]
