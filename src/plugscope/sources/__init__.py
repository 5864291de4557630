"""What can be opened: one module a kind of source, each returns a Catalog."""
