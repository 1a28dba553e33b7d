"""What a password may not be; docs/decisions/0048."""
