//! Capacity and cost: estimates from a measured run for other rates, the first quota to be hit, and the error of the
//! estimate, compared with a second run.

mod aws;
mod model;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use crate::report::{Report, json};
use crate::terminal::{Paint, short};
use aws::Aws;
use model::{Model, Prediction};

/// The highest rate that is estimated.
const MOST: f64 = 1e9;

/// How many quotas are listed.
const MOST_QUOTAS: usize = 5;

/// The arguments.
#[derive(Debug, Args)]
pub struct Capacity {
    /// The JSON report of a run on a local stage that met its objectives
    report: PathBuf,
    /// Rates to estimate: absolute (`500/s`) or as a multiple of the run's rate (`10x`), separated by commas
    #[arg(
        long,
        value_name = "RATES",
        value_delimiter = ',',
        default_value = "1x,10x,1000x,100000/s"
    )]
    rate: Vec<Rate>,
    /// The duration of the load, in seconds
    #[arg(long = "for", value_name = "SECONDS", default_value = "600", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    seconds: u32,
    /// The file with prices and quotas, instead of the built-in ones
    #[arg(long, value_name = "FILE")]
    aws: Option<PathBuf>,
    /// The report of a second run at another rate, to check the estimate
    #[arg(long, value_name = "REPORT")]
    against: Option<PathBuf>,
}

/// A rate, or a multiple of the run's rate.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rate {
    PerSecond(f64),
    Times(f64),
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse().ok().filter(|n: &f64| *n > 0.0 && n.is_finite());
        let times = text.strip_suffix('x').and_then(number).map(Self::Times);
        let rate = number(text.strip_suffix("/s").unwrap_or(text)).map(Self::PerSecond);
        times.or(rate).ok_or_else(|| format!("`{text}`: expected `500/s` or `10x`"))
    }
}

impl Capacity {
    /// The estimate, as text.
    ///
    /// # Errors
    /// A file cannot be read, or does not contain the required measurements.
    pub fn render(&self, paint: Paint) -> Result<String, String> {
        let read = |path: &Path| json::read(path).map_err(|error| error.to_string());
        let aws = Aws::read(self.aws.as_deref())?;
        let report = read(&self.report)?;
        let model = Model::of(&report)?;
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_head(&mut out, &report, &model, &aws);
        for rate in &self.rate {
            let rate = match rate {
                Rate::PerSecond(rate) => *rate,
                Rate::Times(times) => times * model.measured_rate,
            };
            if rate > MOST {
                return Err(format!(
                    "--rate: {rate:e} per second is beyond what can be estimated, {MOST:e}"
                ));
            }
            let prediction = model.at(rate, f64::from(self.seconds), &aws);
            let _ = write_prediction(&mut out, &prediction, paint);
        }
        if let Some(path) = &self.against {
            let other = read(path)?;
            let found = Model::of(&other)?;
            let prediction = model.at(found.measured_rate, other.run.load_seconds, &aws);
            let _ = write_comparison(&mut out, &prediction, &other, paint);
        }
        Ok(out)
    }

    fn write_head(
        &self,
        out: &mut String,
        report: &Report,
        model: &Model,
        aws: &Aws,
    ) -> std::fmt::Result {
        writeln!(
            out,
            "Measured: {:.1} {} per second on {}, run {}. Prices and quotas of {}, {}.",
            model.measured_rate,
            report.settings.main,
            report.run.target,
            report.run.id,
            aws.region,
            aws.as_of
        )?;
        writeln!(
            out,
            "Assumes the same invocation duration as measured. Not included: logs, data transfer, storage, alarms."
        )
    }
}

/// A number with its significant digits.
fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => crate::terminal::count(v.round() as u64),
        v if v >= 1.0 => format!("{v:.1}"),
        v if v > 0.0 => format!("{v:.3}"),
        _ => "0".to_owned(),
    }
}

fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 120.0 => format!("{s:.1} s"),
        s if s < 7_200.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3_600.0),
    }
}

