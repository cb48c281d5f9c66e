"""Report -> findings. One module a family of rules; :mod:`.registry` knows them all."""
