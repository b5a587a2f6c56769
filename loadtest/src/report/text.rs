//! The report for a terminal: what one wants to know at the end of a run, and where the rest is.

use std::fmt::Write;
use std::path::Path;

use super::{Outcome, Report};
use crate::latency::Latency;
use crate::record::Figures;
use crate::slo::{Judged, Unit};
use crate::terminal::{Paint, count, time_us};

/// How many causes of errors are listed.
const MAX_ERRORS: usize = 12;

/// The verdict, as text. `html` is where the HTML report lies, when it was written.
#[must_use]
pub fn render(report: &Report, paint: Paint, html: Option<&Path>) -> String {
    let mut out = String::new();
    let sections = [
        objectives(report, paint),
        ledger(report, paint),
        latencies(report, paint),
        machinery(report, paint),
        faults(report, paint),
        stays(report, paint),
        errors(report, paint),
        verdict(report, paint, html),
    ];
    for section in sections.iter().filter(|section| !section.is_empty()) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\n{section}");
    }
    out
}

fn heading(paint: Paint, title: &str, aside: &str) -> String {
    format!("{}  {}\n", paint.strong(title), paint.dim(aside))
}

fn objectives(report: &Report, paint: Paint) -> String {
    let aside =
        if report.faults.is_some() { "under faults, promises alone are judged" } else { "" };
    let mut out = heading(paint, "Objectives", aside);
    for judged in &report.objectives {
        let mark = if judged.pass { paint.good("pass") } else { paint.bad("MISS") };
        let (actual, limit) = (actual(judged), limit(judged));
        let _ = writeln!(out, "  {mark}  {:<28} {actual:>10}   {}", judged.name, paint.dim(&limit));
    }
    if report.objectives.is_empty() {
        out.push_str("  none\n");
    }
    out
}

/// What was found, in the objective's unit.
pub(super) fn actual(judged: &Judged) -> String {
    judged.actual.map_or_else(|| "nothing".to_owned(), |actual| in_unit(actual, judged.unit))
}

/// What it is held against.
pub(super) fn limit(judged: &Judged) -> String {
    let sign = if judged.at_least { "≥" } else { "≤" };
    format!("{sign} {}", in_unit(judged.limit, judged.unit))
}

/// A number in its unit.
pub(super) fn in_unit(number: f64, unit: Unit) -> String {
    match unit {
        Unit::Ms => time_us((number * 1000.0).round() as u64),
        Unit::Share => format!("{:.2}%", number * 100.0),
        Unit::Count => count(number as u64),
    }
}

fn ledger(report: &Report, paint: Paint) -> String {
    let tally = &report.ledger;
    let zero_is_good = |number: u64| {
        let text = format!("{:>10}", count(number));
        if number == 0 { paint.good(&text) } else { paint.bad(&text) }
    };
    let plain = |number: u64| format!("{:>10}", count(number));
    let mut out = heading(paint, "Ledger", "every checkout, and what became of it");
    let rows = [
        ("checkouts sent", plain(tally.sent), ""),
        ("  accepted", plain(tally.accepted), "each must become exactly one order"),
        ("  refused", plain(tally.refused), "each must leave the basket as it was"),
        ("  unknown", plain(tally.unknown), "no definite answer in all attempts"),
        ("orders seen once", plain(tally.once), ""),
        ("orders lost", zero_is_good(tally.lost), ""),
        ("orders duplicated", zero_is_good(tally.duplicated), ""),
        ("orders nobody was promised", zero_is_good(tally.ghosts), ""),
        (
            "baskets wrong",
            zero_is_good(tally.baskets_wrong),
            &*format!("of {} looked at", count(tally.baskets_checked)),
        ),
    ];
    for (name, number, note) in rows {
        let _ = writeln!(out, "  {name:<28}{number}   {}", paint.dim(note));
    }
    if tally.retries > 0 {
        let _ = writeln!(out, "  {:<28}{}", "checkouts repeated", plain(tally.retries));
    }
    out
}

