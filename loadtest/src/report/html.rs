//! The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. It
//! follows the reader's light or dark, and prints. The template is `templates/report.html`; here its texts are
//! made ready.

use askama::Template;

use super::figures::{self, Figure, N_COLORS};
use super::text::{actual, headline, limit};
use super::{CpuShare, FaultSite, FunctionFigures, Outcome, Report};
use crate::latency::Latency;
use crate::record::{ErrorCount, Figures};
use crate::slo::{Judged, Unit, share};
use crate::terminal::{count, time_us};

const STYLE: &str = include_str!("../../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    style: &'static str,
    headline: String,
    outcome: &'static str,
    reasons: &'a [String],
    facts: Vec<Fact>,
    tiles: Vec<Tile>,
    objectives: Vec<ObjectiveRow>,
    ledger: Vec<LedgerRow>,
    course: Vec<Figure>,
    latencies: Vec<LatencyGroup>,
    distributions: Vec<Figure>,
    clocks: String,
    machinery: Vec<Figure>,
    functions: Vec<FunctionRow>,
    cpu: Vec<CpuPart>,
    generator: String,
    faults: Vec<FaultRow>,
    errors: &'a [ErrorCount],
    run: &'a str,
    command: String,
}

struct Fact {
    name: &'static str,
    value: String,
}

struct Tile {
    name: &'static str,
    value: String,
    class: &'static str,
}

struct ObjectiveRow {
    name: String,
    mark: &'static str,
    class: &'static str,
    actual: String,
    limit: String,
    has_bar: bool,
    bar_percent: u32,
}

struct LedgerRow {
    name: &'static str,
    value: String,
    class: &'static str,
    indent: &'static str,
    note: String,
}

struct LatencyGroup {
    name: &'static str,
    rows: Vec<LatencyRow>,
}

struct LatencyRow {
    name: String,
    count: String,
    failed: String,
    failed_class: &'static str,
    per_second: String,
    p50: String,
    p90: String,
    p99: String,
    p999: String,
    max: String,
}

struct FunctionRow {
    name: String,
    invocations: String,
    errors: String,
    errors_class: &'static str,
    throttles: String,
    cold_starts: u64,
    environments: u64,
    cpu: String,
    cpu_per_invocation: String,
}

struct FaultRow {
    site: String,
    hurt: String,
    asked: String,
    share: String,
}

struct CpuPart {
    name: String,
    value: String,
    share: String,
    color: usize,
    weight: u64,
}

/// The report as HTML.
#[must_use]
pub fn render(report: &Report) -> String {
    let page = Page {
        style: STYLE,
        headline: headline(report),
        outcome: match report.verdict.outcome {
            Outcome::Pass => "pass",
            Outcome::Missed => "missed",
            Outcome::Invalid => "invalid",
        },
        reasons: &report.verdict.reasons,
        facts: facts(report),
        tiles: tiles(report),
        objectives: report.objectives.iter().map(objective_row).collect(),
        ledger: ledger(report),
        course: figures::course(report),
        latencies: latencies(report),
        distributions: figures::distributions(report),
        clocks: clocks(report),
        machinery: figures::machinery(report),
        functions: report.stage.iter().flat_map(|s| &s.functions).map(function_row).collect(),
        cpu: cpu(report),
        generator: generator(report),
        faults: report.faults.iter().flat_map(|faults| &faults.sites).map(fault_row).collect(),
        errors: &report.errors,
        run: &report.run.id,
        command: command(report),
    };
    // The template is checked when this crate is built, and writing to a string cannot fail.
    page.render().unwrap_or_default()
}

fn facts(report: &Report) -> Vec<Fact> {
    let (run, settings) = (&report.run, &report.settings);
    let journeys: Vec<_> = settings
        .journeys
        .iter()
        .map(|(journey, rate)| format!("{rate} {}", journey.name()))
        .collect();
    let fact = |name, value| Fact { name, value };
    let faults = report
        .faults
        .iter()
        .map(|faults| fact("Faults", format!("{}, from seed {}", faults.preset, faults.seed)));
    let stays = run.stays.iter().map(|sentence| fact("Left behind", sentence.clone()));
    let mut facts = vec![
        fact(
            "Began",
            run.started_at.chars().take(19).collect::<String>().replace('T', " ") + " UTC",
        ),
        fact("Target", run.target.clone()),
        fact("Customers per second", journeys.join(", ")),
        fact(
            "Load",
            format!("{:.1} s by {} users", run.load_seconds, count(settings.users as u64)),
        ),
        fact("Until the ledger closed", format!("{:.1} s", run.drain_seconds)),
        fact("Load generator on", format!("{} processors", run.n_cpus)),
    ];
    facts.extend(faults.into_iter().chain(stays));
    facts
}

