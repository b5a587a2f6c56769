#!/usr/bin/env bash
# autocannon sends the requests of a second at once, and then nothing until the next.
#
# Its option overallRate is the number of requests per second, and a reader takes 20 of them for one every 50 ms: that
# is what a service under 20 requests per second sees. autocannon 9.0.0 sends all 20 as fast as answers come, and
# waits for the end of the second. At a low rate the service stands still nearly all the time, at a high one it is
# overrun once a second: latencies are of bursts, and a queue or an autoscaler that needs steady load is never
# exercised.
# Here visits come at drawn or even distances from a schedule (loadtest/harness/src/arrivals.rs, with its tests), and
# lateness is measured.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . autocannon@9.0.0
timeout 60 node - <<'JS'
const { createServer } = require('node:http');
const autocannon = require('autocannon');

const RATE = 20, SECONDS = 4;
const arrivals = [];
const server = createServer((_request, answer) => {
  arrivals.push(performance.now());
  answer.end('{}');
}).listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}`;
  await autocannon({ url, connections: 1, overallRate: RATE, duration: SECONDS });
  server.close();
  const gaps = arrivals.slice(1).map((arrival, index) => arrival - arrivals[index]);
  const close = gaps.filter((gap) => gap < 25).length, far = gaps.filter((gap) => gap > 500).length;
  console.log(`autocannon 9.0.0, ${RATE} a second for ${SECONDS} s: ${arrivals.length} requests`);
  console.log(`less than 25 ms after the one before: ${close} of ${gaps.length} (evenly spaced: 0, each after 50 ms)`);
  console.log(`more than 500 ms after the one before: ${far}`);
  if (close < gaps.length * 0.8 || far < SECONDS - 2) {
    console.error('changed: autocannon spaces requests otherwise now');
    process.exit(1);
  }
});
JS
