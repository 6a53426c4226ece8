"""Ninety Sols: a rover surface-operations simulator."""

__version__ = "0.1.0"
