#!/usr/bin/env bash
# The stage's console in headless Chromium: every view draws what it is for, in light and in dark, and does what keys and
# clicks ask for (console.mjs). Needs Chromium, Node.js and a built stage with its fixture (`cargo build -p stage --bin stage --examples`). With a folder as an argument, screenshots
# are left there to be looked at.
set -euo pipefail
cd "$(dirname "$0")/.."
browser=${BROWSER_PATH:-$(command -v chromium || command -v google-chrome || true)}
[ -n "$browser" ] || { echo 'Chromium is missing: install it, or say where it is with BROWSER_PATH'; exit 1; }
bin=target/debug shots=${1:-} work=$(mktemp -d)
"$bin/stage" --template infra/stage/tests/cases/stage.yaml --bin-dir "$bin/examples" --no-build --port 0 --json >"$work/summary" &
stage=$!
trap 'kill $stage 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do [ -s "$work/summary" ] && break; sleep 0.1; done
value() { python3 -c "import json,sys; summary = json.load(open(sys.argv[1])); print(eval(sys.argv[2]))" "$work/summary" "$1"; }
api=$(value 'summary["apis"][0]["url"]') aws=$(value 'summary["awsEndpoint"]') queue=$(value 'summary["queues"]["FailureQueue"]')
trace=1-5759e988-bd862e3fe1be46a994272793
curl -sf -H "X-Amzn-Trace-Id: Root=$trace" "$api/all/who" >/dev/null
curl -sf -H 'X-Amz-Target: AmazonSQS.SendMessage' -d "{\"QueueUrl\":\"$queue\",\"MessageBody\":\"<b>bold</b>\"}" "$aws" >/dev/null
browse() {
  timeout 60 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
    --disable-component-update --disable-sync --hide-scrollbars --window-size=1500,1000 --user-data-dir="$work/profile" \
    --virtual-time-budget=4000 "$@" 2>/dev/null
}
# A view's document must have each text.
view() {
  local name=$1 text
  shift
  browse --dump-dom "$aws/_stage#$name" >"$work/dom"
  for text in "$@"; do grep -qF -- "$text" "$work/dom" || { echo "$name does not show: $text"; exit 1; }; done
  [ -z "$shots" ] || for scheme in 0 1; do
    browse --blink-settings=preferredColorScheme=$scheme --screenshot="$shots/${name%%/*}-$([ $scheme = 0 ] && echo dark || echo light).png" "$aws/_stage#$name"
  done
  echo "ok: $name"
}
view system '<svg' 'local-echo' '1 invoked' 'marker-end'
view requests 'GET /test/all/who' '200 OK'
view "requests/$trace" "$trace" 'invocation' 'local-echo' 'answered'
view operations 'POST /shown/{id}' 'id (path)' 'Send</button>'
view queues 'local-FailureQueue' 'messages</button>'
view tables 'Key condition' '<option>'
view events 'Test a pattern' 'detail-type'
view logs 'invocation 1'
view faults 'throttle' 'off</button>'
node .ci/console.mjs "$browser" "$aws/_stage" "$work/keys"
views=()
for name in system requests "requests/$trace" operations queues tables events logs faults; do views+=("$aws/_stage#$name"); done
node .ci/accessible.mjs "$browser" "$work/judged" "${views[@]}"
