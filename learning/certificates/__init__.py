"""Certificates on paper: PDF and picture. Nothing here knows Django or the database, so that a
process of its own can do it (see press)."""
