//! The command line: arguments, and combinations that are refused.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use stage::fault::{self, Preset};

use crate::arrivals::{Part, Spacing};
use crate::capacity::Capacity;
use crate::feeds::Feed;
use crate::manifest::Manifest;
use crate::place::{Place, places};
use crate::profile::{Profile, SOAK};
use crate::system::{System, Workflow};

/// Load-test a system and judge the result against its objectives
///
/// Without arguments, this command checks that generated code is up to date, builds the functions, and starts a local
/// stage from the generated template. It then runs the load, waits until no work is pending,
/// and prints a verdict.
///
/// Exit codes: 0 all objectives met; 1 an objective missed; 2 wrong usage; 3 the run is invalid (target unreachable,
/// load generator short of CPU, or work still pending when the drain timed out).
#[derive(Debug, Parser)]
#[command(name = "loadtest", version, args_conflicts_with_subcommands = true)]
#[command(after_long_help = fault::teach())]
pub struct Cli {
    /// What to do instead of a run.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What one argument names.
#[derive(Debug, Clone)]
pub struct Places(pub Vec<Place>);

/// What can be done instead of a run.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compare two runs by their JSON reports
    Compare {
        /// The JSON report of the earlier run
        before: PathBuf,
        /// The JSON report of the later run
        after: PathBuf,
    },
    /// Merge the JSON reports of several workers exactly, and judge the result
    Merge {
        /// The JSON reports, as files or `s3://BUCKET/KEY`; `{0..3}` stands for each number from 0 to 3. The verdict names
        /// any report that is missing
        #[arg(required = true, value_parser = |text: &str| places(text).map(Places))]
        reports: Vec<Places>,
        /// The objectives file [default: loadtest/slo.toml]
        #[arg(long, value_name = "FILE")]
        slo: Option<PathBuf>,
        /// The output file of the merged JSON report
        #[arg(long, value_name = "FILE|S3 URL", default_value = "loadtest/merged.json")]
        json: Place,
        /// The output file of the merged HTML report
        #[arg(long, value_name = "FILE", default_value = "loadtest/merged.html")]
        report: PathBuf,
    },
    /// Print the JSON Schema of the JSON report
    Schema,
    /// Print what a measured run comes to at other rates: concurrency, backlog, units, dollars, and the first quota hit
    Capacity(Capacity),
    /// Print a manifest that runs several workers elsewhere
    Manifest {
        /// Which
        #[command(subcommand)]
        manifest: Manifest,
    },
}

