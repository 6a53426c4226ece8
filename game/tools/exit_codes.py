"""Exit codes of the command line; the README lists them."""

OK, FAILED, BAD_INPUT, BROKEN, TIMEOUT, MISMATCH, NOTHING = 0, 1, 2, 3, 4, 5, 6
INTERRUPTED, NO_READER = 128 + 2, 128 + 13  # as shells count ends by SIGINT and SIGPIPE
