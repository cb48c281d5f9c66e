#!/bin/sh
sh "$(dirname "$0")/setup/run.sh" open "$@"
status=$?
if [ $status -ne 0 ] && [ -t 0 ]; then
  printf '按回车键结束。'
  read -r _
fi
exit $status