/// How to run.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// The system to load: `local` starts a stage on this machine; otherwise a deployed stack's name or ARN, or an
    /// API's URL
    #[arg(long, value_name = "local|STACK|URL", default_value = "local", value_parser = parse_stage)]
    pub stage: StageChoice,

    /// The URL of the stack's API [default: the stack's output `ApiUrl`]
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    pub api_url: Option<String>,

    /// Allow load on a production stage
    #[arg(long)]
    pub allow_production: bool,

    /// Arrival rate of the main workflow per second; other workflows run in proportion to their weights
    #[arg(long, value_name = "PER SECOND", default_value = "50", value_parser = parse_rate)]
    pub rate: f64,

    /// Arrivals of other workflows for each one of the main workflow, instead of their weights: `browse=0.5,fill=0.2`
    #[arg(long, value_name = "SHARES", value_parser = parse_mix)]
    pub mix: Option<Mix>,

    /// How the arrival rate changes: `constant`, `ramp`, `steps[:N]`, `spike[:TIMES]`, `soak`, or a file with one
    /// arrival time in seconds on each line
    #[arg(long, value_name = "SHAPE|FILE", default_value = "constant")]
    pub profile: Profile,

    /// How arrivals are spaced: at random, like independent customers, or evenly
    #[arg(long, value_name = "HOW", default_value = "poisson")]
    pub arrivals: Spacing,

    /// Find the highest rate at which all objectives are met, starting with --rate
    #[arg(long, conflicts_with = "faults")]
    pub find_limit: bool,

    /// The maximum number of virtual users; the pool grows when the system falls behind [default: as many as the
    /// limit on open connections allows]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub users: Option<u32>,

    /// Run one part of the schedule, as one of several workers: `0/4` is the first of four. All workers need the same
    /// arguments, except this one and the report files. Combine their reports with `merge`
    #[arg(long, value_name = "INDEX/COUNT", value_parser = parse_part, requires = "start_at")]
    pub worker: Option<Part>,

    /// The start of the schedule, the same for all workers, as an RFC 3339 timestamp
    #[arg(long, value_name = "TIME", value_parser = parse_instant)]
    pub start_at: Option<Timestamp>,

    /// How long customers arrive [default: 20s; 1h for a soak]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub run_time: Option<Duration>,

    /// Read the values of an input from a file: CSV with a header line, a JSON array, or one value on each line;
    /// repeatable
    #[arg(long, value_name = "[WORKFLOW.]NAME=FILE[:COLUMN]")]
    pub input: Vec<Feed>,

    /// Skew the values of an input: the exponent of a Zipf distribution, as in `userName=1.1`
    #[arg(long, value_name = "NAME=EXPONENT", value_parser = parse_skew)]
    pub skew: Vec<(String, f64)>,

    /// The bearer token of secured operations; a local stage issues its own
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<String>,

    /// A header for every request, as `name: value`; repeatable
    #[arg(long, value_name = "NAME: VALUE", value_parser = parse_header)]
    pub header: Vec<(String, String)>,

    /// The objectives file [default: loadtest/slo.toml]
    #[arg(long, value_name = "FILE")]
    pub slo: Option<PathBuf>,

    /// The output file of the HTML report
    #[arg(long, value_name = "FILE", default_value = "loadtest/report.html")]
    pub report: PathBuf,

    /// The output file of the JSON report, or `s3://BUCKET/KEY`; `-` writes it to standard output and the verdict to
    /// standard error
    #[arg(long, value_name = "FILE|S3 URL|-", default_value = "loadtest/report.json")]
    pub json: Place,

    /// Append the verdict to this file as Markdown
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,

    /// Append the verdict to this file as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,

    /// Write all latency distributions as an HdrHistogram log
    #[arg(long, value_name = "FILE")]
    pub hdr: Option<PathBuf>,

    /// Serve current metrics in the OpenMetrics format at `/metrics`, on a port of this machine or an address
    #[arg(long, value_name = "PORT|ADDRESS:PORT", value_parser = parse_address)]
    pub metrics: Option<SocketAddr>,

    /// Send metrics to a collector every 10 seconds and at the end, with OTLP over HTTP in JSON; set headers in
    /// OTEL_EXPORTER_OTLP_HEADERS
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    pub otlp: Option<String>,

    /// The seed of arrivals and random values
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,

    /// How long to wait after the load for pending work [default: 180s; 15m with --faults]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub drain: Option<Duration>,

    /// Inject faults on the local stage, and judge only expected outcomes (nothing lost, nothing duplicated); --help
    /// lists the presets
    #[arg(long, value_name = "PRESET")]
    pub faults: Option<Preset>,

    /// The seed of the faults; the same seed gives the same sequence of faults [default: random, and printed]
    #[arg(long, value_name = "N", requires = "faults")]
    pub fault_seed: Option<u64>,

    /// Use the existing function binaries; build nothing
    #[arg(long)]
    pub no_build: bool,

    /// Print only the verdict, no progress
    #[arg(long, short)]
    pub quiet: bool,

    /// When to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// The system to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageChoice {
    /// A stage on this machine, started for the run.
    Local,
    /// A deployed stack, by its name or ARN.
    Stack(String),
    /// A deployed stage, by the URL of its API.
    Url(String),
}

