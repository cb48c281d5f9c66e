@echo off
setlocal
rem Finds a Python that fits - in the folder python, else the one of the computer - and starts start.py with it.
rem Only characters of GB2312 here: on a computer of another language cmd reads them as other letters, but no signs.
set "HERE=%~dp0"
set "PYTHON="
set "WHY=0"
rem The launcher of newer Pythons would fetch a version that is not there from the internet.
set "PYTHON_MANAGER_AUTOMATIC_INSTALL=false"
for %%f in (folder.json fits.py start.py) do if not exist "%HERE%%%f" goto broken
call :try "%HERE%..\python\python.exe"
call :try "%HERE%..\python\tools\python.exe"
for %%v in ({{ pythons|reverse|join(" ") }}) do call :try py -%%v
call :try python
call :try python3
if not defined PYTHON goto none
%PYTHON% -I -S "%HERE%start.py" %*
exit /b %ERRORLEVEL%

:broken
echo 文件夹不完整，请从压缩包重新解压整个文件夹。
exit /b 2

:try
if defined PYTHON exit /b
%* -E "%HERE%fits.py" >nul 2>nul
if %ERRORLEVEL%==0 goto good
if %ERRORLEVEL%==3 if %WHY%==0 set "WHY=3"
if %ERRORLEVEL%==4 set "WHY=4"
exit /b
:good
set PYTHON=%*
exit /b

:none
if %WHY%==0 echo 没有找到 Python。
if %WHY%==3 echo 电脑上的 Python 版本不合适，要用 {{ pythons|join("、") }}。
if %WHY%==4 echo 电脑上的 Python 和这个文件夹不配套，这个文件夹是给“{{ platform.said }}”用的。
echo 请把便携版 Python 放进这里的 python 文件夹，再试一次；怎样放，写在里面的“请看这里.txt”。
exit /b 2
