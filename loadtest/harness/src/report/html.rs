//! The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. It
//! follows the reader's light or dark, and prints. The template is `templates/report.html`; here its texts are
//! made ready.

use askama::Template;

use super::figures::{self, Figure, N_COLORS};
use super::text::{actual, headline, limit};
use super::{CpuShare, FaultSite, FunctionFigures, Outcome, Report};
use crate::arrivals::Spacing;
use crate::latency::Latency;
use crate::ledger::Tally;
use crate::pipeline::Hop;
use crate::profile::Profile;
use crate::record::{ErrorCount, Figures};
use crate::slo::{Judged, Standing, Unit, share};
use crate::terminal::{count, time_us};

const STYLE: &str = include_str!("../../templates/report.css");
const SCRIPT: &str = include_str!("../../templates/report.js");

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    system: &'a str,
    headline: String,
    outcome: &'static str,
    reasons: &'a [String],
    facts: Vec<Fact>,
    tiles: Vec<Tile>,
    objectives: Vec<ObjectiveRow>,
    ledger: Vec<LedgerRow>,
    course: Vec<Figure>,
    operations: Vec<Figure>,
    waterfall: Vec<HopRow>,
    latencies: Vec<LatencyGroup>,
    parts: Vec<PartRow>,
    connections: String,
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

/// A promise and its outcome.
struct LedgerRow {
    promise: String,
    summary: String,
    cells: Vec<LedgerCell>,
    note: String,
}

struct LedgerCell {
    value: String,
    class: &'static str,
}