fn write_prediction(out: &mut String, prediction: &Prediction, paint: Paint) -> std::fmt::Result {
    let total: f64 = prediction.dollars_per_hour.iter().map(|(_, dollars)| dollars).sum();
    let head = format!("{} per second", number(prediction.rate));
    let per_million = total / (prediction.rate * 3_600.0) * 1e6;
    writeln!(
        out,
        "\n{}  ${} per hour, ${per_million:.2} per million",
        paint.strong(&head),
        number(total)
    )?;
    let parts: Vec<_> = prediction
        .dollars_per_hour
        .iter()
        .filter(|(_, dollars)| *dollars > 0.0)
        .map(|(what, dollars)| format!("{what} ${}", number(*dollars)))
        .collect();
    writeln!(out, "  {}", paint.dim(&parts.join(", ")))?;
    for load in &prediction.functions {
        writeln!(
            out,
            "  {:<34}{:>10} invocations/s{:>10} concurrent ({} at p99)",
            short(&load.name, 33),
            number(load.invocations_per_second),
            number(load.concurrency),
            number(load.concurrency_p99())
        )?;
    }
    for queue in &prediction.queues {
        let drained = queue.drain_seconds.map_or_else(
            || "not empty within a day".to_owned(),
            |seconds| format!("empty {} after the load", duration(seconds)),
        );
        writeln!(
            out,
            "  {:<34}{:>10} messages/s{:>13} maximum backlog, {drained}",
            short(&queue.name, 33),
            number(queue.messages_per_second),
            number(queue.most)
        )?;
    }
    for table in &prediction.tables {
        writeln!(
            out,
            "  {:<34}{:>10} write units/s{:>10} read units/s",
            short(&table.name, 33),
            number(table.write_units_per_second),
            number(table.read_units_per_second)
        )?;
    }
    if prediction.throttled > 0.0005 {
        let text = format!(
            "{:.1}% of the requests find no environment; tables, queues and dollars are of the rest",
            prediction.throttled * 100.0
        );
        writeln!(out, "  {}", paint.bad(&text))?;
    }
    write_quotas(out, prediction, paint)
}

fn write_quotas(out: &mut String, prediction: &Prediction, paint: Paint) -> std::fmt::Result {
    let is_hit = |hit: &&model::Hit| hit.at_rate <= prediction.rate;
    let hits: Vec<_> = prediction.quotas.iter().filter(is_hit).collect();
    for (index, hit) in hits.iter().take(MOST_QUOTAS).enumerate() {
        let order = if index == 0 { "first quota hit" } else { "then" };
        let text = format!(
            "{order}: {} ({}), at {} per second",
            hit.quota,
            number(hit.limit),
            number(hit.at_rate)
        );
        writeln!(out, "  {}", paint.bad(&text))?;
    }
    if hits.len() > MOST_QUOTAS {
        writeln!(out, "  {}", paint.dim(&format!("and {} more", hits.len() - MOST_QUOTAS)))?;
    }
    match prediction.quotas.first() {
        Some(next) if hits.is_empty() => writeln!(
            out,
            "  {}",
            paint.good(&format!(
                "no quota hit; the first would be {} at {} per second",
                next.quota,
                number(next.at_rate)
            ))
        ),
        _ => Ok(()),
    }
}

