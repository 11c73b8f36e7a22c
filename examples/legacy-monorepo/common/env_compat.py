"""One ``get_env`` for code that has to run with and without the shared runtime.

The shared runtime was announced in 2023 and is not everywhere yet; until it is, the process
environment does the job.
"""
try:
    from shared.isolated_environment import get_env
except ImportError:
    import os

    def get_env():
        return os.environ


def database_url(service: str) -> str:
    """The database URL of ``service``, or an in-memory SQLite one."""
    return get_env().get(f"{service.upper()}_DATABASE_URL") or "sqlite:///:memory:"


def region() -> str:
    return get_env().get("HARBOR_REGION", "eu-west-1")
