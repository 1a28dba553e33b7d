#!/usr/bin/env bash
# Browser tests need Chromium and a Chinese font. Say how to get them; get them where that is allowed.
set -euo pipefail

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fonts-noto-cjk fontconfig)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "正在安装浏览器测试要用的：${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "浏览器测试还缺：${missing[*]}。请用管理员身份运行：apt-get install -y ${missing[*]}，然后再来一次。" >&2
  exit 1
fi