/// The estimate next to the measurement of a second run.
fn write_comparison(
    out: &mut String,
    prediction: &Prediction,
    other: &Report,
    paint: Paint,
) -> std::fmt::Result {
    let head = format!("Predicted for {} per second, and measured", number(prediction.rate));
    writeln!(out, "\n{}  run {}", paint.strong(&head), other.run.id)?;
    let head = format!("  {:<44}{:>11}{:>11}{:>10}", "", "predicted", "measured", "error");
    writeln!(out, "{}", paint.dim(&head))?;
    let Some(stage) = &other.stage else {
        return writeln!(out, "  nothing to compare: the second run saw no functions");
    };
    let seconds = other.run.load_seconds;
    let mut errors = Vec::new();
    let mut row = |what: String, predicted: f64, measured: f64| {
        let error = error_of(predicted, measured);
        errors.push(error.abs());
        let (predicted, measured) = (number(predicted), number(measured));
        let what = short(&what, 43);
        writeln!(out, "  {what:<44}{predicted:>11}{measured:>11}{:>10}", percent(error))
    };
    for load in &prediction.functions {
        let Some(found) = stage.functions.iter().find(|one| one.name == load.name) else {
            continue;
        };
        let busy = found.time_ms as f64 / 1e3 / seconds;
        row(
            format!("{} invocations/s", load.name),
            load.invocations_per_second,
            found.invocations as f64 / seconds,
        )?;
        row(format!("{} concurrent", load.name), load.concurrency, busy)?;
    }
    for queue in &prediction.queues {
        let Some(found) = stage.queues.iter().find(|one| one.name == queue.name) else { continue };
        row(
            format!("{} messages/s", queue.name),
            queue.messages_per_second,
            found.sent as f64 / seconds,
        )?;
    }
    for table in &prediction.tables {
        let Some(found) = stage.tables.iter().find(|one| one.name == table.name) else { continue };
        let writes = found.write_units * (1 + found.indexes) as f64 / seconds;
        row(format!("{} write units/s", table.name), table.write_units_per_second, writes)?;
        row(
            format!("{} read units/s", table.name),
            table.read_units_per_second,
            found.read_units / seconds,
        )?;
    }
    errors.sort_by(f64::total_cmp);
    let (Some(middle), Some(most)) = (errors.get(errors.len() / 2), errors.last()) else {
        return writeln!(
            out,
            "  nothing to compare: the runs have no function, queue or table in common"
        );
    };
    let within = |error: f64| match error.is_finite() {
        true => format!("within {}", percent(error)),
        false => "except where only one of the two is zero".to_owned(),
    };
    let (middle, most) = (within(*middle), within(*most));
    writeln!(out, "  error: half of the values {middle}, all {most}")
}

/// By how much a prediction is off, as a share of what was measured; infinite where only that is zero.
fn error_of(predicted: f64, measured: f64) -> f64 {
    match (predicted, measured) {
        (0.0, 0.0) => 0.0,
        (_, 0.0) => f64::INFINITY,
        _ => predicted / measured - 1.0,
    }
}

