"""What an area's office gets: papers to print and to send back, a workbook, a page, an input file.

Each paper is a function of the :class:`~reportgen.collating.area.Area` alone, so that the same area gives the same
bytes; :mod:`.folder` puts them in their places.
"""
