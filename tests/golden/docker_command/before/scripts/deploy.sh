#!/bin/sh
docker compose up -d --no-build
