//! The command line: what can be asked for, and which questions make no sense.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use stage::fault::{self, Preset};

use crate::journeys::Journey;

/// Loads the shop with customers who browse, fill baskets and check out, and judges what came of it.
///
/// Without arguments: checks that the generated code is fresh, builds the functions, starts a local stage
/// from the generated template, loads it, waits until every checkout has its order, and prints a verdict.
///
/// Exit codes: 0 every objective holds; 1 an objective was missed; 2 wrong usage; 3 the run is invalid
/// (target unreachable, load generator too slow, orders still missing when the drain timed out).
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

/// What can be done instead of a run.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print how two runs differ, from their JSON reports
    Compare {
        /// The JSON report of the earlier run
        before: PathBuf,
        /// The JSON report of the later run
        after: PathBuf,
    },
}

/// How to run.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// What to load: `local` starts a stage on this machine; a name or an ARN is that of a deployed stack; a URL is
    /// that of an API
    #[arg(long, value_name = "local|STACK|URL", default_value = "local", value_parser = parse_stage)]
    pub stage: StageChoice,

    /// Where the API of a stack is reached, when that is not its output `ApiUrl`
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    pub api_url: Option<String>,

    /// Load a stage although customers use it
    #[arg(long)]
    pub allow_production: bool,

    /// Checkouts per second: each customer fills a basket, checks out and waits for the order
    #[arg(long, value_name = "PER SECOND", default_value = "50", value_parser = parse_rate)]
    pub rate: f64,

    /// Other customers, per checkout: `browse` looks around, `fill` leaves a basket behind unbought
    #[arg(long, value_name = "SHARES", default_value = "browse=0.5,fill=0.2", value_parser = parse_mix)]
    pub mix: Mix,

    /// Goose users that play the customers; enough for the rate when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(3..=20_000))]
    pub users: Option<u32>,

    /// How long customers keep coming
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = parse_duration)]
    pub run_time: Duration,

    /// Objectives to judge by, in place of loadtest/slo.toml
    #[arg(long, value_name = "FILE")]
    pub slo: Option<PathBuf>,

    /// Where to write the HTML report
    #[arg(long, value_name = "FILE", default_value = "loadtest/report.html")]
    pub report: PathBuf,

    /// Where to write the JSON report; `-` writes it to standard output, and the verdict to standard error
    #[arg(long, value_name = "FILE|-", default_value = "loadtest/report.json")]
    pub json: PathBuf,

    /// Add the verdict to this file, in Markdown
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,

    /// Fixes what is in the baskets
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,

    /// How long to wait, after the load, for orders that are still missing; 180s when left out, 15m under faults
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub drain: Option<Duration>,

    /// Let things go wrong on purpose on the local stage, and judge the ledger alone; --help tells what each preset
    /// does
    #[arg(long, value_name = "PRESET")]
    pub faults: Option<Preset>,

    /// What the faults are drawn from; one seed gives one sequence of faults. Any when left out; printed
    #[arg(long, value_name = "N", requires = "faults")]
    pub fault_seed: Option<u64>,

    /// Use the function binaries that are there
    #[arg(long)]
    pub no_build: bool,

    /// Show no progress, only the verdict
    #[arg(long, short)]
    pub quiet: bool,

    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// What to load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StageChoice {
    /// A stage on this machine, started for the run.
    Local,
    /// A deployed stack, by its name or ARN.
    Stack(String),
    /// A deployed stage, by the URL of its API.
    Url(String),
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs, reason = "the names say it all")]
pub enum ColorChoice {
    Auto,
    Always,
    Never,
}

impl ColorChoice {
    /// Whether to use colours on a stream that is a terminal, or not. `NO_COLOR` turns them off.
    #[must_use]
    pub fn use_color(self, is_terminal: bool) -> bool {
        match self {
            Self::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// How many customers of the other journeys come per checkout.
pub type Mix = BTreeMap<Journey, f64>;

impl RunArgs {
    /// Says why the arguments do not go together.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), String> {
        if self.faults.is_some() && self.stage != StageChoice::Local {
            return Err("--faults needs a stage of this machine: leave --stage out".to_owned());
        }
        Ok(())
    }

    /// How long to wait for orders that are still missing. Under faults a message may have to wait for its next
    /// attempt as often as its queue lets it, once for each environment that died over it.
    #[must_use]
    pub fn drain(&self) -> Duration {
        let default = if self.faults.is_some() { 15 * 60 } else { 180 };
        self.drain.unwrap_or(Duration::from_secs(default))
    }

    /// Customers per second, by journey; journeys without customers are left out.
    #[must_use]
    pub fn rates(&self) -> BTreeMap<Journey, f64> {
        let others = self.mix.iter().map(|(journey, share)| (*journey, share * self.rate));
        let mut rates: BTreeMap<_, _> = others.filter(|(_, rate)| *rate > 0.0).collect();
        rates.insert(Journey::Checkout, self.rate);
        rates
    }

    /// Goose users, by journey: `--users` in proportion to the rates, or enough that each customer may take
    /// a good while before the next one waits for a free user.
    #[must_use]
    pub fn users(&self) -> BTreeMap<Journey, usize> {
        let rates = self.rates();
        // Whoever has to ask again stays longer.
        let longer = if self.faults.is_some() { 4.0 } else { 1.0 };
        let generous = |journey: Journey, rate: f64| {
            let seconds = longer * if journey == Journey::Checkout { 1.0 } else { 0.5 };
            (rate * seconds).ceil().clamp(8.0, 4000.0) as usize
        };
        let Some(total) = self.users else {
            return rates.iter().map(|(j, rate)| (*j, generous(*j, *rate))).collect();
        };
        let sum: f64 = rates.values().sum();
        let part = |rate: f64| ((f64::from(total) * rate / sum).round() as usize).max(1);
        rates.iter().map(|(journey, rate)| (*journey, part(*rate))).collect()
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
        "expected `local`, the name of a stack, or the URL of an API with `http://` or `https://`"
            .to_owned()
    })
}

/// Whether this names a stack: as CloudFormation lets names be, or an ARN.
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
        None => Err("expected a URL with `http://` or `https://`".to_owned()),
    }
}