/// When to use colors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether to use colors on a stream, given whether it is a terminal. `NO_COLOR` turns them off.
    #[must_use]
    pub fn use_color(self, is_terminal: bool) -> bool {
        match self {
            Self::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// Arrivals of other workflows for each arrival of the main one.
pub type Mix = Vec<(String, f64)>;

impl RunArgs {
    /// Checks that the arguments fit each other and the system.
    ///
    /// # Errors
    /// The reason why they do not.
    pub fn check(&self, system: &System) -> Result<(), String> {
        if self.faults.is_some() && self.stage != StageChoice::Local {
            return Err("--faults needs a local stage: remove --stage".to_owned());
        }
        if self.find_limit && self.profile != Profile::Constant {
            return Err("--find-limit uses a constant rate: remove --profile".to_owned());
        }
        if self.find_limit && (self.worker.is_some() || self.start_at.is_some()) {
            return Err(
                "--find-limit makes several runs: remove --worker and --start-at".to_owned()
            );
        }
        if self.worker.is_some() && self.stage == StageChoice::Local {
            return Err("--worker: all workers load one target, so name it with --stage; each worker would start its own \
         local stage".to_owned());
        }
        let Some(main) = system.main() else {
            return Err(no_workflow(system));
        };
        for (name, _) in self.mix.iter().flatten() {
            if system.loads().all(|workflow| workflow.id != name) {
                let known: Vec<_> = system.loads().map(|workflow| workflow.id).collect();
                return Err(format!(
                    "--mix: unknown workflow `{name}`; the workflows are {}",
                    known.join(", ")
                ));
            }
            if name == main.id {
                return Err(format!("--mix: the rate of `{name}` is --rate"));
            }
        }
        Ok(())
    }

    /// How long to wait for pending work. With faults, a message can wait for several delivery attempts, because an
    /// execution environment may be killed at each of them.
    #[must_use]
    pub fn drain(&self) -> Duration {
        let default = if self.faults.is_some() { 15 * 60 } else { 180 };
        self.drain.unwrap_or(Duration::from_secs(default))
    }

    /// The part of the schedule to run.
    #[must_use]
    pub fn part(&self) -> Part {
        self.worker.unwrap_or(Part::ALL)
    }

    /// How long customers arrive.
    #[must_use]
    pub fn run_time(&self) -> Duration {
        let default = if self.profile == Profile::Soak { SOAK } else { Duration::from_secs(20) };
        self.run_time.unwrap_or(default)
    }

    /// Arrivals per second by workflow, the main one first; workflows without arrivals are left out.
    #[must_use]
    pub fn rates(&self, system: &System) -> Vec<(&'static Workflow, f64)> {
        let Some(main) = system.main() else { return Vec::new() };
        let weight = |workflow: &Workflow| match &self.mix {
            None => workflow.weight / main.weight,
            Some(mix) => {
                mix.iter().find(|(name, _)| name == workflow.id).map_or(0.0, |(_, share)| *share)
            }
        };
        let others = system.loads().filter(|workflow| workflow.id != main.id);
        let others = others.map(|workflow| (workflow, weight(workflow) * self.rate));
        std::iter::once((main, self.rate)).chain(others.filter(|(_, rate)| *rate > 0.0)).collect()
    }

    /// The initial number of virtual users by workflow; the pool grows from there.
    #[must_use]
    pub fn first_users(&self, system: &System) -> Vec<(&'static Workflow, usize)> {
        let some = |rate: f64| (rate * 0.25).ceil().clamp(4.0, 200.0) as usize;
        let rates = self.rates(system);
        let most =
            self.users.map_or(usize::MAX, |users| users as usize / rates.len().max(1)).max(1);
        rates.into_iter().map(|(workflow, rate)| (workflow, some(rate).min(most))).collect()
    }
}

fn parse_stage(text: &str) -> Result<StageChoice, String> {
    if text == "local" {
        return Ok(StageChoice::Local);
    }
    if is_stack(text) {
        return Ok(StageChoice::Stack(text.to_owned()));
    }
    parse_url(text).map(StageChoice::Url).map_err(|_| {
        "expected `local`, the name of a stack, or the URL of an API that starts with `http://` or `https://`"
            .to_owned()
    })
}

/// Whether the text is a stack name as CloudFormation allows it, or an ARN.
fn is_stack(text: &str) -> bool {
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 128
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_arn = text.starts_with("arn:")
        && text.contains(":cloudformation:")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || ":/-".contains(c));
    is_name || is_arn
}

fn parse_url(text: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(text).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.query().is_none()
            && url.fragment().is_none()
    });
    match url {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("expected a URL that starts with `http://` or `https://`".to_owned()),
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let port = text.parse().ok().map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
    port.or_else(|| text.parse().ok())
        .ok_or_else(|| "expected a port, or an address and a port: `127.0.0.1:9464`".to_owned())
}

fn parse_rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.01..=100_000.0).contains(rate));
    rate.ok_or_else(|| "expected a number from 0.01 to 100000".to_owned())
}

fn parse_mix(text: &str) -> Result<Mix, String> {
    let mut mix = Mix::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, share) = part.split_once('=').ok_or_else(|| format!("`{part}` has no `=`"))?;
        let (name, share) = (name.trim(), share.trim());
        let share = share.parse().ok().filter(|share| (0.0..=100.0).contains(share));
        let share: f64 =
            share.ok_or_else(|| format!("`{part}`: expected a number from 0 to 100"))?;
        if mix.iter().any(|(known, _)| known == name) {
            return Err(format!("`{name}` occurs twice"));
        }
        mix.push((name.to_owned(), share));
    }
    Ok(mix)
}

