"""Between this folder and the service's conftest stands this one, which may offer another session."""
