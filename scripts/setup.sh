#!/bin/sh
# Sets up all that the project needs; does only what is missing. Exit status 1 where it cannot run at all,
# 0 with a word on stderr where a program is missing that only some files need. --with-browser also installs
# Chromium, which only tests of the pages need, --with-mail Dovecot, which only tests of incoming mail need,
# --with-train torch and what else teaches encoders (docs/models.md).
set -eu
cd "$(dirname "$0")/.."

browser=${DONDOC_WITH_BROWSER:-}
mail=${DONDOC_WITH_MAIL:-}
train=${DONDOC_WITH_TRAIN:-}
for option in "$@"; do
    [ "$option" != --with-browser ] || browser=1
    [ "$option" != --with-mail ] || mail=1
    [ "$option" != --with-train ] || train=1
done

say() { printf '%s\n' "setup: $*" >&2; }

# ---------------------------------------------------------------- system packages

installer=none # how packages can be installed without asking anybody
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        installer=root
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        installer=sudo
    fi
fi

apt() {
    if [ "$installer" = sudo ]; then
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get "$@"
    else
        DEBIAN_FRONTEND=noninteractive apt-get "$@"
    fi
}

has_tesseract() { command -v tesseract >/dev/null 2>&1; }
has_vietnamese() { has_tesseract && tesseract --list-langs 2>/dev/null | grep -qx vie; }
has_writer() { command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1; }
has_fonts() { [ -e /usr/share/fonts/truetype/croscore/Tinos-Regular.ttf ]; }

has_browser() {
    [ -z "$browser" ] || command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
        command -v google-chrome >/dev/null 2>&1
}

has_mail() { [ -z "$mail" ] || [ -x /usr/sbin/dovecot ] || command -v dovecot >/dev/null 2>&1; }

missing() {
    has_tesseract || echo tesseract-ocr
    has_vietnamese || echo tesseract-ocr-vie
    has_writer || echo libreoffice-writer-nogui
    has_fonts || echo fonts-croscore
    has_browser || echo chromium
    has_mail || echo dovecot-imapd
}

consequence() {
    case "$1" in
    tesseract-ocr*) echo "scans and pictures cannot be read (files with text can)" ;;
    libreoffice*) echo "old Word files (.doc) cannot be read (.docx can)" ;;
    fonts-croscore) echo "the samples cannot be made anew and some tests are skipped" ;;
    chromium) echo "the tests of the pages in a browser are skipped" ;;
    dovecot-imapd) echo "the tests of mail that comes in are skipped" ;;
    esac
}

install_packages() {
    if [ "$installer" = none ]; then
        return 1
    fi
    say "installing $*"
    log=$(mktemp)
    if apt update -qq >"$log" 2>&1 && apt install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    tail -n 3 "$log" >&2
    rm -f "$log"
    return 1
}

wanted=$(missing)
if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086 # one word a package
    install_packages $wanted || true
    left=$(missing)
    if [ -n "$left" ]; then
        say "missing system packages:"
        for package in $left; do
            say "  $package: without it, $(consequence "$package")"
        done
        # shellcheck disable=SC2086
        say "to install them: sudo apt-get install" $left
    fi
fi

# ---------------------------------------------------------------- python

fit() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null 2>&1 && fit "$candidate"; then
            echo "$candidate"
            return 0
        fi
    done
    return 1
}

python=$(find_python) || {
    say "needs Python 3.11 or newer (Debian 12 or Ubuntu 24.04 and later: sudo apt-get install python3 python3-venv)"
    exit 1
}

if ! { [ -x .venv/bin/python ] && fit .venv/bin/python && .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        install_packages "$version" || {
            say "Python's module venv is missing: sudo apt-get install $version"
            exit 1
        }
    fi
    rm -rf .venv
    "$python" -m venv .venv
fi

stamp=$(cat pyproject.toml constraints.txt scripts/setup.sh | cksum)
install_python() { # extras, the file that tells that they are there
    if [ "$(cat "$2" 2>/dev/null || true)" != "$stamp" ]; then
        say "installing Python packages into .venv (a few minutes the first time)"
        PIP_DISABLE_PIP_VERSION_CHECK=1 .venv/bin/python -m pip install -q -c constraints.txt -e ".[$1]"
        printf '%s' "$stamp" >"$2"
    fi
}

install_python dev,cluster,learn,oidc .venv/.stamp
[ -z "$train" ] || install_python train .venv/.stamp-train
