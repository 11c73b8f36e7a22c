"""Git, and nothing but git: reading a repository, building branches from objects, safe writes in place."""
