//! The report for a terminal: what one wants to know at the end of a run, and where the rest is.

use std::fmt::Write;
use std::path::Path;

use super::{Outcome, Report};
use crate::interval::CONFIDENCE;
use crate::latency::Latency;
use crate::ledger::Tally;
use crate::slo::{Judged, Standing, Unit};
use crate::terminal::{Paint, count, short, short_apart, time_us};

/// How many causes of errors are listed.
const MAX_ERRORS: usize = 12;

/// Cells of a name, so that no line of a table is longer than 80.
const NAME: usize = 25;

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
        notes(report, paint),
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
    let line = format!("{}  {}", paint.strong(title), paint.dim(aside));
    format!("{}\n", line.trim_end())
}

fn objectives(report: &Report, paint: Paint) -> String {
    let is_sure = |one: &Judged| matches!(one.standing, Standing::Holds | Standing::Missed);
    let aside = match (report.faults.is_some(), report.objectives.iter().all(is_sure)) {
        (true, _) => "with faults, only expected outcomes are judged".to_owned(),
        (false, true) => format!("each with {CONFIDENCE} confidence"),
        (false, false) => format!("with {CONFIDENCE} confidence; ? too few samples to be sure"),
    };
    let mut out = heading(paint, "Objectives", &aside);
    for judged in &report.objectives {
        let mark = mark(judged.standing, paint);
        let (actual, limit) = (actual(judged), limit(judged));
        let needed =
            judged.needed.map_or_else(String::new, |n| format!("  {} needed to decide", count(n)));
        let line = format!(
            "  {mark} {:<36}{actual:>10}  {}",
            short(&judged.name, 35),
            paint.dim(&format!("{limit}{needed}"))
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    if report.objectives.is_empty() {
        out.push_str("  none\n");
    }
    out
}

fn mark(standing: Standing, paint: Paint) -> String {
    match standing {
        Standing::Holds => paint.good("pass "),
        Standing::Likely => paint.good("pass?"),
        Standing::Unsure => paint.doubtful("miss?"),
        Standing::Missed => paint.bad("MISS "),
    }
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
    if report.ledger.is_empty() {
        return String::new();
    }
    let mut out = heading(paint, "Ledger", "expected outcomes");
    for tally in &report.ledger {
        out.push_str(&promise(tally, paint));
    }
    out
}

fn promise(tally: &Tally, paint: Paint) -> String {
    let zero_is_good = |number: u64, noun: &str| {
        let text = format!("{} {noun}", count(number));
        if number == 0 { paint.good(&text) } else { paint.bad(&text) }
    };
    let mut out = format!("  {}  {}\n", paint.strong(&tally.promise), paint.dim(&tally.summary));
    let _ = writeln!(
        out,
        "    {} sent, {} accepted, {} refused, {} unknown: {} done once",
        count(tally.sent),
        count(tally.accepted),
        count(tally.refused),
        count(tally.unknown),
        count(tally.once)
    );
    let _ = writeln!(
        out,
        "    {}, {}, {}",
        zero_is_good(tally.lost, "lost"),
        zero_is_good(tally.doubled, "duplicated"),
        zero_is_good(tally.unpromised, "unexpected")
    );
    if tally.checked > 0 {
        let wrong = zero_is_good(tally.wrong, &short(&tally.wrong_name, 40));
        let _ = writeln!(out, "    {wrong} of {} checked", count(tally.checked));
    }
    let rest = [
        (tally.open, "accepted, and not seen before the run ended"),
        (tally.unknown_kept, "done, of the unknown"),
        (tally.retries, "retried"),
        (tally.repeated, "identical duplicates of messages"),
        (tally.others, "from other users of this stage"),
    ];
    let rest: Vec<_> = rest
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| format!("{} {noun}", count(*number)))
        .collect();
    if !rest.is_empty() {
        let _ = writeln!(out, "    {}", paint.dim(&rest.join(", ")));
    }
    out
}

fn latencies(report: &Report, paint: Paint) -> String {
    let mut out = heading(
        paint,
        "Latency",
        "the first call counts from its scheduled time, so stalls are included",
    );
    let head = format!(
        "  {:<NAME$}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}",
        "", "count", "p50", "p90", "p99", "p99.9", "max"
    );
    let _ = writeln!(out, "{}", paint.dim(&head));
    let operations = report.operations.iter().map(|one| (one.name.clone(), &one.latency));
    let workflows = report.workflows.iter().map(|one| (format!("run: {}", one.name), &one.latency));
    let hops = report.pipeline.hops.iter().map(|hop| (hop.name(), &hop.latency));
    let (names, all): (Vec<String>, Vec<&Latency>) =
        operations.chain(workflows).chain(hops).unzip();
    for (name, latency) in short_apart(&names, NAME - 1).iter().zip(all) {
        latency_row(&mut out, name, latency, paint);
    }
    let clocks = report.pipeline.clocks;
    if clocks.correction_us != 0 {
        let _ = writeln!(
            out,
            "  {}",
            paint.dim(&format!(
                "the servers' clocks differ from this one by {} (±{}); the figures are corrected",
                time_us(clocks.correction_us.unsigned_abs()),
                time_us(clocks.uncertainty_us.unsigned_abs()),
            ))
        );
    }
    out
}

fn latency_row(out: &mut String, name: &str, latency: &Latency, paint: Paint) {
    if latency.count == 0 {
        let _ = writeln!(out, "  {name:<NAME$}{}", paint.dim("    none"));
        return;
    }
    let _ = writeln!(
        out,
        "  {name:<NAME$}{:>8}{:>9}{:>9}{:>9}{:>9}{:>9}",
        count(latency.count),
        time_us(latency.p50_us),
        time_us(latency.p90_us),
        time_us(latency.p99_us),
        time_us(latency.p999_us),
        time_us(latency.max_us),
    );
}

fn machinery(report: &Report, paint: Paint) -> String {
    let mut out = heading(paint, "Execution environments and CPU", "");
    let generator = &report.generator;
    let rows = [
        (
            "maximum users",
            count(generator.users as u64),
            format!("{} concurrent runs", count(generator.most_visiting as u64)),
        ),
        (
            "runs started late",
            count(generator.late),
            format!(
                "of {}; p99 of the lateness {}",
                count(generator.planned),
                time_us(generator.start_delay.p99_us)
            ),
        ),
        (
            "load generator lag",
            time_us(generator.lag.p99_us),
            "p99; the time it waited for CPU".to_owned(),
        ),
    ];
    for (name, value, note) in rows {
        let _ = writeln!(out, "  {name:<28}{value:>10}   {}", paint.dim(&note));
    }
    if let Some(stage) = &report.stage {
        for function in &stage.functions {
            let note = format!(
                "of {} calls, {} failed, {} parallel",
                count(function.invocations),
                count(function.errors),
                function.environments,
            );
            let name = short(&format!("cold starts of {}", function.name), 27);
            let _ =
                writeln!(out, "  {name:<28}{:>10}   {}", function.cold_starts, paint.dim(&note));
        }
        let new = stage.dead_letters.saturating_sub(stage.dead_letters_before);
        let letters = format!("{:>10}", count(new));
        let letters = if new == 0 { letters } else { paint.bad(&letters) };
        let note = match stage.dead_letters_before {
            0 => String::new(),
            before => format!("in addition to {} from before the run", count(before)),
        };
        let line = format!("  {:<28}{letters}   {}", "dead-letter queues", paint.dim(&note));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let capacity = report.run.served_seconds * report.run.n_cpus as f64;
    for share in report.cpu.iter().filter(|share| share.cpu_ms >= 5) {
        let name = short(&format!("CPU: {}", share.consumer), 27);
        let seconds = share.cpu_ms as f64 / 1000.0;
        let note =
            format!("{:.0}% of {} cores", seconds / capacity.max(0.001) * 100.0, report.run.n_cpus);
        let _ = writeln!(out, "  {name:<28}{seconds:>8.2} s   {}", paint.dim(&note));
    }
    out
}

fn faults(report: &Report, paint: Paint) -> String {
    let Some(faults) = &report.faults else { return String::new() };
    let mut out = heading(
        paint,
        "Faults",
        &format!("injected faults: {}, --fault-seed {}", faults.preset, faults.seed),
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
    let mut out = heading(paint, "Not cleaned up", "items of the run that could not be deleted");
    for sentence in &report.run.stays {
        let _ = writeln!(out, "  {sentence}");
    }
    out
}

fn notes(report: &Report, paint: Paint) -> String {
    if report.run.notes.is_empty() {
        return String::new();
    }
    let mut out = heading(paint, "Notes", "");
    for sentence in &report.run.notes {
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
        let _ = writeln!(out, "{number}  {:<18} {}", short(&error.operation, 18), error.cause);
        if let Some(id) = error.samples.iter().find_map(|sample| sample.request_id.as_deref()) {
            let _ = writeln!(out, "          {}", paint.dim(&format!("first: request {id}")));
        }
    }
    if report.errors.len() > MAX_ERRORS {
        let _ = writeln!(
            out,
            "  and {} other causes; see the report",
            report.errors.len() - MAX_ERRORS
        );
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
    let with = |standing: Standing| {
        report.objectives.iter().filter(|judged| judged.standing == standing).count()
    };
    let (all, n_missed) = (report.objectives.len(), with(Standing::Missed));
    let n_unsure = with(Standing::Likely) + with(Standing::Unsure);
    match report.verdict.outcome {
        Outcome::Pass if n_unsure == 0 => {
            format!("PASS: all {all} objectives met, with {CONFIDENCE} confidence")
        }
        Outcome::Pass => format!(
            "PASS: no objective of {all} missed; {} met with {CONFIDENCE} confidence",
            with(Standing::Holds)
        ),
        // What the objectives do not show, the reasons say.
        Outcome::Missed if n_missed == 0 => "MISSED".to_owned(),
        Outcome::Missed => {
            format!("MISSED: {n_missed} of {all} objectives, with {CONFIDENCE} confidence")
        }
        Outcome::Invalid if report.run.interrupted => {
            "INVALID: interrupted; the figures are those until then".to_owned()
        }
        Outcome::Invalid => "INVALID: this run does not measure the system".to_owned(),
    }
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
            "checkout.order lost",
            "asked → checkout.order",
            "baskets wrong",
            "OrderPlaced → sales",
            "1 000 sent, 998 accepted, 2 refused, 0 unknown: 998 done once",
            "checkoutBasket",
            "cold starts",
            "injected faults: kill, --fault-seed 5",
            "r.html",
        ] {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
        assert!(!text.contains('\x1b'));
        assert!(
            !text.contains("Not cleaned up") && !text.contains("from before the run"),
            "{text}"
        );
        report.run.stays = vec!["orders of 7 runs".to_owned()];
        if let Some(stage) = &mut report.stage {
            (stage.dead_letters_before, stage.dead_letters) = (5, 7);
        }
        let text = render(&report, Paint::new(false), None);
        let letters =
            text.lines().find(|line| line.contains("dead-letter queues")).unwrap_or_default();
        assert!(letters.ends_with("2   in addition to 5 from before the run"), "{letters}");
        assert!(text.contains("Not cleaned up") && text.contains("orders of 7 runs"), "{text}");
        report.objectives[0].standing = Standing::Missed;
        report.verdict.outcome = Outcome::Missed;
        let text = render(&report, Paint::new(true), None);
        assert!(text.contains("MISS") && text.contains('\x1b'));
    }

    #[test]
    fn no_line_is_longer_than_a_terminal_is_wide() {
        let mut report = sample::report();
        let long = "aVeryLongOperationNameThatSomebodyWroteIntoTheContract";
        report.operations[0].name = long.to_owned();
        report.workflows[0].name = long.to_owned();
        report.objectives[0].name = format!("{long} p99");
        report.pipeline.hops[0].to = long.to_owned();
        report.ledger[0].wrong_name = long.to_owned();
        report.errors[0].operation = long.to_owned();
        if let Some(stage) = &mut report.stage {
            stage.functions[0].name = long.to_owned();
        }
        for line in render(&report, Paint::new(false), None).lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