fn parse_part(text: &str) -> Result<Part, String> {
    let part = text
        .split_once('/')
        .and_then(|(index, of)| Some(Part { index: index.parse().ok()?, of: of.parse().ok()? }));
    part.filter(|part| part.index < part.of && part.of <= 10_000).ok_or_else(|| {
        "expected the index of the worker and the number of workers: `0/4` is the first of four"
            .to_owned()
    })
}

pub(crate) fn parse_instant(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "expected an RFC 3339 timestamp: `2026-12-01T12:00:00Z`".to_owned())
}

fn parse_skew(text: &str) -> Result<(String, f64), String> {
    let (name, exponent) = text.split_once('=').ok_or("expected `NAME=EXPONENT`")?;
    let exponent = exponent.parse().ok().filter(|exponent| (0.0..=10.0).contains(exponent));
    let exponent = exponent.ok_or("expected an exponent from 0 to 10")?;
    Ok((name.to_owned(), exponent))
}

fn parse_header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("expected `name: value`")?;
    let (name, value) = (name.trim(), value.trim());
    let is_name = reqwest::header::HeaderName::from_bytes(name.as_bytes()).is_ok();
    let is_value = reqwest::header::HeaderValue::from_str(value).is_ok();
    match is_name && is_value {
        true => Ok((name.to_owned(), value.to_owned())),
        false => Err("this is not a valid HTTP header".to_owned()),
    }
}