fn percent(share: f64) -> String {
    if share.is_finite() { format!("{:.1}%", share * 100.0) } else { "—".to_owned() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;
    use crate::report::sample;

    fn aws() -> Aws {
        Aws::read(None).unwrap()
    }

    /// A run of 1,000 visits in 20 s under no faults.
    fn measured() -> Report {
        Report { faults: None, ..sample::report() }
    }

    #[test]
    fn what_only_one_run_has_is_no_exact_prediction() {
        assert_eq!((error_of(0.0, 0.0), error_of(3.0, 2.0)), (0.0, 0.5));
        assert_eq!(percent(error_of(500.0, 0.0)), "—");
        let model = Model::of(&measured()).unwrap();
        let mut other = measured();
        other.stage = other.stage.map(|_| crate::report::StageFigures::default());
        let mut out = String::new();
        let prediction = model.at(50.0, 20.0, &aws());
        write_comparison(&mut out, &prediction, &other, Paint::new(false)).unwrap();
        assert!(out.contains("nothing to compare") && !out.contains("within"), "{out}");
    }

    #[test]
    fn what_is_not_served_costs_nothing_but_the_request() {
        let model = Model::of(&measured()).unwrap();
        let (calm, far) = (model.at(50.0, 60.0, &aws()), model.at(1e6, 60.0, &aws()));
        assert!(calm.throttled < 0.001 && far.throttled > 0.5, "{}", far.throttled);
        let writes = |prediction: &Prediction| prediction.tables[0].write_units_per_second;
        let scaled = writes(&calm) * 1e6 / 50.0 * (1.0 - far.throttled);
        assert!((writes(&far) / scaled - 1.0).abs() < 0.01, "{} {scaled}", writes(&far));
    }

    #[test]
    fn a_rate_comes_to_what_arithmetic_says() {
        let model = Model::of(&measured()).unwrap();
        assert!((model.measured_rate - 50.0).abs() < 1e-9);
        let at = model.at(500.0, 600.0, &aws());
        // 2,000 invocations of 3 ms for 1,000 visits: 1,000 a second and three at a time.
        let basket = &at.functions[0];
        assert!((basket.invocations_per_second - 1_000.0).abs() < 1.0, "{basket:?}");
        assert!((basket.concurrency - 3.0).abs() < 0.05, "{basket:?}");
        let table = &at.tables[0];
        // One index: each write counts twice.
        assert_eq!((table.write_units_per_second, table.read_units_per_second), (4_000.0, 750.0));
        assert_eq!(at.throttled, 0.0);
        let tables = at.dollars_per_hour.iter().find(|(what, _)| *what == "tables").unwrap().1;
        let expected = 3_600.0 * (4_000.0 * 0.625e-6 + 750.0 * 0.125e-6);
        assert!((tables - expected).abs() < 1e-6, "{tables} {expected}");
    }

    #[test]
    fn the_first_quota_is_named_with_its_rate_and_what_it_does() {
        let mut report = measured();
        let functions = &mut report.stage.as_mut().unwrap().functions;
        // Two invocations of 200 ms for each visit: 1,000 environments are at work at 2,500 visits a second.
        functions[0].time_ms = 400_000;
        let model = Model::of(&report).unwrap();
        let at = model.at(5_000.0, 600.0, &aws());
        let first = &at.quotas[0];
        assert!(first.quota.contains("concurrent executions"), "{:?}", at.quotas);
        assert!((first.at_rate - 1_000.0 / 0.406).abs() < 1.0, "{first:?}");
        // Half of what comes finds an environment.
        assert!((0.45..0.55).contains(&at.throttled), "{}", at.throttled);
        assert!(at.functions[0].concurrency <= 1_000.0);
    }

    #[test]
    fn a_queue_grows_while_pollers_are_added_and_drains_afterwards() {
        let mut report = measured();
        let stage = report.stage.as_mut().unwrap();
        // A tenth of a second for each message.
        stage.functions[1].time_ms = 99_800;
        let model = Model::of(&report).unwrap();
        // 50 environments are wanted at 500 a second; 5 are there at once, and 5 more come each second.
        let at = model.at(500.0, 60.0, &aws());
        let queue = &at.queues[0];
        assert!(queue.most > 1_000.0 && queue.drain_seconds.is_some(), "{queue:?}");
        let slow = model.at(20.0, 60.0, &aws());
        assert!(slow.queues[0].most < 1.0, "{:?}", slow.queues);
        stage_bound(&mut report, 10);
        let bound = Model::of(&report).unwrap().at(500.0, 60.0, &aws());
        let drained = bound.queues[0].drain_seconds.unwrap();
        // 500 come and 100 go each second: of 30,000 are left 24,000, which take 240 s.
        assert!((230.0..250.0).contains(&drained), "{drained}");
    }

    fn stage_bound(report: &mut Report, most: u64) {
        let stage = report.stage.as_mut().unwrap();
        stage.queues[0].receivers[0].max_concurrency = Some(most);
    }

    #[test]
    fn a_second_run_of_twice_the_load_is_foretold_without_error() {
        let folder = std::env::temp_dir().join(format!("capacity-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (first, mut second) = (measured(), measured());
        second.throughput.planned *= 2;
        let stage = second.stage.as_mut().unwrap();
        for function in &mut stage.functions {
            function.invocations *= 2;
            function.time_ms *= 2;
        }
        stage.queues[0].sent *= 2;
        for table in &mut stage.tables {
            (table.read_units, table.write_units) =
                (table.read_units * 2.0, table.write_units * 2.0);
        }
        let paths = ["a.json", "b.json"].map(|name| folder.join(name));
        for (path, report) in paths.iter().zip([&first, &second]) {
            std::fs::write(path, json::render(report)).unwrap();
        }
        let [report, against] = paths.clone();
        let asked = Capacity {
            report,
            rate: vec!["10x".parse().unwrap(), "100000/s".parse().unwrap()],
            seconds: 60,
            aws: None,
            against: Some(against),
        };
        let text = asked.render(Paint::new(false)).unwrap();
        assert!(
            text.contains("\n500 per second") && text.contains("\n100 000 per second"),
            "{text}"
        );
        assert!(text.contains("first quota hit: "), "{text}");
        assert!(text.contains("all within 0.") || text.contains("all within 1."), "{text}");
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_run_that_says_nothing_of_functions_is_refused() {
        let blind = Report { stage: None, ..measured() };
        assert!(Model::of(&blind).unwrap_err().contains("local stage"));
        assert!(Model::of(&sample::report()).unwrap_err().contains("faults"));
        assert!("fast".parse::<Rate>().is_err() && "-1x".parse::<Rate>().is_err());
    }
}
