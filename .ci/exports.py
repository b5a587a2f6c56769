"""What the load test tells other tools, read by readers that others wrote: OpenMetrics while it runs, OTLP by the
protocol's own definition, and the HdrHistogram log, whose percentiles must be the report's."""

import http.server
import json
import pathlib
import subprocess
import sys
import threading
import time
import urllib.request

from google.protobuf.json_format import Parse
from hdrh.histogram import HdrHistogram
from hdrh.log import HistogramLogReader
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
folder.mkdir(parents=True, exist_ok=True)
made, sent = set(), []


class Server(http.server.BaseHTTPRequestHandler):
    """Makes things, and collects metrics."""

    protocol_version = 'HTTP/1.1'

    def log_message(self, *_):
        pass

    def answer(self, status, body=b''):
        self.send_response(status)
        self.send_header('content-length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('content-length') or 0))
        if self.path == '/v1/metrics':
            sent.append(body)
            return self.answer(200, b'{"partialSuccess":{}}')
        made.add(self.path)
        self.answer(201)

    def do_GET(self):
        self.answer(200, b'["it"]' if self.path in made else b'[]')


def free_port():
    with http.server.HTTPServer(('127.0.0.1', 0), Server) as server:
        return server.server_port


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
url, metrics = f'http://127.0.0.1:{server.server_port}', free_port()
report, log = folder / 'exports.json', folder / 'exports.hdr'
args = ['--stage', url, '--rate', '40', '--run-time', '12s', '--quiet', '--metrics', str(metrics), '--otlp', url]
args += ['--hdr', str(log), '--json', str(report), '--report', str(folder / 'exports.html')]
run = subprocess.Popen([program, *args], stdout=subprocess.DEVNULL)
time.sleep(6)
with urllib.request.urlopen(f'http://127.0.0.1:{metrics}/metrics') as answer:
    families = {family.name: family for family in text_string_to_metric_families(answer.read().decode())}
assert run.wait() == 0, run.returncode
scraped = {tuple(s.labels.items()): s.value for s in families['loadtest_requests'].samples}
assert 0 < scraped[('operation', 'make'), ('outcome', 'ok')] < 480, scraped

found = json.loads(report.read_text())
latency = found['operations'][0]['latency']
points = []
for body in sent:
    request = Parse(body, ExportMetricsServiceRequest())
    all_metrics = {metric.name: metric for metric in request.resource_metrics[0].scope_metrics[0].metrics}
    points.append(all_metrics['loadtest.request_duration'].histogram.data_points[0])
assert len(points) == 2 and points[0].count < points[1].count == latency['count'], points
assert sum(points[1].bucket_counts) == latency['count']

reader, logged = HistogramLogReader(str(log), HdrHistogram(1, 60_000_000, 3)), []
while (histogram := reader.get_next_interval_histogram()) is not None:
    logged.append(histogram)
for histogram, operation in zip(logged, found['operations'], strict=False):
    assert histogram.get_total_count() == operation['latency']['count']
    for at, ours in ((50, 'p50_us'), (90, 'p90_us'), (99, 'p99_us')):
        theirs = histogram.get_value_at_percentile(at)
        # Readers differ in which of two neighbouring values a percentile is.
        assert abs(theirs - operation['latency'][ours]) <= 0.01 * theirs, (at, theirs, operation['latency'])
print(f'{len(families)} metrics scraped, {len(points)} exports, {len(logged)} distributions')
