class CorrectionRefused(Exception):
    """The correction cannot be made; the message says why and what to do, in Chinese."""
