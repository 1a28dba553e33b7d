"""A Word document becomes a draft page: reading (pure), and the admin's way to it."""
