#!/usr/bin/env bash
# Pages of two origins call an API in headless Chromium: the one that the contract names reads every answer, the gateway's own
# refusals too; the other reads none. Needs Chromium and built programs:
# `cargo build -p codegen -p verify -p stage -p parcels --bins --examples`.
set -euo pipefail
cd "$(dirname "$0")/.."
browser=${BROWSER_PATH:-$(command -v chromium || command -v google-chrome || true)}
[ -n "$browser" ] || { echo 'Chromium is missing: install it, or say where it is with BROWSER_PATH'; exit 1; }
bin=$PWD/target/debug work=$(mktemp -d) started=()
trap '[ ${#started[@]} = 0 ] || kill "${started[@]}" 2>/dev/null; rm -rf "$work"' EXIT
wait_for() { for _ in $(seq 100); do [ -s "$1" ] && return; sleep 0.1; done; echo "nothing came: $1"; exit 1; }

# The origin that the contract names, and another; both are this server.
ours=https://desk.parcels.example.com other=https://evil.example.com
mkdir "$work/pages"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=pages -keyout "$work/key" -out "$work/cert" 2>/dev/null
python3 - "$work" >"$work/port" <<'PY' &
import functools, http.server, ssl, sys
class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1] + "/pages"))
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1] + "/cert", sys.argv[1] + "/key")
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
PY
started+=($!)
wait_for "$work/port"
pages=127.0.0.1:$(cat "$work/port")
token() { "$bin/codegen" token --spec examples/parcels/spec --sub desk "$@"; }

# A stage with the functions, of which the authorizer is $2.
serve() {
  mkdir -p "$work/bin-$1"
  for name in $(sed -n 's/^ *Binary: //p' examples/parcels/generated/infra/template.yaml); do
    ln -sf "$bin/examples/functions" "$work/bin-$1/$name"
  done
  ln -sf "$2" "$work/bin-$1/authorizer"
  "$bin/stage" --template examples/parcels/generated/infra/template.yaml --bin-dir "$work/bin-$1" --no-build --port 0 --json \
    --secrets examples/parcels/services/tests/secrets.toml --parameter KeyRequestsPerDay=1 >"$work/$1.json" &
  started+=($!)
  wait_for "$work/$1.json"
}
value() { python3 -c "import json,sys; summary = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))" "$work/$1.json" "$2"; }
serve whole "$bin/examples/functions"
serve broken /bin/false
api=$(value whole 'summary["apis"][0]["url"]') broken=$(value broken 'summary["apis"][0]["url"]')
key=$(value whole 'summary["apiKeys"]["ClientApiKey"]')

# Each line: a name, and the status that the page read, or `unreadable`.
cat >"$work/pages/page.html" <<HTML
<!doctype html><pre id=out></pre><script type=module>
const json = {"Content-Type": "application/json"};
const parcel = JSON.stringify({recipient: "Ada", weightGrams: 1200});
const scan = JSON.stringify({scanId: "1", place: "north"});
const all = {Authorization: "Bearer $(token --scope parcels.register --scope parcels.scan)", ...json};
const none = {Authorization: "Bearer $(token)", ...json};
const tell = async (name, url, options) => {
  let told;
  try { told = (await fetch(url, options)).status; } catch { told = "unreadable"; }
  document.getElementById("out").append(name + " " + told + "\n");
};
const at = "/parcel/7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11/scan";
const post = (headers, body = parcel) => ({method: "POST", headers, body});
await tell("registered", "$api/parcel", post(all));
await tell("invalid", "$api/parcel", post(all, "{}"));
await tell("nobody", "$api/parcel", post(json));
await tell("stranger", "$api/parcel", post({...all, Authorization: "Bearer a.b.c"}));
await tell("scopeless", "$api/parcel", post(none));
await tell("nowhere", "$api/nowhere", {});
await tell("keyed", "$api" + at, post({"X-Scanner-Key": "$key", ...json}, scan));
await tell("too-often", "$api" + at, post({"X-Scanner-Key": "$key", ...json}, scan));
await tell("broken", "$broken/parcel", post(all));
await tell("undeclared-header", "$api/parcel", post({...all, "X-Other": "1"}));
document.getElementById("out").append("done\n");
</script>
HTML
browse() {
  timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --user-data-dir="$work/profile" --ignore-certificate-errors \
    --host-resolver-rules="MAP desk.parcels.example.com $pages, MAP evil.example.com $pages" --virtual-time-budget=20000 --dump-dom "$1" 2>/dev/null |
    sed -n 's/.*<pre id="out">//; /^[a-z-]* \([0-9]*\|unreadable\)$/p; /^done$/p'
}
expect() {
  diff -u <(printf '%s\n' "${@:2}") "$work/$1.out" || { echo "a page of $1 read something else"; exit 1; }
  echo "ok: a page of $1"
}
browse "$ours/page.html" >"$work/ours.out"
expect ours 'registered 201' 'invalid 400' 'nobody 401' 'stranger 401' 'scopeless 403' 'nowhere 403' 'keyed 202' 'too-often 429' \
  'broken 500' 'undeclared-header unreadable' done
browse "$other/page.html" >"$work/other.out"
expect other 'registered unreadable' 'invalid unreadable' 'nobody unreadable' 'stranger unreadable' 'scopeless unreadable' \
  'nowhere unreadable' 'keyed unreadable' 'too-often unreadable' 'broken unreadable' 'undeclared-header unreadable' done
