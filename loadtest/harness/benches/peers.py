#!/usr/bin/env python3
"""Percentiles of other load generators beside the truth, against the servers of `proof.rs` whose latencies are known.

    cargo bench --profile dev -p harness --no-run                      # builds the servers
    python3 loadtest/harness/benches/peers.py target/debug/deps/proof-…

Installs autocannon (npm) and Locust (PyPI) in a temporary folder. Each is asked for 200 requests a second during 30
seconds, with up to 80 connections; what it prints is compared with the latency of customers who come at that rate, whether
earlier ones were served or not. The harness itself stands beside them in `-- accuracy`.
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import venv

RATE, SECONDS, CONNECTIONS = 200, 30, 80
# By arithmetic, as `proof/server.rs` has it.
TRUTH = {"stalls": (100.0, 200.0, 290.0), "known": (100.0, 400.0, 1000.0)}

LOCUSTFILE = f"""
from locust import HttpUser, constant_throughput, task

class Customer(HttpUser):
    wait_time = constant_throughput({RATE} / {CONNECTIONS})

    @task
    def post(self):
        self.client.post("/things/locust", data="")
"""


def autocannon(folder, url):
    subprocess.run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, "autocannon"], check=True)
    program = folder / "node_modules/.bin/autocannon"
    arguments = ["--json", "-R", RATE, "-d", SECONDS, "-c", CONNECTIONS, "-m", "POST", f"{url}/things/autocannon"]
    run = subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, text=True)
    latency = json.loads(run.stdout)["latency"]
    return latency["p50"], latency["p90"], latency["p99"]


def locust(folder, url):
    environment = folder / "locust"
    venv.create(environment, with_pip=True)
    subprocess.run([environment / "bin/pip", "install", "--quiet", "locust"], check=True)
    (folder / "locustfile.py").write_text(LOCUSTFILE)
    arguments = ["--headless", "-u", CONNECTIONS, "-r", CONNECTIONS, "-t", f"{SECONDS}s", "--host", url, "--csv", "run"]
    subprocess.run(
        [environment / "bin/locust", *map(str, arguments)], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with open(folder / "run_stats.csv", newline="") as file:
        total = next(row for row in csv.DictReader(file) if row["Name"] == "Aggregated")
    return tuple(float(total[name]) for name in ("50%", "90%", "99%"))


def main(proof):
    print("| server | tool | p50 | p90 | p99 | of the truth |\n| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for kind, truth in TRUTH.items():
            for tool in (autocannon, locust):
                server = subprocess.Popen([proof, "serve", kind], stdout=subprocess.PIPE, text=True)
                try:
                    found = tool(folder, server.stdout.readline().strip())
                finally:
                    server.kill()
                    server.wait()
                figures = " | ".join(f"{ms:.1f} ms" for ms in found)
                ratios = " / ".join(f"{ms / true:.3f}" for ms, true in zip(found, truth))
                print(f"| {kind} | {tool.__name__} | {figures} | {ratios} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
