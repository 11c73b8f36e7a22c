from billing.invoice import Invoice as Bill
from billing.invoice import *