fn tiles(report: &Report) -> Vec<Tile> {
    let tally = &report.ledger;
    let must_be_zero = |name, number: u64| Tile {
        name,
        value: count(number),
        class: if number == 0 { "good" } else { "bad" },
    };
    let plain = |name, value| Tile { name, value, class: "" };
    let pipeline = &report.pipeline.stored;
    let checkout = report.operations.iter().find(|figures| figures.name == "checkoutBasket");
    let mut tiles = vec![
        plain("checkouts accepted", count(tally.accepted)),
        plain("checkouts per second", format!("{:.1}", report.throughput.accepted_per_second)),
        must_be_zero("orders lost", tally.lost),
        must_be_zero("orders duplicated", tally.duplicated),
    ];
    if let Some(figures) = checkout {
        tiles.push(plain("checkout p99", time_us(figures.latency.p99_us)));
    }
    if pipeline.count > 0 {
        tiles.push(plain("answered → stored p99", time_us(pipeline.p99_us)));
        tiles.push(plain("asked → stored p99", time_us(report.pipeline.placed.p99_us)));
    }
    tiles
}

fn objective_row(judged: &Judged) -> ObjectiveRow {
    let share_of_limit = judged.actual.filter(|_| judged.limit > 0.0).map(|a| a / judged.limit);
    ObjectiveRow {
        name: judged.name.clone(),
        mark: if judged.pass { "pass" } else { "miss" },
        class: if judged.pass { "good" } else { "bad" },
        actual: actual(judged),
        limit: limit(judged),
        has_bar: judged.unit != Unit::Count && share_of_limit.is_some(),
        bar_percent: (share_of_limit.unwrap_or_default() * 100.0).clamp(0.0, 100.0).round() as u32,
    }
}

fn ledger(report: &Report) -> Vec<LedgerRow> {
    let tally = &report.ledger;
    let row = |indent, name, number, class, note: &str| LedgerRow {
        name,
        value: count(number),
        class,
        indent,
        note: note.to_owned(),
    };
    let must_be_zero = |number| if number == 0 { "good" } else { "bad" };
    vec![
        row("", "Checkouts sent", tally.sent, "strong", ""),
        row("indent", "accepted", tally.accepted, "", "each must become exactly one order"),
        row("indent", "refused", tally.refused, "", "each must leave the basket as it was"),
        row(
            "indent",
            "unknown",
            tally.unknown,
            "",
            "no definite answer in all attempts; an order may come, or not",
        ),
        row(
            "indent",
            "repeated",
            tally.retries,
            "dim",
            "attempts with the same key after an answer that was not definite",
        ),
        row("", "Orders seen once", tally.once, "strong", ""),
        row("", "Orders lost", tally.lost, must_be_zero(tally.lost), "accepted, and no order came"),
        row(
            "",
            "Orders duplicated",
            tally.duplicated,
            must_be_zero(tally.duplicated),
            "accepted, and more than one order came",
        ),
        row("", "Orders nobody was promised", tally.ghosts, must_be_zero(tally.ghosts), ""),
        row(
            "",
            "Baskets wrong",
            tally.baskets_wrong,
            must_be_zero(tally.baskets_wrong),
            &format!(
                "of {} looked at: gone after a refusal, or still there after a checkout",
                count(tally.baskets_checked)
            ),
        ),
    ]
}

fn latencies(report: &Report) -> Vec<LatencyGroup> {
    let seconds = report.run.load_seconds.max(f64::MIN_POSITIVE);
    let measured = |figures: &Figures| {
        latency_row(&figures.name, Some(figures.failed), &figures.latency, seconds)
    };
    let pipeline = &report.pipeline;
    let groups = [
        ("Operations", report.operations.iter().map(measured).collect()),
        (
            "Journeys, from the time a customer was due to the last answer",
            report.journeys.iter().map(measured).collect(),
        ),
        (
            "Pipeline",
            vec![
                latency_row("answered → stored", None, &pipeline.stored, seconds),
                latency_row("asked → stored", None, &pipeline.placed, seconds),
                latency_row("answered → seen by the customer", None, &pipeline.seen, seconds),
            ],
        ),
    ];
    groups.into_iter().map(|(name, rows)| LatencyGroup { name, rows }).collect()
}

fn latency_row(name: &str, failed: Option<u64>, latency: &Latency, seconds: f64) -> LatencyRow {
    let time = |us| if latency.count == 0 { "–".to_owned() } else { time_us(us) };
    LatencyRow {
        name: name.to_owned(),
        count: count(latency.count),
        failed: failed.map(count).unwrap_or_default(),
        failed_class: if failed.is_some_and(|failed| failed > 0) { "bad" } else { "dim" },
        per_second: format!("{:.1}", latency.count as f64 / seconds),
        p50: time(latency.p50_us),
        p90: time(latency.p90_us),
        p99: time(latency.p99_us),
        p999: time(latency.p999_us),
        max: time(latency.max_us),
    }
}

