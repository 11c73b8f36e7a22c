"""A sliding window over failed logins."""

import collections

from common.clock import SystemClock
from harbor_auth import auth_config


class RateLimiter:
    def __init__(self, clock=None):
        self.clock = clock or SystemClock()
        self.attempts = collections.defaultdict(collections.deque)

    def allow(self, key):
        """Count an attempt for ``key``; False if there were too many lately."""
        limit, window = auth_config.rate_limit()
        now = self.clock.monotonic()
        seen = self.attempts[key]
        while seen and seen[0] <= now - window:
            seen.popleft()
        if len(seen) >= limit:
            return False
        seen.append(now)
        return True

    def reset(self, key):
        self.attempts.pop(key, None)

    def wait(self, key):
        """Seconds until ``key`` may try again."""
        limit, window = auth_config.rate_limit()
        seen = self.attempts.get(key, ())
        if len(seen) < limit:
            return 0.0
        return max(0.0, seen[0] + window - self.clock.monotonic())
