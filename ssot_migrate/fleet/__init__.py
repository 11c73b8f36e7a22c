"""Many repositories: each a unit of its own, run here or on a cluster, pushed and proposed to its owners."""
