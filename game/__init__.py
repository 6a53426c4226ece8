"""Ninety Sols: a rover surface-operations simulator."""

__version__ = "0.2.0"
