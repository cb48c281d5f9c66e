"""The offline folder: everything to install and use reportgen on a computer without internet, and without a programmer.

One folder for one kind of computer: all wheels, an install script and starters to double-click, the guide as a page,
the example, a place for a portable Python, and a list of the SHA-256 of every file.
"""