/// Reads `90`, `90s`, `1.5m`, `250ms`, `1h`; a number without a unit is in seconds.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let seconds_per_unit = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("unknown unit `{unit}`; use `ms`, `s`, `m` or `h`")),
    };
    let number: f64 = number.trim().parse().map_err(|_| format!("`{number}` is not a number"))?;
    let seconds = number * seconds_per_unit;
    if !(0.1..=86_400.0).contains(&seconds) {
        return Err("expected a duration from 100ms to 24h".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Why there is nothing to run, and what to write.
fn no_workflow(system: &System) -> String {
    let mut said = "there is no workflow to run".to_owned();
    if let Some(underived) = system.derived {
        said.push_str(", and none could be derived from the contracts:");
        for reason in underived {
            said.push_str("\n  ");
            said.push_str(reason);
        }
    }
    said + "\nDescribe one in spec/workflows/, for example with `codegen add workflow NAME`"
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    static CHECKOUT: Workflow = Workflow { id: "checkout", ..Workflow::NEW };
    static BROWSE: Workflow = Workflow { id: "browse", weight: 0.5, ..Workflow::NEW };
    static STOCK: Workflow = Workflow { id: "stock", before: 3, ..Workflow::NEW };
    static SYSTEM: System = System { workflows: &[&STOCK, &BROWSE, &CHECKOUT], ..System::NEW };

    fn rates(args: &[&str]) -> Vec<(&'static str, f64)> {
        let rates = parse(args).unwrap().rates(&SYSTEM);
        rates.into_iter().map(|(workflow, rate)| (workflow.id, rate)).collect()
    }

    fn parse(args: &[&str]) -> Result<RunArgs, clap::Error> {
        let args = std::iter::once("loadtest").chain(args.iter().copied());
        Cli::try_parse_from(args).map(|cli| cli.run)
    }

    #[test]
    fn no_arguments_are_a_local_run() {
        let args = parse(&[]).unwrap();
        assert_eq!(args.stage, StageChoice::Local);
        assert_eq!((args.run_time(), args.arrivals), (Duration::from_secs(20), Spacing::Poisson));
        assert_eq!(rates(&[]), [("checkout", 50.0), ("browse", 25.0)]);
    }

    #[test]
    fn times_have_units() {
        for (text, ms) in [("90", 90_000), ("250ms", 250), ("1.5m", 90_000), ("1h", 3_600_000)] {
            assert_eq!(parse_duration(text).unwrap(), Duration::from_millis(ms), "{text}");
        }
        for text in ["", "s", "-1s", "1d", "nan", "inf", "0", "25h", "1 s s"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_wrong_usage() {
        for args in [
            ["--rate", "0"],
            ["--rate", "-3"],
            ["--rate", "NaN"],
            ["--users", "0"],
            ["--mix", "browse"],
            ["--profile", "sine"],
            ["--arrivals", "uniform"],
            ["--header", "no value"],
            ["--skew", "userName"],
            ["--input", "userName"],
            ["--mix", "browse=1,browse=2"],
            ["--mix", "fill=inf"],
            ["--stage", "ftp://example.com"],
            ["--stage", "a stack"],
            ["--stage", "-stack"],
            ["--stage", "http://"],
            ["--api-url", "example.com"],
            ["--run-time", "soon"],
            ["--color", "pink"],
            ["--faults", "chaos"],
            ["--fault-seed", "1"],
            ["--worker", "0/2"],
            ["--start-at", "noon"],
        ] {
            assert_eq!(parse(&args).unwrap_err().exit_code(), 2, "{args:?}");
        }
    }

    #[test]
    fn faults_are_for_stages_of_ones_own() {
        let here = parse(&["--faults", "kill"]).unwrap();
        assert_eq!((here.faults, here.check(&SYSTEM)), (Some(Preset::Kill), Ok(())));
        assert!(here.drain() > parse(&[]).unwrap().drain());
        let there = parse(&["--faults", "kill", "--stage", "https://example.com"]).unwrap();
        assert!(there.check(&SYSTEM).is_err_and(|reason| reason.contains("--stage")));
    }

    #[test]
    fn the_mix_counts_for_each_visit_of_the_main_workflow() {
        let mixed = rates(&["--rate", "100", "--mix", "browse=0.25"]);
        assert_eq!(mixed, [("checkout", 100.0), ("browse", 25.0)]);
        assert_eq!(rates(&["--mix", ""]), [("checkout", 50.0)]);
        for (mix, why) in [("steal=1", "browse, checkout"), ("checkout=1", "--rate")] {
            let refused = parse(&["--mix", mix]).unwrap().check(&SYSTEM).unwrap_err();
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn every_workflow_begins_with_a_user() {
        let few = parse(&["--users", "1"]).unwrap().first_users(&SYSTEM);
        assert!(few.iter().all(|(_, users)| *users == 1) && few.len() == 2);
        let many = parse(&["--rate", "200"]).unwrap().first_users(&SYSTEM);
        assert_eq!(many[0].1, 50);
    }

    #[test]
    fn a_soak_takes_an_hour_and_a_search_its_own_rates() {
        assert_eq!(parse(&["--profile", "soak"]).unwrap().run_time(), SOAK);
        let search = parse(&["--find-limit", "--profile", "ramp"]).unwrap();
        assert!(search.check(&SYSTEM).unwrap_err().contains("--profile"));
    }

    #[test]
    fn workers_share_one_target_and_start_together() {
        let parse = |worker, more: &[&str]| {
            let args = ["--start-at", "2026-12-01T12:00:00Z", "--worker", worker];
            self::parse(&[&args[..], more].concat())
        };
        let there = parse("3/4", &["--stage", "https://example.com"]).unwrap();
        assert_eq!((there.part(), there.check(&SYSTEM)), (Part { index: 3, of: 4 }, Ok(())));
        assert!(parse("0/1", &[]).unwrap().check(&SYSTEM).unwrap_err().contains("--stage"));
        for worker in ["4/4", "0/0", "1", "-1/2", "0/20000"] {
            assert_eq!(parse(worker, &[]).unwrap_err().exit_code(), 2, "{worker}");
        }
    }

    #[test]
    fn a_system_without_workflows_says_why_and_what_to_write() {
        let system = System { derived: Some(&["GET /a (getA) is not called: why"]), ..System::NEW };
        let said = parse(&[]).unwrap().check(&system).unwrap_err();
        assert!(
            said.contains("(getA) is not called: why\nDescribe one in spec/workflows/"),
            "{said}"
        );
    }

    #[test]
    fn a_stack_has_a_name_or_an_arn() {
        let arn = "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop-dev/00aa-11bb";
        for name in ["shop-dev", "Production", arn] {
            let args = parse(&["--stage", name]).unwrap();
            assert_eq!(args.stage, StageChoice::Stack(name.to_owned()));
        }
    }

    #[test]
    fn a_url_loses_its_last_slash() {
        let args = parse(&["--stage", "https://example.com/prod/"]).unwrap();
        assert_eq!(args.stage, StageChoice::Url("https://example.com/prod".to_owned()));
    }
}
