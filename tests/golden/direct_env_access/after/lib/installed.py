"""Part of a distribution that does not carry the runtime."""
import os

VALUE = os.environ["VALUE"]
