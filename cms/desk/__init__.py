"""The editor's desk: lists of pages that want something from her, on the home page and whole."""
