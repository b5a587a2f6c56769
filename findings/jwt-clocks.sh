#!/usr/bin/env bash
# Readers of JWTs disagree on tokens from a clock that runs ahead, and PyJWT ends tokens up to a second early.
#
# RFC 7519 gives `iat` no rule of acceptance (section 4.1.6; `nbf` is for that), and a NumericDate may have a fraction
# (section 2), so that a token lives until its `exp`, fraction included. As they come, PyJWT 2.15.1 and joserfc 1.8.0
# refuse a token whose `iat` is 30 seconds ahead, and python-jose 3.5.0 and jose 6.2.18 (npm) take it. PyJWT also cuts
# `exp` to whole seconds: what ends 0.9 seconds into this second has ended. A gateway and the service behind it, with
# a library each, refuse and take one token; a retry helps, which hides why.
# Here `exp`, `nbf` and `iat` are compared with their fractions and one leeway, which the contract states:
# check_times() in codegen/runtime/src/authorizer/token.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check PyJWT==2.15.1 python-jose==3.5.0 joserfc==1.8.0
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . jose@6.2.18
cat >tokens.py <<'PY'
"""Two tokens, made when they are needed: one issued 30 seconds ahead, one that ends 0.9 seconds into this second."""
import time

import jwt

SECRET = "a secret of more than thirty-two bytes, for HS256"


def ahead():
    now = int(time.time())
    return jwt.encode({"sub": "customer-1", "iat": now + 30, "exp": now + 600}, SECRET, "HS256")


def ending():
    time.sleep(1 - time.time() % 1)
    return jwt.encode({"sub": "customer-1", "exp": int(time.time()) + 0.9}, SECRET, "HS256")
PY
cat >read.py <<'PY'
import sys

import jwt
from joserfc import jwt as joserfc
from joserfc.jwk import OctKey
from jose import jwt as python_jose

from tokens import SECRET, ahead, ending


def with_joserfc(token):
    joserfc.JWTClaimsRegistry().validate(joserfc.decode(token, OctKey.import_key(SECRET), algorithms=["HS256"]).claims)


READERS = {
    "PyJWT 2.15.1": lambda token: jwt.decode(token, SECRET, algorithms=["HS256"]),
    "python-jose 3.5.0": lambda token: python_jose.decode(token, SECRET, algorithms=["HS256"]),
    "joserfc 1.8.0": with_joserfc,
}
for name, read in READERS.items():
    for what, make in (("issued ahead", ahead), ("within its last second", ending)):
        try:
            read(make())
            print(f"{name}, {what}: taken")
        except Exception as error:
            print(f"{name}, {what}: {type(error).__name__}")
PY
cat >read.mjs <<'JS'
import { jwtVerify } from 'jose';
const [secret, token] = process.argv.slice(2);
await jwtVerify(token, new TextEncoder().encode(secret));
console.log('jose 6.2.18, issued ahead: taken');
JS
{
  venv/bin/python read.py
  venv/bin/python -c 'import tokens; print(tokens.SECRET, tokens.ahead(), sep="\n")' >token
  node read.mjs "$(head -n 1 token)" "$(tail -n 1 token)"
} | tee seen
diff - seen <<'EXPECTED' || { echo 'changed: a library compares times otherwise now' >&2; exit 1; }
PyJWT 2.15.1, issued ahead: ImmatureSignatureError
PyJWT 2.15.1, within its last second: ExpiredSignatureError
python-jose 3.5.0, issued ahead: taken
python-jose 3.5.0, within its last second: taken
joserfc 1.8.0, issued ahead: InvalidClaimError
joserfc 1.8.0, within its last second: taken
jose 6.2.18, issued ahead: taken
EXPECTED
