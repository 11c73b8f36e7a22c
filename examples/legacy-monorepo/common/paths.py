"""Where files of ours live on a machine."""
import os as _os
import os.path
import tempfile


def home():
    """The folder for state, from ``HARBOR_HOME`` or under the user's home."""
    return _os.environ.get("HARBOR_HOME") or os.path.join(os.path.expanduser("~"), ".harborline")


def spool(service):
    folder = _os.path.join(home(), "spool", service)
    _os.makedirs(folder, exist_ok=True)
    return folder


def scratch():
    return _os.getenv("HARBOR_TMP", tempfile.gettempdir())


def expand(template):
    """``$NAME`` and ``${NAME}`` replaced from the environment; unknown names stay."""
    return os.path.expandvars(template)
