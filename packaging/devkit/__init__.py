"""What `packaging/dev.py` does. The standard library alone: it runs before anything is installed."""
