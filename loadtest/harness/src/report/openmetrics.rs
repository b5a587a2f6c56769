//! The figures of a run in the text format of OpenMetrics 1.0, scraped while it is under way.

use std::fmt::Write;

use super::Report;
use super::metrics::{self, Kind, Metric, Value};

/// The media type of what [`render`] writes.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// All metrics; none before the load has begun.
#[must_use]
pub(crate) fn render(report: Option<&Report>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = report.map(|report| write_all(&mut out, report));
    out.push_str("# EOF\n");
    out
}

fn write_all(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# TYPE loadtest_run info\n# HELP loadtest_run Which run it is.")?;
    let run = [
        ("system", report.run.system.clone()),
        ("run", report.run.id.clone()),
        ("target", report.run.target.clone()),
    ];
    writeln!(out, "loadtest_run_info{} 1", labels(&run, None))?;
    metrics::of(report).iter().try_for_each(|metric| write_metric(out, metric))
}

fn write_metric(out: &mut String, metric: &Metric) -> std::fmt::Result {
    let name = metric.name;
    let kind = match metric.kind {
        Kind::Counter => "counter",
        Kind::Gauge => "gauge",
        Kind::Histogram => "histogram",
    };
    writeln!(out, "# TYPE {name} {kind}")?;
    if metric.unit == "s" {
        writeln!(out, "# UNIT {name} seconds")?;
    }
    writeln!(out, "# HELP {name} {}", metric.help)?;
    let suffix = if metric.kind == Kind::Counter { "_total" } else { "" };
    for point in &metric.points {
        let plain = labels(&point.labels, None);
        match &point.value {
            Value::Count(count) => writeln!(out, "{name}{suffix}{plain} {count}")?,
            Value::Number(number) => writeln!(out, "{name}{suffix}{plain} {number}")?,
            Value::Histogram(histogram) => {
                let mut below = 0;
                let bounds = metrics::bounds().map(float).chain(["+Inf".to_owned()]);
                for (bound, count) in bounds.zip(&histogram.counts) {
                    below += count;
                    let bucket = labels(&point.labels, Some(&bound));
                    writeln!(out, "{name}_bucket{bucket} {below}")?;
                }
                writeln!(out, "{name}_count{plain} {}", histogram.count)?;
                writeln!(out, "{name}_sum{plain} {}", histogram.sum)?;
            }
        }
    }
    Ok(())
}

/// A bound as OpenMetrics wants it: `1.0`, not `1`.
fn float(bound: f64) -> String {
    format!("{bound:?}")
}

fn labels(labels: &[(&'static str, String)], bound: Option<&str>) -> String {
    let own = labels.iter().map(|(name, value)| (*name, value.as_str()));
    let all = own.chain(bound.map(|bound| ("le", bound)));
    let all: Vec<_> = all.map(|(name, value)| format!("{name}=\"{}\"", escape(value))).collect();
    if all.is_empty() { String::new() } else { format!("{{{}}}", all.join(",")) }
}

fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn a_run_is_told_as_metrics() {
        let mut report = sample::report();
        report.errors[0].cause = "status \"503\"\n\\".to_owned();
        let text = render(Some(&report));
        for line in [
            "# TYPE loadtest_requests counter\n",
            "# UNIT loadtest_request_duration_seconds seconds\n",
            "loadtest_promises{promise=\"checkout.order\",state=\"lost\"} 0\n",
            "cause=\"status \\\"503\\\"\\n\\\\\"} ",
            "loadtest_request_duration_seconds_bucket{operation=\"getProduct\",le=\"1.0\"} ",
            "loadtest_queue_messages{queue=\"OrderQueue\"} ",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(text.ends_with("# EOF\n") && render(None) == "# EOF\n");
        // The last bucket holds all.
        let operation = &report.operations[0];
        let all = format!(
            "{{operation=\"{}\",le=\"+Inf\"}} {}\n",
            operation.name, operation.latency.count
        );
        assert!(text.contains(&all), "{all}");
    }
}
