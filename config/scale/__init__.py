"""Guangdong at its real size with invented people: what `manage.py seed_scale` makes."""