/// A hop as a bar: its median, and from there to its 99th percentile.
struct HopRow {
    name: String,
    p50: String,
    p99: String,
    p50_percent: f64,
    tail_percent: f64,
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

/// How long an operation took until the first byte of its response, and to its end.
struct PartRow {
    name: String,
    first: [String; 3],
    whole: [String; 3],
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
        script: SCRIPT,
        system: &report.run.system,
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
        ledger: report.ledger.iter().map(ledger_row).collect(),
        course: figures::course(report),
        operations: figures::operations(report),
        waterfall: waterfall(report),
        latencies: latencies(report),
        parts: parts(report),
        connections: connections(report),
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
    let workflows: Vec<_> = settings
        .workflows
        .iter()
        .map(|(workflow, rate)| format!("{} {workflow}", (rate * 100.0).round() / 100.0))
        .collect();
    let fact = |name, value| Fact { name, value };
    let faults = report
        .faults
        .iter()
        .map(|faults| fact("Faults", format!("{}, from seed {}", faults.preset, faults.seed)));
    let stays = run.stays.iter().map(|sentence| fact("Not cleaned up", sentence.clone()));
    let notes = run.notes.iter().map(|sentence| fact("Note", sentence.clone()));
    let mut facts = vec![
        fact(
            "Began",
            run.started_at.chars().take(19).collect::<String>().replace('T', " ") + " UTC",
        ),
        fact("Target", run.target.clone()),
        fact("Arrivals per second", workflows.join(", ")),
        fact("Profile", settings.profile.clone()),
        fact("Arrivals", format!("{:?}, seed {}", settings.arrivals, settings.seed)),
        fact(
            "Load",
            format!("{:.1} s by {} users", run.load_seconds, count(report.generator.users as u64)),
        ),
        fact("Time until the ledger closed", format!("{:.1} s", run.drain_seconds)),
        fact("Load generator", format!("{} CPU cores", run.n_cpus)),
    ];
    facts.extend(faults.into_iter().chain(stays).chain(notes));
    facts
}

fn tiles(report: &Report) -> Vec<Tile> {
    let sum = |read: fn(&Tally) -> u64| report.ledger.iter().map(read).sum::<u64>();
    let must_be_zero = |name, number: u64| Tile {
        name,
        value: count(number),
        class: if number == 0 { "good" } else { "bad" },
    };
    let plain = |name, value| Tile { name, value, class: "" };
    let mut tiles =
        vec![plain("requests per second", format!("{:.1}", report.throughput.requests_per_second))];
    if !report.ledger.is_empty() {
        tiles.push(plain("expected outcomes", count(sum(|tally| tally.accepted))));
        tiles.push(must_be_zero("lost", sum(|tally| tally.lost)));
        tiles.push(must_be_zero("duplicated", sum(|tally| tally.doubled)));
        tiles.push(must_be_zero("unexpected", sum(|tally| tally.unpromised)));
    }
    let main = report.workflows.iter().find(|figures| figures.name == report.settings.main);
    if let Some(figures) = main {
        tiles.push(plain("workflow run p99", time_us(figures.latency.p99_us)));
    }
    if let Some(hop) = report.pipeline.hops.iter().find(|hop| hop.latency.count > 0) {
        tiles.push(plain("asked → done p99", time_us(hop.latency.p99_us)));
    }
    tiles
}

/// Each hop beside the longest.
fn waterfall(report: &Report) -> Vec<HopRow> {
    let hops = || report.pipeline.hops.iter().filter(|hop| hop.latency.count > 0);
    let longest = hops().map(|hop| hop.latency.p99_us).max().unwrap_or(1).max(1) as f64;
    let percent = |us: u64| us as f64 / longest * 100.0;
    let row = |hop: &Hop| HopRow {
        name: hop.name(),
        p50: time_us(hop.latency.p50_us),
        p99: time_us(hop.latency.p99_us),
        p50_percent: percent(hop.latency.p50_us),
        tail_percent: percent(hop.latency.p99_us.saturating_sub(hop.latency.p50_us)),
    };
    hops().map(row).collect()
}

fn objective_row(judged: &Judged) -> ObjectiveRow {
    let share_of_limit = judged.actual.filter(|_| judged.limit > 0.0).map(|a| a / judged.limit);
    ObjectiveRow {
        name: judged.name.clone(),
        mark: match judged.standing {
            Standing::Holds => "pass",
            Standing::Likely => "pass ?",
            Standing::Unsure => "miss ?",
            Standing::Missed => "miss",
        },
        class: match judged.standing {
            Standing::Holds | Standing::Likely => "good",
            Standing::Unsure => "doubt",
            Standing::Missed => "bad",
        },
        actual: actual(judged),
        limit: limit(judged),
        has_bar: judged.unit != Unit::Count && share_of_limit.is_some(),
        bar_percent: (share_of_limit.unwrap_or_default() * 100.0).clamp(0.0, 100.0).round() as u32,
    }
}

fn ledger_row(tally: &Tally) -> LedgerRow {
    let cell = |number: u64, class| LedgerCell { value: count(number), class };
    let zero = |number: u64| cell(number, if number == 0 { "good" } else { "bad" });
    let notes = [
        (tally.open, format!("{} accepted, and not seen before the run ended", count(tally.open))),
        (
            tally.checked,
            format!("{} of {} {}", count(tally.wrong), count(tally.checked), tally.wrong_name),
        ),
        (tally.retries, format!("{} retried after an unknown result", count(tally.retries))),
        (
            tally.unknown_kept,
            format!("{} of the unknown ones completed", count(tally.unknown_kept)),
        ),
        (tally.repeated, format!("{} identical duplicates of messages", count(tally.repeated))),
        (tally.others, format!("{} from other users of this stage", count(tally.others))),
    ];
    let notes: Vec<_> = notes.into_iter().filter(|(n, _)| *n > 0).map(|(_, note)| note).collect();
    LedgerRow {
        promise: tally.promise.clone(),
        summary: tally.summary.clone(),
        cells: vec![
            cell(tally.sent, ""),
            cell(tally.accepted, ""),
            cell(tally.refused, "dim"),
            cell(tally.unknown, "dim"),
            cell(tally.once, "strong"),
            zero(tally.lost),
            zero(tally.doubled),
            zero(tally.unpromised),
        ],
        note: notes.join("; "),
    }
}

fn latencies(report: &Report) -> Vec<LatencyGroup> {
    let seconds = report.run.load_seconds.max(f64::MIN_POSITIVE);
    let measured = |figures: &Figures| {
        latency_row(&figures.name, Some(figures.failed), &figures.latency, seconds)
    };
    let hops = report.pipeline.hops.iter();
    let groups = [
        ("Operations", report.operations.iter().map(measured).collect::<Vec<_>>()),
        (
            "Customer runs, from the scheduled arrival to the end",
            report.workflows.iter().map(measured).collect(),
        ),
        (
            "Pipeline",
            hops.map(|hop| latency_row(&hop.name(), None, &hop.latency, seconds)).collect(),
        ),
    ];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    groups.map(|(name, rows)| LatencyGroup { name, rows }).collect()
}

fn parts(report: &Report) -> Vec<PartRow> {
    let times = |one: &Latency| [one.p50_us, one.p90_us, one.p99_us].map(time_us);
    let answered = report.operations.iter().filter(|one| one.first_byte.count > 0);
    let row = |one: &Figures| PartRow {
        name: one.name.clone(),
        first: times(&one.first_byte),
        whole: times(&one.latency),
    };
    answered.map(row).collect()
}

fn connections(report: &Report) -> String {
    let made = &report.generator.connections;
    format!(
        "{} connections were made for the load; TCP (and TLS, where the URL is https) took {} at p50, {} at p99. A request that \
         finds no idle connection waits for one, and that is part of its first byte.",
        count(made.count),
        time_us(made.p50_us),
        time_us(made.p99_us)
    )
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
    const ABOUT: &str = "Asked is the server's time in the response, or otherwise the time when the request was \
         sent. Done is the server's time of a state, or the time when the bus accepted a message.";
    let clocks = report.pipeline.clocks;
    let how = if clocks.disagree {
        " The servers' clocks disagree, so these figures are estimates.".to_owned()
    } else if clocks.correction_us != 0 {
        format!(
            " The servers' clocks differ from the load generator's by {} (±{}), estimated from all \
         steps; the figures are corrected.",
            time_us(clocks.correction_us.unsigned_abs()),
            time_us(clocks.uncertainty_us.unsigned_abs()),
        )
    } else {
        " All steps are consistent with a single clock, so nothing was corrected.".to_owned()
    };
    format!("{ABOUT}{how}")
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
    let capacity_ms = report.run.served_seconds * 1000.0 * report.run.n_cpus as f64;
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
        "{} workflow runs were scheduled, and {} of them started late; half started within {}, 99% within {}. Up to {} ran \
         concurrently, with {} of at most {} virtual users. The load generator's own lag was {} at p99: how late a task woke that \
         waits only for CPU time. Goose counted {} requests.",
        count(generator.planned),
        count(generator.late),
        time_us(generator.start_delay.p50_us),
        time_us(generator.start_delay.p99_us),
        count(generator.most_visiting as u64),
        count(generator.users as u64),
        count(generator.most_users as u64),
        time_us(generator.lag.p99_us),
        count(generator.goose_requests),
    )
}