fn latencies(report: &Report, paint: Paint) -> String {
    let mut out =
        heading(paint, "Latency", "first call from the time it was due, so a stall counts");
    let head = format!(
        "  {:<28}{:>9}{:>8}{:>10}{:>10}{:>10}{:>10}{:>10}",
        "", "count", "per s", "p50", "p90", "p99", "p99.9", "max"
    );
    let _ = writeln!(out, "{}", paint.dim(&head));
    let seconds = report.run.load_seconds.max(f64::MIN_POSITIVE);
    for figures in report.operations.iter() {
        latency_row(&mut out, &figures.name, &figures.latency, seconds, paint);
    }
    let journeys = report.journeys.iter().map(journey_name).zip(&report.journeys);
    for (name, figures) in journeys {
        latency_row(&mut out, &name, &figures.latency, seconds, paint);
    }
    let pipeline = [
        ("pipeline: answered → stored", &report.pipeline.stored),
        ("          asked → stored", &report.pipeline.placed),
        ("          answered → seen", &report.pipeline.seen),
    ];
    for (name, latency) in pipeline {
        latency_row(&mut out, name, latency, seconds, paint);
    }
    let clocks = report.pipeline.clocks;
    if clocks.correction_us != 0 {
        let _ = writeln!(
            out,
            "  {}",
            paint.dim(&format!(
                "the servers' clocks differ from this one by {} (±{}), which was corrected",
                time_us(clocks.correction_us.unsigned_abs()),
                time_us(clocks.uncertainty_us.unsigned_abs()),
            ))
        );
    }
    out
}

fn journey_name(figures: &Figures) -> String {
    format!("journey: {}", figures.name)
}

fn latency_row(out: &mut String, name: &str, latency: &Latency, seconds: f64, paint: Paint) {
    if latency.count == 0 {
        let _ = writeln!(out, "  {name:<28}{:>9}", paint.dim("none"));
        return;
    }
    let _ = writeln!(
        out,
        "  {name:<28}{:>9}{:>8.1}{:>10}{:>10}{:>10}{:>10}{:>10}",
        count(latency.count),
        latency.count as f64 / seconds,
        time_us(latency.p50_us),
        time_us(latency.p90_us),
        time_us(latency.p99_us),
        time_us(latency.p999_us),
        time_us(latency.max_us),
    );
}

