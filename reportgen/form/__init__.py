"""The official form: what it is, and how it is read from ``templates/``."""
