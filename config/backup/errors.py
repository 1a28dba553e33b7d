class BackupError(Exception):
    """Cannot be done; the text says why and what to do, in Chinese."""
