try:
    import os
except ImportError:
    os = None

NAME = os.environ.get("NAME")
