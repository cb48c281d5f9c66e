#!/bin/sh
# Finds a Python that fits (in the folder python, else the one of the computer) and starts start.py with it.
here=$(cd "$(dirname "$0")" && pwd) || exit 2
why=0
for file in folder.json fits.py start.py; do
  [ -f "$here/$file" ] || { echo "文件夹不完整，请从压缩包重新解压整个文件夹。" >&2; exit 2; }
done
for python in "$here/../python/bin/python3" "$here/../python/python3"{% for python in pythons|reverse %} python{{ python }}{% endfor %} python3 python; do
  "$python" -E "$here/fits.py" >/dev/null 2>&1
  case $? in
    0) exec "$python" -I -S "$here/start.py" "$@" ;;
    3) [ $why -ne 0 ] || why=3 ;;
    4) why=4 ;;
  esac
done
case $why in
  0) echo "没有找到 Python。" ;;
  3) echo "电脑上的 Python 版本不合适，要用 {{ pythons|join("、") }}。" ;;
  4) echo "电脑上的 Python 和这个文件夹不配套，这个文件夹是给“{{ platform.said }}”用的。" ;;
esac >&2
echo "请把便携版 Python 放进这里的 python 文件夹，再试一次；怎样放，写在里面的“请看这里.txt”。" >&2
exit 2
