"""Application code builds its own engine, as it should."""

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

engine = create_engine("postgresql://orders@db/orders", pool_size=20)
SessionLocal = sessionmaker(bind=engine)
