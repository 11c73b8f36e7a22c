"""What services and tests share: the environment, secrets and tickets."""