/// How the run is made again, for a shell. The package has another name in each workspace, and the same folder.
fn command(report: &Report) -> String {
    let settings = &report.settings;
    let others = settings.workflows.iter().filter(|(workflow, _)| **workflow != settings.main);
    let mix: Vec<_> =
        others.map(|(workflow, rate)| format!("{workflow}={}", rate / settings.rate)).collect();
    let mut load = match settings.arrivals {
        Spacing::Listed => String::new(),
        _ => format!(" --rate {} --mix {}", settings.rate, shell(&mix.join(","))),
    };
    if let Some(profile) = Profile::argument(&settings.profile) {
        load += &format!(" --profile {}", shell(&profile));
    }
    if settings.arrivals == Spacing::Even {
        load += " --arrivals even";
    }
    let faults = report.faults.as_ref().map_or_else(String::new, |faults| {
        format!(" --faults {} --fault-seed {}", faults.preset, faults.seed)
    });
    format!(
        "cargo run --manifest-path loadtest/Cargo.toml --{load} --run-time {}s --seed {}{faults}",
        settings.run_time_seconds, settings.seed,
    )
}

/// One word of a shell.
fn shell(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-_./:=,@%+".contains(char);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn the_page_is_whole_and_needs_nothing_else() {
        let html = render(&sample::report());
        assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
        for outside in ["http:", "https:", "src=", "@import", "url(", "<script ", "<link"] {
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
    fn the_command_is_one_for_a_shell() {
        let mut report = sample::report();
        report.settings.profile = "arrivals of rush hour's.csv".to_owned();
        assert!(command(&report).contains(r" --profile 'rush hour'\''s.csv' "));
    }

    #[test]
    fn a_run_in_which_nothing_happened_has_a_page_too() {
        let mut report = sample::report();
        report.operations.clear();
        report.workflows.clear();
        report.ledger.clear();
        report.seconds.clear();
        report.objectives.clear();
        report.pipeline = Default::default();
        report.stage = None;
        report.cpu.clear();
        report.faults = None;
        let html = render(&report);
        assert!(html.contains("has no objectives") && !html.contains("NaN"));
    }
}
