#!/usr/bin/env bash
# The template and the real archives, deployed by the AWS command line to an emulator of AWS that the project has no
# part in: the whole checkout over HTTP, a poisoned message into the dead-letter queue, and the load test with a closed
# ledger. On loopback, and ended by its process id.
#
# Where the emulator (ministack, from PyPI) departs from AWS, this works around it:
#   - `ApiUrl` in the outputs has AWS's host name, so the URL is made from the API's id instead (--api-url);
#   - it runs a warm invocation in about 100 ms, so the load is low and no time is judged;
#   - it runs functions on this machine, so they are packaged for this machine's architecture;
#   - it knows neither the gateway's own answers nor its any-method: a wrong path or method is a plain 403 there, so
#     neither is judged.
# It invokes authorizers. Functions get its own environment, so JWKS_ENDPOINT_URL leads them to a local issuer's keys.
# The AWS command line takes AWS_ENDPOINT_URL for every service but SQS, which has it said again.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$PWD/target/ci/venv/bin
work=$(mktemp -d)
port=${PORT:-4566} stack=shop-dev bucket=artifacts
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_REGION=us-east-1
export AWS_DEFAULT_REGION=$AWS_REGION AWS_EC2_METADATA_DISABLED=true AWS_PAGER= PATH=$bin:$PATH
unset AWS_PROFILE

