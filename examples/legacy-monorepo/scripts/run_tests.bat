@echo off
rem For the two of us on Windows.
set HARBOR_ENV=test
python scripts\run_all_tests.py %*
if errorlevel 1 exit /b 1
python -m pytest common -q