fn clocks(report: &Report) -> String {
    const ABOUT: &str = "Answered → stored runs from the moment the customer held the answer to the \
        checkout until the time that the consumer wrote into the order; asked → stored takes both times \
        from the servers; answered → seen contains the customer's waiting between two looks.";
    let clocks = report.pipeline.clocks;
    let how = if clocks.disagree {
        " The servers' own clocks disagree, so these figures are estimates.".to_owned()
    } else if clocks.correction_us != 0 {
        format!(
            " The servers' clocks differ from the load generator's by {} (±{}), as all checkouts \
             together show; this was taken off.",
            time_us(clocks.correction_us.unsigned_abs()),
            time_us(clocks.uncertainty_us.unsigned_abs()),
        )
    } else {
        " All checkouts fit one clock for both sides, so nothing was corrected.".to_owned()
    };
    let stored = &report.pipeline.stored;
    let no_wait = stored.buckets.first().filter(|(us, _)| *us == 0).map_or(0, |(_, n)| *n);
    let early = match share(no_wait, stored.count) {
        Some(share) if no_wait > 0 => format!(
            " {:.1}% of the orders were stored before the answer arrived, which counts as no wait at all.",
            share * 100.0
        ),
        _ => String::new(),
    };
    format!("{ABOUT}{early}{how}")
}

fn function_row(function: &FunctionFigures) -> FunctionRow {
    let per_invocation = function.cpu_ms * 1000 / function.invocations.max(1);
    FunctionRow {
        name: function.name.clone(),
        invocations: count(function.invocations),
        errors: count(function.errors),
        errors_class: if function.errors > 0 { "bad" } else { "dim" },
        throttles: count(function.throttles),
        cold_starts: function.cold_starts,
        environments: function.environments,
        cpu: time_us(function.cpu_ms * 1000),
        cpu_per_invocation: time_us(per_invocation),
    }
}

fn fault_row(site: &FaultSite) -> FaultRow {
    FaultRow {
        site: site.site.clone(),
        hurt: count(site.hurt),
        asked: count(site.asked),
        share: format!("{:.1}%", share(site.hurt, site.asked).unwrap_or_default() * 100.0),
    }
}

fn cpu(report: &Report) -> Vec<CpuPart> {
    let capacity_ms = report.run.load_seconds * 1000.0 * report.run.n_cpus as f64;
    let part = |(index, share): (usize, &CpuShare)| CpuPart {
        name: share.consumer.clone(),
        value: time_us(share.cpu_ms * 1000),
        share: format!("{:.1}% of the machine", share.cpu_ms as f64 / capacity_ms.max(1.0) * 100.0),
        color: index % N_COLORS + 1,
        weight: share.cpu_ms,
    };
    figures::consumers(report).enumerate().map(part).collect()
}

fn generator(report: &Report) -> String {
    let generator = &report.generator;
    format!(
        "{} slots fell due and {} of them started late; half started within {}, 99% within {}. Goose \
         counted {} requests, the ends of journeys among them.",
        count(generator.planned),
        count(generator.late),
        time_us(generator.start_delay.p50_us),
        time_us(generator.start_delay.p99_us),
        count(generator.goose_requests),
    )
}

fn command(report: &Report) -> String {
    let settings = &report.settings;
    let shares = settings.journeys.iter().filter(|(journey, _)| journey.name() != "checkout");
    let mix: Vec<_> = shares
        .map(|(journey, rate)| format!("{}={}", journey.name(), rate / settings.rate))
        .collect();
    let faults = report.faults.as_ref().map_or_else(String::new, |faults| {
        format!(" --faults {} --fault-seed {}", faults.preset, faults.seed)
    });
    format!(
        "cargo run -p loadtest -- --rate {} --run-time {}s --mix '{}' --seed {}{faults}",
        settings.rate,
        settings.run_time_seconds,
        mix.join(","),
        settings.seed,
    )
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_page_is_whole_and_needs_nothing_else() {
        let html = render(&sample::report());
        assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
        for outside in ["http:", "https:", "src=", "@import", "url(", "<script", "<link"] {
            assert!(!html.contains(outside), "{outside}");
        }
        for tag in ["section", "table", "tbody", "tr", "td", "figure", "svg", "div", "dl", "ul"] {
            let opened = html.matches(&format!("<{tag}>")).count()
                + html.matches(&format!("<{tag} ")).count();
            assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{tag}");
        }
    }

    #[test]
    fn what_comes_from_outside_is_escaped() {
        let mut report = sample::report();
        report.run.target = "<img src=x>".to_owned();
        let html = render(&report);
        assert!(!html.contains("<img") && html.contains("&#60;img"), "escaping changed its form");
        assert!(!html.contains("503 <&>"));
    }

    #[test]
    fn a_run_in_which_nothing_happened_has_a_page_too() {
        let mut report = sample::report();
        report.operations.clear();
        report.journeys.clear();
        report.seconds.clear();
        report.objectives.clear();
        report.pipeline = Default::default();
        report.stage = None;
        report.cpu.clear();
        report.faults = None;
        let html = render(&report);
        assert!(html.contains("judged by no objective") && !html.contains("NaN"));
    }
}
