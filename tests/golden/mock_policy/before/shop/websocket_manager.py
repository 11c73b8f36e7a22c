"""What talks to clients."""

redis_client = None
