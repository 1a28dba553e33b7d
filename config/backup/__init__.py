"""A copy of the whole site, and proof that what comes back is what was copied.

Database and media; the keys stay where they are (decision 0047).
"""