fn parse_rate(text: &str) -> Result<f64, String> {
    let rate = text.parse().ok().filter(|rate| (0.01..=100_000.0).contains(rate));
    rate.ok_or_else(|| "expected a number from 0.01 to 100000".to_owned())
}

fn parse_mix(text: &str) -> Result<Mix, String> {
    let mut mix = Mix::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, share) = part.split_once('=').ok_or_else(|| format!("`{part}` has no `=`"))?;
        let journey = match name.trim() {
            "browse" => Journey::Browse,
            "fill" => Journey::Fill,
            other => return Err(format!("`{other}` is neither `browse` nor `fill`")),
        };
        let share = share.trim().parse().ok().filter(|share| (0.0..=100.0).contains(share));
        let share: f64 =
            share.ok_or_else(|| format!("`{part}`: expected a number from 0 to 100"))?;
        if mix.insert(journey, share).is_some() {
            return Err(format!("`{}` is there twice", journey.name()));
        }
    }
    Ok(mix)
}

/// Reads `90`, `90s`, `1.5m`, `250ms`, `1h`; a bare number is seconds.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let seconds_per_unit = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("`{unit}` is no unit; there are `ms`, `s`, `m` and `h`")),
    };
    let number: f64 = number.trim().parse().map_err(|_| format!("`{number}` is no number"))?;
    let seconds = number * seconds_per_unit;
    if !(0.1..=86_400.0).contains(&seconds) {
        return Err("expected a time from 100ms to 24h".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    fn parse(args: &[&str]) -> Result<RunArgs, clap::Error> {
        let args = std::iter::once("loadtest").chain(args.iter().copied());
        Cli::try_parse_from(args).map(|cli| cli.run)
    }

    #[test]
    fn no_arguments_are_a_local_run() {
        let args = parse(&[]).unwrap();
        assert_eq!(args.stage, StageChoice::Local);
        assert_eq!(args.run_time, Duration::from_secs(20));
        assert_eq!(args.rates().len(), 3);
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
            ["--mix", "steal=1"],
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
        ] {
            assert_eq!(parse(&args).unwrap_err().exit_code(), 2, "{args:?}");
        }
    }

    #[test]
    fn faults_are_for_stages_of_ones_own() {
        let here = parse(&["--faults", "kill"]).unwrap();
        assert_eq!((here.faults, here.check()), (Some(Preset::Kill), Ok(())));
        assert!(here.drain() > parse(&[]).unwrap().drain());
        assert!(here.users()[&Journey::Checkout] > parse(&[]).unwrap().users()[&Journey::Checkout]);
        let there = parse(&["--faults", "kill", "--stage", "https://example.com"]).unwrap();
        assert!(there.check().is_err_and(|reason| reason.contains("--stage")));
    }

    #[test]
    fn the_mix_counts_per_checkout() {
        let args = parse(&["--rate", "100", "--mix", "browse=0.25"]).unwrap();
        let rates = args.rates();
        assert_eq!(rates.get(&Journey::Browse), Some(&25.0));
        assert_eq!(rates.get(&Journey::Fill), None);
        assert_eq!(rates.get(&Journey::Checkout), Some(&100.0));
        assert_eq!(parse(&["--mix", ""]).unwrap().rates().len(), 1);
    }

    #[test]
    fn every_journey_has_a_user() {
        let args = parse(&["--users", "3", "--mix", "browse=0.01,fill=0.01"]).unwrap();
        assert!(args.users().values().all(|users| *users >= 1));
        let args = parse(&["--rate", "200"]).unwrap();
        assert_eq!(args.users()[&Journey::Checkout], 200);
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
