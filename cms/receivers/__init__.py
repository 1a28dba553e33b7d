"""What happens to pages and concerns this app: each receiver calls the domain and no more."""

from cms.receivers import audit, kept_pages, links, pictures, reviews, search

RECEIVERS = (audit, kept_pages, links, pictures, reviews, search)


def connect() -> None:
    for each in RECEIVERS:
        each.connect()
