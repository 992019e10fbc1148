"""One small reader per kind of file: bytes in, one normalised text and its locators out.

A reader changes no word and guesses nothing; what it cannot read it refuses with the
reason. Readers run where they can be stopped (`sources.confined`), so nothing here may
touch the library, the network or another file; the one program they run is pandoc, in
`sources.readers.pandoc`, which may not either.
"""
