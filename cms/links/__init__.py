"""Asking whether addresses outside still answer: what may be asked, and how. Without Django."""
