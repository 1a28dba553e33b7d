"""The desk's pages about learning: figures, people, reminders."""
