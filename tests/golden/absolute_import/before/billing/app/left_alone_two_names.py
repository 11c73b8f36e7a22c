from .models import LIMIT
