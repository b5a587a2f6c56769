"""A module beside the package."""


class Strange(Exception):
    """An error of the function's own."""
