@echo off
"%~dp0setup\run.bat" run %*
