"""证书 in the admin; importing `menu` registers it."""
