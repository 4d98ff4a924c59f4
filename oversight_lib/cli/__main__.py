"""`python -m oversight_lib.cli`, for where the command is not on the path."""

from oversight_lib.cli import main

main()
