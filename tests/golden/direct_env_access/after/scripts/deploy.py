"""Run as a script: its own folder is on the path, not the repository's root."""
import os

TARGET = os.environ["TARGET"]
