"""Whole pages for visitors, kept for at most a minute: docs/decisions/0033."""
