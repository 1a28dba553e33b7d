"""Reads for the staff's desk, shaped for its pages."""
