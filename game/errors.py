"""Errors that people's files and typing cause; everything else is a bug and stays a bug.

GameError
├── AgentError      an agent cannot be loaded, or answers what no agent may
│   └── AgentBrokenError   code of an agent of one's own raised something
├── ConfigError     a rules file is wrong
├── LevelError      a Tiled map or mission file is wrong
├── SaveError       a save or recording is damaged or too new
├── ScenarioError   a scenario or plan file is wrong
└── UsageError      the command line asks for something that is not there
"""


class GameError(Exception):
    """Base class; the command line prints these without a traceback."""


class AgentError(GameError):
    """An agent cannot be loaded, or answers what no agent may."""


class AgentBrokenError(AgentError):
    """Code of an agent of one's own raised something: its own bug, told without a traceback."""


class ConfigError(GameError):
    """A TOML rules file is wrong."""


class LevelError(GameError):
    """A Tiled map or a mission file is wrong."""


class SaveError(GameError):
    """A save or a recording is damaged, or newer than this program."""


class ScenarioError(GameError):
    """A scenario or plan file is wrong."""


class UsageError(GameError):
    """The command line asks for something that is not there."""