fn machinery(report: &Report, paint: Paint) -> String {
    let mut out = heading(paint, "Machinery", "");
    let generator = &report.generator;
    let _ = writeln!(
        out,
        "  {:<28}{:>10}   {}",
        "slots started late",
        count(generator.late),
        paint.dim(&format!(
            "of {}; p99 of the delay {}",
            count(generator.planned),
            time_us(generator.start_delay.p99_us)
        )),
    );
    if let Some(stage) = &report.stage {
        for function in &stage.functions {
            let note = format!(
                "{} invocations, {} errors, up to {} at a time",
                count(function.invocations),
                count(function.errors),
                function.environments,
            );
            let name = format!("cold starts of {}", function.name);
            let _ =
                writeln!(out, "  {name:<28}{:>10}   {}", function.cold_starts, paint.dim(&note));
        }
        let new = stage.dead_letters.saturating_sub(stage.dead_letters_before);
        let letters = format!("{:>10}", count(new));
        let letters = if new == 0 { letters } else { paint.bad(&letters) };
        let note = match stage.dead_letters_before {
            0 => String::new(),
            before => format!("beside {} that were there before", count(before)),
        };
        let line = format!("  {:<28}{letters}   {}", "dead letters", paint.dim(&note));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let capacity = report.run.load_seconds * report.run.n_cpus as f64;
    for share in report.cpu.iter().filter(|share| share.cpu_ms >= 5) {
        let name = format!("processor: {}", share.consumer);
        let seconds = share.cpu_ms as f64 / 1000.0;
        let note = format!(
            "{:.0}% of {} processors",
            seconds / capacity.max(0.001) * 100.0,
            report.run.n_cpus
        );
        let _ = writeln!(out, "  {name:<28}{seconds:>8.2} s   {}", paint.dim(&note));
    }
    out
}

fn faults(report: &Report, paint: Paint) -> String {
    let Some(faults) = &report.faults else { return String::new() };
    let mut out = heading(
        paint,
        "Faults",
        &format!("on purpose: {}, from --fault-seed {}", faults.preset, faults.seed),
    );
    for site in &faults.sites {
        let note = paint.dim(&format!("of {}", count(site.asked)));
        let _ = writeln!(out, "  {:<28}{:>10}   {note}", site.site, count(site.hurt));
    }
    out
}

fn stays(report: &Report, paint: Paint) -> String {
    if report.run.stays.is_empty() {
        return String::new();
    }
    let mut out = heading(paint, "Left behind", "what the run made and could not remove");
    for sentence in &report.run.stays {
        let _ = writeln!(out, "  {sentence}");
    }
    out
}

fn errors(report: &Report, paint: Paint) -> String {
    if report.errors.is_empty() {
        return String::new();
    }
    let mut out = heading(paint, "Errors", "by cause");
    for error in report.errors.iter().take(MAX_ERRORS) {
        let number = paint.bad(&format!("{:>8}", count(error.count)));
        let _ = writeln!(out, "{number}  {:<18} {}", error.operation, error.cause);
    }
    if report.errors.len() > MAX_ERRORS {
        let _ =
            writeln!(out, "  and {} other causes, in the report", report.errors.len() - MAX_ERRORS);
    }
    out
}

fn verdict(report: &Report, paint: Paint, html: Option<&Path>) -> String {
    let headline = headline(report);
    let mut out = match report.verdict.outcome {
        Outcome::Pass => paint.good(&paint.strong(&headline)),
        Outcome::Missed => paint.bad(&paint.strong(&headline)),
        Outcome::Invalid => paint.doubtful(&paint.strong(&headline)),
    };
    out.push('\n');
    for reason in &report.verdict.reasons {
        let _ = writeln!(out, "  {reason}");
    }
    if let Some(html) = html {
        let _ = writeln!(out, "{} {}", paint.dim("Report:"), html.display());
    }
    out
}

/// The verdict in one line.
pub(super) fn headline(report: &Report) -> String {
    let n_missed = report.objectives.iter().filter(|judged| !judged.pass).count();
    let outcome = match report.verdict.outcome {
        Outcome::Pass => format!("PASS: all {} objectives hold", report.objectives.len()),
        Outcome::Missed => format!("MISSED: {n_missed} of {} objectives", report.objectives.len()),
        Outcome::Invalid => "INVALID: this run says nothing about the system".to_owned(),
    };
    let early = if report.run.interrupted { ", ended early by hand" } else { "" };
    format!("{outcome}{early}")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn everything_that_matters_is_there() {
        let mut report = sample::report();
        let text = render(&report, Paint::new(false), Some(Path::new("r.html")));
        for part in [
            "PASS",
            "orders lost",
            "pipeline: answered → stored",
            "checkoutBasket",
            "cold starts",
            "on purpose: kill, from --fault-seed 5",
            "r.html",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\x1b'));
        assert!(!text.contains("Left behind") && !text.contains("there before"), "{text}");
        report.run.stays = vec!["orders of 7 customers".to_owned()];
        if let Some(stage) = &mut report.stage {
            (stage.dead_letters_before, stage.dead_letters) = (5, 7);
        }
        let text = render(&report, Paint::new(false), None);
        let letters = text.lines().find(|line| line.contains("dead letters")).unwrap_or_default();
        assert!(letters.ends_with("2   beside 5 that were there before"), "{letters}");
        assert!(text.contains("Left behind") && text.contains("orders of 7 customers"), "{text}");
        report.objectives[0].pass = false;
        report.verdict.outcome = Outcome::Missed;
        let text = render(&report, Paint::new(true), None);
        assert!(text.contains("MISS") && text.contains('\x1b'));
    }
}
