@echo off
if not exist "%~dp0setup\run.bat" goto zipped
call "%~dp0setup\run.bat" install
pause
exit /b
:zipped
echo 请先把压缩包全部解压出来，再到解压出来的文件夹里双击“安装”。
pause
