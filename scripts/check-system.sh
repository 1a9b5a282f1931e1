#!/bin/sh
# Looks for what pip cannot install: Python itself, a C++ compiler (hnswlib is published as source only) and the system
# libraries that Qt opens a window with. On Debian and Ubuntu what is missing is installed when this runs as root;
# otherwise the exact command is printed.
#
# Usage: check-system.sh PYTHON

set -eu
python=$1
packages=""
missing=""

lacks() {  # lacks WHAT PACKAGE: remember what is missing and which package brings it
    missing="$missing $1"
    packages="$packages $2"
}

check_python() {
    if ! "$python" -c '' 2>/dev/null; then
        [ "$python" = python3 ] || stop "$python cannot be started on this machine."
        lacks python3 "python3 python3-dev python3-venv"
        return
    fi
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Lookalike needs Python 3.11 or newer, but $python is $("$python" -V). Name another one: make run PYTHON=python3.12"
    version=$("$python" -c 'import sys; print("python%d.%d" % sys.version_info[:2])')
    "$python" -c 'import ensurepip, venv' 2>/dev/null || lacks venv "$version-venv"
    "$python" -c 'import os, sys, sysconfig
sys.exit(not os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))' || lacks Python.h "$version-dev"
}

check_libraries() {
    known=$(PATH="$PATH:/usr/sbin:/sbin" ldconfig -p 2>/dev/null) || return 0
    while read -r library package; do
        case $known in
            *"$library "*) ;;
            *) lacks "$library" "$package" ;;
        esac
    done <<LIBRARIES
libEGL.so.1 libegl1
libGL.so.1 libgl1
libbrotlidec.so.1 libbrotli1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0
libxcb-render.so.0 libxcb-render0
libxcb-shape.so.0 libxcb-shape0
libxcb-util.so.1 libxcb-util1
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxkbcommon.so.0 libxkbcommon0
LIBRARIES
}

stop() {
    echo "$1" >&2
    exit 1
}

check_python
command -v c++ >/dev/null || command -v g++ >/dev/null || lacks "a C++ compiler" g++
[ "$(uname -s)" != Linux ] || check_libraries

[ -n "$packages" ] || exit 0
echo "Missing on this machine:$missing"
command -v apt-get >/dev/null || stop "Install them with your system's package manager (Debian calls the packages$packages), then run this again."
[ "$(id -u)" = 0 ] || stop "Install them, then run this again:
    sudo apt-get install$packages"
apt-get update
# shellcheck disable=SC2086  # a list of words
DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $packages
