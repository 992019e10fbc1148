"""The command line: one file per group of commands, all printing in `console`.

Heavy parts are imported inside the commands, so that ``--help`` is quick.
"""
