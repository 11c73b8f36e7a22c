#!/bin/sh
# docker must be there
set -e
docker network create shop
DB=$(docker run -d --name "shop-db" postgres)
if ! docker info >/dev/null 2>&1; then
    echo "docker is not running"
fi
timeout 60 docker exec "$DB" pg_isready
docker logs shop-db | tail
docker system prune -f
docker push registry/shop
docker "$@"
