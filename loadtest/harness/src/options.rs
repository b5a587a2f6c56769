//! The options of a run, and combinations that are refused.

pub(crate) mod parse;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use stage::fault::Preset;

use crate::arrivals::{Part, Schedule, Spacing};
use crate::destination::Destination;
use crate::feeds::Feed;
use crate::profile::{Profile, SOAK};
use crate::system::{Scheme, System, Workflow};

/// How many runs of a workflow are counted: no file of values has more.
const MOST_COUNTED: usize = 100_000_000;

/// Arrivals per second when nobody says.
const USUAL_RATE: f64 = 50.0;

/// How to run.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// The system to load: `local` starts a stage on this machine; otherwise a deployed stack's name or ARN, or an
    /// API's URL
    #[arg(long, value_name = "local|STACK|URL", default_value = "local", value_parser = parse::stage)]
    pub stage: StageChoice,

    /// The URL of the stack's API [default: the stack's output `ApiUrl`]
    #[arg(long, value_name = "URL", value_parser = parse::url)]
    pub api_url: Option<String>,

    /// Allow load on a production stage
    #[arg(long)]
    pub allow_production: bool,

    /// Arrival rate of the main workflow per second; other workflows run in proportion to their weights [default: 50]
    #[arg(long, value_name = "PER SECOND", value_parser = parse::rate)]
    pub rate: Option<f64>,

    /// Arrivals of other workflows for each one of the main workflow, instead of their weights: `browse=0.5,fill=0.2`
    #[arg(long, value_name = "SHARES", value_parser = parse::mix)]
    pub mix: Option<Mix>,

    /// How the arrival rate changes: `constant`, `ramp`, `steps[:N]`, `spike[:TIMES]`, `soak`, or a file with one
    /// arrival time in seconds on each line, which takes the place of --rate, --mix and --arrivals
    #[arg(long, value_name = "SHAPE|FILE", default_value = "constant")]
    pub profile: Profile,

    /// How arrivals are spaced: at random, like independent customers, or evenly [default: poisson]
    #[arg(long, value_name = "HOW")]
    pub arrivals: Option<Spacing>,

    /// Find the highest rate at which all objectives are met, starting with --rate
    #[arg(long, conflicts_with = "faults")]
    pub find_limit: bool,

    /// The maximum number of virtual users; the pool grows when the system falls behind [default: as many as the
    /// limit on open connections allows]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub users: Option<u32>,

    /// Run one part of the schedule, as one of several workers: `0/4` is the first of four. All workers need the same
    /// arguments, except this one and the report files. Combine their reports with `merge`
    #[arg(long, value_name = "INDEX/COUNT", value_parser = parse::part, requires = "start_at")]
    pub worker: Option<Part>,

    /// The start of the schedule, the same for all workers, as an RFC 3339 timestamp
    #[arg(long, value_name = "TIMESTAMP", value_parser = parse::instant)]
    pub start_at: Option<Timestamp>,

    /// How long the load lasts [default: 20s; 1h for a soak; for a file until its last arrival]
    #[arg(long, value_name = "DURATION", value_parser = parse::duration)]
    pub run_time: Option<Duration>,

    /// Read the values of an input from a file: CSV with a header line, a JSON array, or one value on each line;
    /// repeatable
    #[arg(long, value_name = "[WORKFLOW.]NAME=FILE[:COLUMN]")]
    pub input: Vec<Feed>,

    /// Skew the values of an input: the exponent of a Zipf distribution, as in `userName=1.1`
    #[arg(long, value_name = "NAME=EXPONENT", value_parser = parse::skew)]
    pub skew: Vec<(String, f64)>,

    /// The bearer token of secured operations; a local stage issues its own
    #[arg(long, value_name = "TOKEN", value_parser = parse::token)]
    pub token: Option<String>,

    /// The API key of secured operations, by the name of the header, query parameter or cookie that the contract has
    /// for it; repeatable. A local stage has its own
    #[arg(long, value_name = "NAME=KEY", value_parser = stage::credential::api_key)]
    pub api_key: Vec<(String, String)>,

    /// A header for every request, as `name: value`; repeatable
    #[arg(long, value_name = "NAME: VALUE", value_parser = parse::header)]
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
    pub json: Destination,

    /// Append the verdict to this file as Markdown
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,

    /// Write the verdict to this file as JUnit XML; a file that exists is replaced
    #[arg(long, value_name = "FILE")]
    pub junit: Option<PathBuf>,

    /// Write all latency distributions as an HdrHistogram log
    #[arg(long, value_name = "FILE")]
    pub hdr: Option<PathBuf>,

    /// Serve current metrics in the OpenMetrics format at `/metrics`, on a port of this machine or an address
    #[arg(long, value_name = "PORT|ADDRESS:PORT", value_parser = parse::address)]
    pub metrics: Option<SocketAddr>,

    /// Send metrics to a collector every 10 seconds and at the end, with OTLP over HTTP in JSON; set headers in
    /// OTEL_EXPORTER_OTLP_HEADERS
    #[arg(long, value_name = "URL", value_parser = parse::url)]
    pub otlp: Option<String>,

    /// The seed of arrivals and random values
    #[arg(long, value_name = "N", default_value = "1")]
    pub seed: u64,

    /// How long to wait after the load for visits that are still due, and then for pending work [default: 180s; 15m with
    /// --faults]
    #[arg(long, value_name = "DURATION", value_parser = parse::duration)]
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

    /// The folder with the functions' binaries, for functions that Cargo does not build; implies --no-build
    #[arg(long, value_name = "FOLDER")]
    pub bin_dir: Option<PathBuf>,

    /// The file with local values of secrets and parameters [default: infra/local.secrets.toml of the workspace]
    #[arg(long, value_name = "FILE")]
    pub secrets: Option<PathBuf>,

    /// Set a template parameter of the local stage; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse::parameter)]
    pub parameter: Vec<(String, String)>,

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
        let of_a_local_stage = [
            ("--faults", self.faults.is_some()),
            ("--bin-dir", self.bin_dir.is_some()),
            ("--secrets", self.secrets.is_some()),
            ("--parameter", !self.parameter.is_empty()),
        ];
        if let Some((name, _)) = of_a_local_stage.iter().find(|(_, is_given)| *is_given)
            && self.stage != StageChoice::Local
        {
            return Err(format!("{name} needs a local stage: remove it, or --stage"));
        }
        if self.api_url.is_some() && !matches!(self.stage, StageChoice::Stack(_)) {
            return Err("--api-url belongs to a stack: name the stack with --stage".to_owned());
        }
        let of_a_rate = [
            ("--rate", self.rate.is_some()),
            ("--mix", self.mix.is_some()),
            ("--arrivals", self.arrivals.is_some()),
        ];
        if let (Profile::File(listed), Some((name, _))) =
            (&self.profile, of_a_rate.iter().find(|(_, is_given)| *is_given))
        {
            return Err(format!(
                "{name} has no effect on the arrivals that {} lists: remove it, or --profile",
                listed.path().display()
            ));
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
        self.check_api_keys(system)?;
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
        let schedules = self.schedules(system)?;
        self.check_faults(system, &schedules)
    }

    /// Under faults nothing is judged but promises.
    fn check_faults(
        &self,
        system: &System,
        schedules: &[(&'static str, Schedule)],
    ) -> Result<(), String> {
        let promising = system.workflows.iter().filter(|one| !one.promises.is_empty());
        let comes =
            |one: &Workflow| one.before > 0 || schedules.iter().any(|(id, _)| *id == one.id);
        // One that others start: whoever calls it has its operations.
        let calls = |by: &Workflow, one: &Workflow| {
            let has = |id: &str| by.operations.iter().any(|operation| operation.id == id);
            !one.operations.is_empty() && one.operations.iter().all(|operation| has(operation.id))
        };
        let runs = |one: &Workflow| {
            comes(one) || system.workflows.iter().any(|by| comes(by) && calls(by, one))
        };
        if self.faults.is_none() || promising.clone().any(|one| runs(one)) {
            return Ok(());
        }
        let all: Vec<_> = promising.map(|one| one.id).collect();
        let help = match all.is_empty() {
            true => {
                "let a step receive a message by `correlationId`, or give one that reads an `x-promise`"
            }
            false => &format!("let --mix or --profile run {}", all.join(" or ")),
        };
        Err(format!(
            "--faults: only promises are judged under faults, and no workflow of this load makes one; {help}, or remove \
             --faults"
        ))
    }

    /// Whether operations ask for each API key that was given.
    fn check_api_keys(&self, system: &System) -> Result<(), String> {
        let needs = system.operations.iter().flat_map(|one| one.security.iter().copied().flatten());
        let keys: Vec<_> = needs
            .filter_map(|need| match *need.scheme {
                Scheme::ApiKey { carrier, name, .. } => Some((carrier, name)),
                _ => None,
            })
            .collect();
        for (given, _) in &self.api_key {
            if !keys.iter().any(|(carrier, name)| carrier.is_same(name, given)) {
                let mut known: Vec<_> = keys.iter().map(|(_, name)| *name).collect();
                known.sort_unstable();
                known.dedup();
                let known = match known.is_empty() {
                    true => "no operation asks for one".to_owned(),
                    false => format!("operations ask for {}", known.join(", ")),
                };
                return Err(format!("--api-key: unknown name `{given}`; {known}"));
            }
        }
        Ok(())
    }

    /// The arrivals of each workflow, the main one's first.
    ///
    /// # Errors
    /// A file of arrivals that cannot be read or holds something else, with its line.
    pub fn schedules(&self, system: &System) -> Result<Vec<(&'static str, Schedule)>, String> {
        if let Profile::File(listed) = &self.profile {
            let ids: Vec<_> = main_first(system).map(|workflow| workflow.id).collect();
            let found = listed.schedules(&ids, self.run_time());
            let found = found.map_err(|error| format!("--profile: {error}"))?;
            let is_empty = |schedule: &Schedule| schedule.arrivals().next().is_none();
            return Ok(ids.into_iter().zip(found).filter(|(_, found)| !is_empty(found)).collect());
        }
        let rates = self.rates(system).into_iter();
        let rates: Vec<_> = rates.map(|(workflow, rate)| (workflow.id, rate)).collect();
        Ok(self.profile.schedules(&rates, self.run_time(), self.spacing(), self.seed))
    }

    /// How many runs of a workflow there are.
    #[must_use]
    pub(crate) fn n_runs(&self, system: &System, workflow: &Workflow) -> u64 {
        let schedules = self.schedules(system).unwrap_or_default();
        let its = schedules.iter().find(|(id, _)| *id == workflow.id);
        its.map_or(u64::from(workflow.before), |(_, its)| {
            its.arrivals().take(MOST_COUNTED).count() as u64
        })
    }

    /// How arrivals are spaced.
    #[must_use]
    pub fn spacing(&self) -> Spacing {
        match self.profile {
            Profile::File(_) => Spacing::Listed,
            _ => self.arrivals.unwrap_or(Spacing::Poisson),
        }
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

    /// How long the load lasts.
    #[must_use]
    pub fn run_time(&self) -> Duration {
        let default = match &self.profile {
            Profile::Soak => SOAK,
            // Half a second more, so that the last arrival is one of the load.
            Profile::File(listed) => listed.last() + Duration::from_millis(500),
            _ => Duration::from_secs(20),
        };
        self.run_time.unwrap_or(default)
    }

    /// Arrivals per second of the main workflow, where a profile does not list them.
    #[must_use]
    pub fn rate(&self) -> f64 {
        self.rate.unwrap_or(USUAL_RATE)
    }

    /// Arrivals per second by workflow, the main one first; workflows without arrivals are left out. Those of a file on
    /// average.
    #[must_use]
    pub fn rates(&self, system: &System) -> Vec<(&'static Workflow, f64)> {
        let Some(main) = system.main() else { return Vec::new() };
        if let Profile::File(listed) = &self.profile {
            let run_time = self.run_time();
            let rate = |workflow: &'static Workflow| {
                let n_all = listed.n_of(workflow.id, workflow.id == main.id, run_time);
                (workflow, n_all as f64 / run_time.as_secs_f64())
            };
            return main_first(system).map(rate).filter(|(_, rate)| *rate > 0.0).collect();
        }
        let weight = |workflow: &Workflow| match &self.mix {
            None => workflow.weight / main.weight,
            Some(mix) => {
                mix.iter().find(|(name, _)| name == workflow.id).map_or(0.0, |(_, share)| *share)
            }
        };
        let others = main_first(system).skip(1);
        let others = others.map(|workflow| (workflow, weight(workflow) * self.rate()));
        std::iter::once((main, self.rate())).chain(others.filter(|(_, rate)| *rate > 0.0)).collect()
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

/// The workflows of the load.
fn main_first(system: &System) -> impl Iterator<Item = &'static Workflow> {
    let main = system.main();
    let others = system.loads().filter(move |one| main.is_some_and(|main| main.id != one.id));
    main.into_iter().chain(others)
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
mod tests;
