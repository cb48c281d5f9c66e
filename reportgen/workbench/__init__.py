"""The workbench: one report as a page in the browser, over the same functions as the commands.

The text file stays the truth. Nothing imports this room but the command ``open``.
"""
