@echo off
if not exist "%~dp0setup\run.bat" goto zipped
title 年报：用完以后关闭这个窗口
call "%~dp0setup\run.bat" open
if errorlevel 1 pause
exit /b
:zipped
echo 请先把压缩包全部解压出来，再到解压出来的文件夹里双击“打开年报”。
pause
