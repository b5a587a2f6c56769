//! The report in Markdown, for the summary of a job: the verdict, its objectives and the ledger.

use std::fmt::Write;

use super::text::{actual, headline, limit};
use super::{Outcome, Report};
use crate::slo::Standing;
use crate::terminal::{count, time_us};

/// The verdict and what it rests on.
#[must_use]
pub fn render(report: &Report) -> String {
    let mark = match report.verdict.outcome {
        Outcome::Pass => "✅",
        Outcome::Missed => "❌",
        Outcome::Invalid => "⚠️",
    };
    let mut out = format!("## Load test: {mark} {}\n\n", headline(report));
    for reason in &report.verdict.reasons {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "- {reason}");
    }
    let settings = &report.settings;
    let _ = writeln!(
        out,
        "\n{} for {} s on the {}, seed {}.\n",
        settings.in_words(),
        settings.run_time_seconds,
        report.run.target,
        settings.seed
    );
    objectives(report, &mut out);
    ledger(report, &mut out);
    latencies(report, &mut out);
    out
}

fn objectives(report: &Report, out: &mut String) {
    if report.objectives.is_empty() {
        return;
    }
    out.push_str("|  | objective | measured | compared with |\n| --- | --- | --- | --- |\n");
    for judged in &report.objectives {
        let mark = match judged.standing {
            Standing::Missed if report.verdict.outcome == Outcome::Invalid => "➖",
            Standing::Holds => "✅",
            Standing::Likely => "✅ ?",
            Standing::Unsure => "❔",
            Standing::Missed => "❌",
        };
        let _ =
            writeln!(out, "| {mark} | {} | {} | {} |", judged.name, actual(judged), limit(judged));
    }
    out.push('\n');
}

fn ledger(report: &Report, out: &mut String) {
    if report.ledger.is_empty() {
        return;
    }
    out.push_str(
        "| expected | sent | accepted | refused | done once | lost | duplicated | unexpected |\n",
    );
    out.push_str("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for tally in &report.ledger {
        let numbers = [
            tally.sent,
            tally.accepted,
            tally.refused,
            tally.once,
            tally.lost,
            tally.doubled,
            tally.unpromised,
        ];
        let _ = writeln!(out, "| {} | {} |", tally.promise, numbers.map(count).join(" | "));
    }
    out.push('\n');
}

fn latencies(report: &Report, out: &mut String) {
    out.push_str("| operation or run | count | failed | p50 | p90 | p99 |\n");
    out.push_str("| --- | --- | --- | --- | --- | --- |\n");
    let operations = report.operations.iter().map(|figures| (figures.name.clone(), figures));
    let runs = report.workflows.iter().map(|one| (format!("run: {}", one.name), one));
    for (name, figures) in operations.chain(runs) {
        let latency = &figures.latency;
        let times = [latency.p50_us, latency.p90_us, latency.p99_us].map(time_us);
        let _ = writeln!(
            out,
            "| {name} | {} | {} | {} |",
            count(latency.count),
            count(figures.failed),
            times.join(" | ")
        );
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_verdict_and_its_reasons_are_there() {
        let mut report = sample::report();
        let text = render(&report);
        assert!(text.starts_with("## Load test: ✅ PASS"), "{text}");
        for row in ["| ✅ | ", "| checkout.order | 1 000 |", "| checkoutBasket |"] {
            assert!(text.contains(row), "{row}: {text}");
        }
        report.verdict = super::super::Verdict {
            outcome: Outcome::Missed,
            reasons: vec!["checkout.order lost missed".to_owned()],
        };
        report.objectives[0].standing = Standing::Missed;
        let text = render(&report);
        assert!(text.starts_with("## Load test: ❌ MISSED: 1 of"), "{text}");
        assert!(
            text.contains("- checkout.order lost missed\n") && text.contains("| ❌ | "),
            "{text}"
        );
    }

    /// Every row of a table has as many cells as its head.
    #[test]
    fn tables_are_tables() {
        let text = render(&sample::report());
        let mut cells = None;
        for line in text.lines() {
            let n = line.starts_with('|').then(|| line.matches('|').count());
            assert!(cells.is_none() || n.is_none() || cells == n, "{line}");
            cells = n;
        }
    }
}
