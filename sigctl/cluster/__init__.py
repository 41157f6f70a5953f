"""The joined picture of a workspace, and `load`, the one door to it."""

from sigctl.cluster.cluster import Cluster, Home, terms_of
from sigctl.cluster.format import SETTINGS_FILE
from sigctl.cluster.load import Loaded, find_workspace, load
from sigctl.cluster.mistakes import MISTAKES

__all__ = ["MISTAKES", "SETTINGS_FILE", "Cluster", "Home", "Loaded", "find_workspace", "load", "terms_of"]
