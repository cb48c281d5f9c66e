"""What a maintainer makes for a release: the offline folders, and the pictures of the README."""