emulator=
finish() {
  local code=$?
  [ "$code" -eq 0 ] || { echo '-- the last lines of the emulator:'; tail -n 40 "$work/emulator.log" || true; }
  if [ -n "$emulator" ]; then kill "$emulator" 2>/dev/null || true; wait "$emulator" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT
say() { printf -- '-- %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Repeats a command until it succeeds, at most so many seconds.
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "gave up waiting for: $*"
    read -rt 0.5 <> <(:) || true
  done
}

GATEWAY_PORT=$port BIND_HOST=127.0.0.1 MINISTACK_HOST=localhost TMPDIR=$work \
  JWKS_ENDPOINT_URL=http://localhost:$port/$bucket/jwks.json \
  S3_DATA_DIR=$work/s3 "$bin/ministack" > "$work/emulator.log" 2>&1 &
emulator=$!
healthy() { kill -0 "$emulator" && curl -sf -o /dev/null "$AWS_ENDPOINT_URL/_ministack/health"; }
within 60 healthy

say 'package and deploy'
aws s3 mb "s3://$bucket" > "$work/bucket.log"
cargo run --quiet -p codegen -- token --jwks > "$work/jwks.json"
aws s3 cp "$work/jwks.json" "s3://$bucket/jwks.json" > "$work/bucket.log"
token() { cargo run --quiet -p codegen -- token "$@"; }
cargo run --quiet -p codegen -- package --at-most 4
cargo run --quiet -p codegen -- deploy dev --bucket "$bucket" > "$work/deploy.log" 2>&1 || { cat "$work/deploy.log"; exit 1; }
queues() { aws sqs --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
output() {
  aws cloudformation describe-stacks --stack-name "$stack" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}
api=$(aws apigateway get-rest-apis --query 'items[0].id' --output text)
url=$AWS_ENDPOINT_URL/restapis/$api/dev/_user_request_
say "deployed: $(output ApiUrl), reached at $url"

say 'the stack tells which contracts it was made of'
cargo run --quiet -p codegen -- diff "stack:$stack"

# The emulator leaves the time to live and the encryption of a template's tables out.
aws dynamodb update-time-to-live --table-name "$stack-checkout" \
  --time-to-live-specification Enabled=true,AttributeName=expiresAt > "$work/ttl.log"
for table in $(aws dynamodb list-tables --query "TableNames[?starts_with(@, '$stack-')]" --output text); do
  aws dynamodb update-table --table-name "$table" --sse-specification Enabled=true > "$work/encryption.log"
done

say 'what runs is what the contracts say, and a change by hand is found'
cargo run --quiet -p codegen -- drift "$stack"
queue=$(queues get-queue-url --queue-name "$stack-OrderQueue" --output text)
queues set-queue-attributes --queue-url "$queue" --attributes VisibilityTimeout=59
cargo run --quiet -p codegen -- drift "$stack" 2> "$work/drift.log" && fail 'a change by hand was not found'
grep -qi 'visibilityTimeout 59' "$work/drift.log" || { cat "$work/drift.log"; fail 'the drift is told otherwise'; }
queues set-queue-attributes --queue-url "$queue" --attributes VisibilityTimeout=60

say 'nothing that did not change is uploaded again'
first=$(aws s3api list-objects-v2 --bucket "$bucket" --query 'length(Contents)')
cargo run --quiet -p codegen -- deploy dev --bucket "$bucket" > "$work/deploy.log" 2>&1 || { cat "$work/deploy.log"; exit 1; }
again=$(aws s3api list-objects-v2 --bucket "$bucket" --query 'length(Contents)')
[ "$first" = "$again" ] || fail "a deployment without a change uploaded $((again - first)) files"

# Sends a request with the token in $bearer: method, path, status that is expected, and a body. The answer is in
# $work/answer.
bearer=
send() {
  local arguments=(-s -o "$work/answer" -w '%{http_code}' -X "$1" --max-time 30 "$url$2") status
  [ -z "$bearer" ] || arguments+=(-H "authorization: Bearer $bearer")
  [ $# -lt 4 ] || arguments+=(-H 'content-type: application/json' -d "$4")
  status=$(curl "${arguments[@]}")
  [ "$status" = "$3" ] || fail "$1 $2 answered $status, not $3: $(cat "$work/answer")"
}
field() { python3 -c 'import json,sys; print(eval("document" + sys.argv[1], {"document": json.load(open(sys.argv[2]))}))' "$1" "$work/answer"; }

say 'who may call'
product='{"name":"IPhone X","price":950.4,"category":"Phone"}'
send GET '/product?category=Phone' 200
send POST /product 401 "$product"
bearer=$(token --scope catalogue.write --expires-in -600) && send POST /product 401 "$product"
bearer=$(token --scope sales.read) && send POST /product 403 "$product"
bearer=$(token --sub eve) && send GET /basket/swn 403
send GET /order 403
bearer=$(token --scope orders.all) && send GET /order 200

say 'the whole checkout'
bearer=$(token --scope catalogue.write)
send POST /product 201 '{"name":"IPhone X","price":950.4,"category":"Phone"}'
product=$(field '["id"]')
send GET "/product/$product" 200
send GET '/product?category=Phone' 200
[ "$(field '["items"][0]["id"]')" = "$product" ] || fail 'the index does not find the product'
send POST /product 400 '{"name":"IPhone X","price":-1}'
bearer=$(token --sub swn)
items="[{\"productId\":\"$product\",\"productName\":\"IPhone X\",\"quantity\":3,\"color\":\"Red\",\"price\":950.4}]"
send POST /basket 200 "{\"userName\":\"swn\",\"items\":$items}"
send POST /basket/checkout 202 '{"userName":"swn","firstName":"S","lastName":"N","email":"swn@example.com","address":"1 Main Street","paymentMethod":"card","cardInfo":"tok_0000000000"}'
[ "$(field '["totalPrice"]')" = 2851.2 ] || fail "the total is wrong: $(cat "$work/answer")"
send GET /basket/swn 404
ordered() { send GET /order/swn 200 && [ "$(field '["items"].__len__()')" = 1 ]; }
within 60 ordered
[ "$(field '["items"][0]["totalPrice"]')" = 2851.2 ] || fail "the order is wrong: $(cat "$work/answer")"

say 'a poisoned message'
# Failed messages come again after a second instead of a minute, so that five attempts take seconds.
queues set-queue-attributes --queue-url "$(output OrderQueueUrl)" --attributes VisibilityTimeout=1
aws events put-events --query FailedEntryCount --output text --entries "[{\"EventBusName\":\"$(output SwnEventBusName)\",\"Source\":\"com.swn.basket.checkoutbasket\",\"DetailType\":\"CheckoutBasket\",\"Detail\":\"{\\\"userName\\\":\\\"poison\\\"}\"}]" > "$work/put"
[ "$(cat "$work/put")" = 0 ] || fail 'the bus did not take the event'
dead() {
  queues receive-message --queue-url "$(output OrderDeadLetterQueueUrl)" --visibility-timeout 0 --output text \
    --query 'Messages[].Body' | grep -q poison
}
within 120 dead
bearer=$(token --sub poison)
send GET /order/poison 200
[ "$(field '["items"].__len__()')" = 0 ] || fail 'a poisoned message became an order'
queues set-queue-attributes --queue-url "$(output OrderQueueUrl)" --attributes VisibilityTimeout=60

say 'the load test'
cat > "$work/slo.toml" <<'SLO'
exempt = ["*"]

[ledger]
lost = 0
duplicated = 0
unexpected = 0
wrong = 0

[requests]
error_share = 0
SLO
cargo run --quiet -p loadtest -- --stage "$stack" --api-url "$url" --rate 1 --run-time 20s --arrivals even --slo "$work/slo.toml" \
  --report target/ci/deployed.html --json target/ci/deployed.json
python3 - <<'CHECK'
import json
report = json.load(open("target/ci/deployed.json"))
ledger, stage = report["ledger"], report["stage"]
assert any(tally["promise"] == "checkout.order" for tally in ledger), ledger
assert all(tally["sent"] == tally["once"] == 20 for tally in ledger), ledger
assert report["run"]["stays"] == [], report["run"]
assert stage["dead_letters"] == stage["dead_letters_before"] == 1, stage
assert any(name.endswith("OrderQueue") for sample in stage["samples"] for name in sample["queues"]), stage
CHECK
for table in Basket Order Checkout Product Sale; do
  left=$(aws dynamodb scan --table-name "$(output ${table}TableName)" --output json | grep -c 'lt-' || true)
  [ "$left" = 0 ] || fail "the load test left $left items in the table $table"
done
say 'and nothing of it is left'
