#!/usr/bin/env bash
# The Debian package: made, installed into a root of its own, and run from there. Part of
# scripts/test --ci, and not of the suite: it strips and packs the release build.
# Exit code 0 only when all of it worked; what did not is printed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'echo "failed: line $LINENO: $BASH_COMMAND"' ERR

deb=$("$root/scripts/package")
[[ $deb == "$root"/build/release/sdd_*_"$(dpkg --print-architecture)".deb ]]

# Depends names what the program and its module for git are linked with, and all of it is there.
depends=$(dpkg-deb --field "$deb" Depends)
[[ $depends == *libgit2* && $depends == *libsimdjson* && $depends == *libc6* ]]
while IFS= read -r package; do
  dpkg-query --show "$package" >/dev/null
done < <(tr ',' '\n' <<<"$depends" | sed 's/^ *//; s/ .*//')

# A root of its own has none of these packages: dpkg is told not to ask for them. Who is not root
# can only unpack.
if [[ $(id -u) -eq 0 ]]; then
  mkdir -p "$work/tree/var/lib/dpkg/info" "$work/tree/var/lib/dpkg/updates"
  touch "$work/tree/var/lib/dpkg/status"
  dpkg --root="$work/tree" --force-depends --force-script-chrootless --install "$deb" >/dev/null 2>"$work/err"
  [[ $(dpkg-query --admindir="$work/tree/var/lib/dpkg" --showformat '${Status}' --show sdd) == \
    "install ok installed" ]]
else
  dpkg-deb --extract "$deb" "$work/tree"
fi

sdd=$work/tree/usr/bin/sdd
[[ $("$sdd" --version) == "sdd $(dpkg-deb --field "$deb" Version)" ]]
"$sdd" check "$root/fixtures/demo" >"$work/out" && exit 1 # it has errors
tail -n 1 "$work/out" | grep -q ' errors, '
[[ -z $(find "$work/tree/usr" -type f -not -perm -u+r) ]]
echo "$deb: $(du -k "$deb" | cut -f 1) KiB, $depends"
