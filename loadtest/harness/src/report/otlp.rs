//! The figures of a run as OTLP metrics in the JSON encoding of the protocol: 64-bit numbers are texts there, and enums
//! are numbers.

use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::Report;
use super::metrics::{self, Kind, Metric, Point, Value};

/// `AGGREGATION_TEMPORALITY_CUMULATIVE`.
const CUMULATIVE: u32 = 2;

/// An `ExportMetricsServiceRequest` of everything until `now`.
#[must_use]
pub(crate) fn render(report: &Report, now: Timestamp) -> Json {
    let start: Timestamp = report.run.started_at.parse().unwrap_or(now);
    let (start, now) = (start.as_nanosecond().to_string(), now.as_nanosecond().to_string());
    let metrics: Vec<_> =
        metrics::of(report).iter().map(|metric| one(metric, &start, &now)).collect();
    json!({ "resourceMetrics": [{
        "resource": { "attributes": attributes(&[
            ("service.name", "loadtest".to_owned()),
            ("service.instance.id", report.run.id.clone()),
            ("loadtest.system", report.run.system.clone()),
            ("loadtest.target", report.run.target.clone()),
        ]) },
        "scopeMetrics": [{
            "scope": { "name": "loadtest", "version": env!("CARGO_PKG_VERSION") },
            "metrics": metrics,
        }],
    }] })
}

fn one(metric: &Metric, start: &str, now: &str) -> Json {
    let points: Vec<_> = metric.points.iter().map(|one| point(one, start, now)).collect();
    let data = match metric.kind {
        Kind::Counter => {
            json!({ "dataPoints": points, "aggregationTemporality": CUMULATIVE, "isMonotonic": true })
        }
        Kind::Gauge => json!({ "dataPoints": points }),
        Kind::Histogram => json!({ "dataPoints": points, "aggregationTemporality": CUMULATIVE }),
    };
    let kind = match metric.kind {
        Kind::Counter => "sum",
        Kind::Gauge => "gauge",
        Kind::Histogram => "histogram",
    };
    // Units are not part of names in OTLP.
    let name = metric.name.trim_end_matches("_seconds").replacen("loadtest_", "loadtest.", 1);
    json!({ "name": name, "description": metric.help, "unit": metric.unit, kind: data })
}

fn point(point: &Point, start: &str, now: &str) -> Json {
    let mut json = json!({
        "attributes": attributes(&point.labels), "startTimeUnixNano": start, "timeUnixNano": now,
    });
    match &point.value {
        Value::Count(count) => json["asInt"] = count.to_string().into(),
        Value::Number(number) => json["asDouble"] = (*number).into(),
        Value::Histogram(histogram) => {
            let counts: Vec<_> = histogram.counts.iter().map(u64::to_string).collect();
            json["count"] = histogram.count.to_string().into();
            json["sum"] = histogram.sum.into();
            json["bucketCounts"] = counts.into();
            json["explicitBounds"] = metrics::bounds().collect();
            if histogram.count > 0 {
                (json["min"], json["max"]) = (histogram.min.into(), histogram.max.into());
            }
        }
    }
    json
}

fn attributes(all: &[(&'static str, String)]) -> Json {
    let one =
        |(key, value): &(&str, String)| json!({ "key": key, "value": { "stringValue": value } });
    all.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn numbers_of_64_bits_are_texts_and_enums_numbers() {
        let report = sample::report();
        let json = render(&report, Timestamp::UNIX_EPOCH);
        let metrics = &json["resourceMetrics"][0]["scopeMetrics"][0]["metrics"];
        let find = |name: &str| {
            let mut all = metrics.as_array().into_iter().flatten();
            all.find(|metric| metric["name"] == name).cloned().unwrap_or_default()
        };
        let requests = &find("loadtest.requests")["sum"];
        assert_eq!(requests["aggregationTemporality"], 2);
        let point = &requests["dataPoints"][0];
        assert_eq!(point["asInt"], report.operations[0].ok.to_string().as_str());
        assert_eq!(point["attributes"][0]["value"]["stringValue"], "getProduct");
        let durations = find("loadtest.request_duration");
        let point = &durations["histogram"]["dataPoints"][0];
        let n = |key: &str| point[key].as_array().map_or(0, Vec::len);
        assert_eq!(
            (n("bucketCounts"), durations["unit"].as_str()),
            (n("explicitBounds") + 1, Some("s"))
        );
    }
}
