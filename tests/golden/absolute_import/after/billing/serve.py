from app.models import LIMIT
