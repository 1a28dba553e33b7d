"""Files of questions: one module per format, each with the same `read` (and later `write`)."""
