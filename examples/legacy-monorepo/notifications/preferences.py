"""Who wants to hear what, on which channel, and when not."""
import datetime as dt
import os

CHANNELS = ("email", "sms", "push")
DEFAULTS = {"ticket": ("email", "push"), "invoice": ("email",), "marketing": ()}


class Preferences:
    def __init__(self, choices=None, quiet=None):
        self.choices = dict(choices or {})
        self._quiet = quiet

    @property
    def quiet(self):
        """Hours without a message, ``(from, to)``; everybody's default is in NOTIFY_QUIET."""
        if self._quiet is not None:
            return self._quiet
        raw = os.environ.get("NOTIFY_QUIET", "22-7")
        start, end = raw.split("-")
        return int(start), int(end)

    def channels(self, topic):
        if topic in self.choices:
            return tuple(channel for channel in CHANNELS if channel in self.choices[topic])
        return DEFAULTS.get(topic, ())

    def is_quiet(self, moment):
        start, end = self.quiet
        if start == end:
            return False
        if start < end:
            return start <= moment.hour < end
        return moment.hour >= start or moment.hour < end

    def next_slot(self, moment):
        """The first moment at or after ``moment`` that is not quiet."""
        while self.is_quiet(moment):
            moment = moment.replace(minute=0, second=0, microsecond=0) + dt.timedelta(hours=1)
        return moment


def disabled():
    """Channels that operations has switched off: ``NOTIFY_DISABLE=sms,push``."""
    words = os.getenv("NOTIFY_DISABLE", "").split(",")
    return {word.strip() for word in words} & set(CHANNELS)


def usable(preferences, topic):
    off = disabled()
    return [channel for channel in preferences.channels(topic) if channel not in off]
