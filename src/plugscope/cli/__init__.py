"""The commands: one module a group of verbs, each a thin layer over the rooms below."""
