"""积分与学时 in the admin: the rules with their simulation, and members' hours."""
