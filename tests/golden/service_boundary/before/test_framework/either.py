try:
    from billing.invoice import Invoice as Either
except ImportError:
    from test_framework.waiting import Waiting as Either
