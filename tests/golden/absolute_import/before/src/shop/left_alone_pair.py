try:
    from .prices import total
except ImportError:
    from prices import total

try:
    from prices import total as other
except ModuleNotFoundError:
    from .prices import total as other
