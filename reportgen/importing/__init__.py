"""Other files -> an input file: numbers of a text bound to the tables, and this year's input from last year's."""
