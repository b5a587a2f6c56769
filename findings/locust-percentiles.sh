#!/usr/bin/env bash
# Locust's percentiles lie outside of what it measured.
#
# A percentile of a list of response times lies between the least and the greatest of them, by any definition. Locust
# 2.47.0 rounds times above 100 ms to two digits before it counts them, and keeps minimum, maximum and average exact:
# ten answers of 1450 ms each have a minimum of 1450 and every percentile 1400, and ten of 1550 ms have a maximum of
# 1550 and a 99th percentile of 1600. Its report shows the numbers side by side. An objective of "p99 at most 1500 ms"
# is missed or met by up to 5 % that nobody measured.
# Here latencies are counted to a thousandth: quantiles_are_right_to_a_thousandth in loadtest/harness/src/latency.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check locust==2.47.0
venv/bin/python - <<'PY'
import sys
from importlib.metadata import version

from locust.stats import RequestStats


def figures(milliseconds):
    entry = RequestStats().get("/orders", "GET")
    for _ in range(10):
        entry.log(milliseconds, 0)
    return (
        entry.min_response_time, entry.get_response_time_percentile(0.5), entry.get_response_time_percentile(0.99),
        entry.max_response_time,
    )


seen = {milliseconds: figures(milliseconds) for milliseconds in (1450, 1550)}
for milliseconds, (least, median, p99, most) in seen.items():
    print(f"Locust {version('locust')}, ten of {milliseconds} ms: min {least}, p50 {median}, p99 {p99}, max {most}")
if seen != {1450: (1450, 1400, 1400, 1450), 1550: (1550, 1600, 1600, 1550)}:
    sys.exit("changed: Locust counts response times otherwise now")
PY
