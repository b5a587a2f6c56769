//! The command line: arguments, output and exit codes.
//!
//! Exit codes: 0 after Ctrl-C; 1 when the template or the functions cannot be started, or the stage has nothing of a name; 2
//! for wrong usage and all other failures.

mod ask;
mod local_issuer;
mod summary;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use clap::Parser;
use serde_json::json;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc;

use ask::Ask;
pub use local_issuer::{LONGEST, claim, issuer_for_token, issuer_key, issuer_of, validity};
use summary::{summary, summary_json};

use crate::access::Access;
use crate::binaries;
use crate::fault::{self, Preset, Seeded, Switch};
use crate::journal::Journal;
use crate::log::{self, Log};
use crate::stage::{Stage, StageError, StageOptions};

/// Run a CloudFormation template on this machine and print its endpoints
#[derive(Debug, Parser)]
#[command(
    name = "stage",
    version,
    after_long_help = fault::teach(),
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "Inspect a running stage"
)]
struct Arguments {
    #[command(subcommand)]
    ask: Option<Ask>,

    /// The template to run, or the output folder of `cdk synth`. If repeated, each template is a stack of its own that can
    /// import what the stacks before it export
    #[arg(long, value_name = "FILE", default_value = "generated/infra/template.yaml")]
    template: Vec<PathBuf>,

    /// The port of the first API; each further one, and then each function URL, has the next; 0 for any free ports
    #[arg(long, default_value_t = 3000)]
    port: u16,

    /// The port of the AWS endpoint; 0 for any free port
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    aws_port: u16,

    /// Keep tables, queues, undelivered events and schedules in this folder instead of in memory
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,

    /// The maximum number of concurrent executions of a function; further invocations wait
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    max_concurrency: u16,

    /// Do not build the functions first
    #[arg(long)]
    no_build: bool,

    /// The folder with the functions' binaries [default: cargo's target folder]
    #[arg(long, value_name = "FOLDER")]
    bin_dir: Option<PathBuf>,

    /// Run functions of a language with this command and their handler, for example `python=venv/bin/python -m
    /// awslambdaric`; the default is the stage's own Runtime API client. Repeatable
    #[arg(long, value_name = "LANGUAGE=COMMAND", value_parser = runtime)]
    runtime: Vec<(String, Vec<String>)>,

    /// Set a template parameter; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = parameter)]
    parameter: Vec<(String, String)>,

    /// The name of the stack, which prefixes physical names
    #[arg(long, value_name = "NAME", default_value = "local")]
    stack: String,

    /// The file with local values of secrets and parameters [default: infra/local.secrets.toml of the workspace]
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,

    /// Inject faults; --help lists the presets
    #[arg(long, value_name = "PRESET")]
    faults: Option<Preset>,

    /// The seed of the faults; the same seed gives the same sequence of faults [default: random, and printed]
    #[arg(long, value_name = "N", requires = "faults")]
    seed: Option<u64>,

    /// Enforce the IAM policies of the functions' roles
    #[arg(long)]
    enforce_iam: bool,

    /// Also accept requests for this host name, besides loopback; `*` for any; repeatable
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,

    /// Also accept browser requests from this origin, besides this machine's origins and those in an API's CORS
    /// settings; `*` for any; repeatable
    #[arg(long, value_name = "ORIGIN")]
    allow_origin: Vec<String>,

    /// Let functions run on between invocations, instead of stopping their processes as Lambda does; for debuggers
    #[arg(long)]
    no_freeze: bool,

    /// Let functions use more memory than their `MemorySize`
    #[arg(long)]
    no_memory_limit: bool,

    /// Keep no journal: no console, no `stage logs` and no `stage trace`
    #[arg(long)]
    no_journal: bool,

    /// Skip resources that the stage does not emulate, with a note for each, instead of refusing the template
    #[arg(long)]
    allow_inert: bool,

    /// Print all log lines of functions, not only warnings and errors
    #[arg(long)]
    logs: bool,

    /// Print the endpoints as one line of JSON
    #[arg(long)]
    json: bool,

    /// Reload the template and the functions' binaries for each line on standard input; exit when the input ends
    #[arg(long, conflicts_with_all = ["enforce_iam"])]
    reload: bool,
}

fn parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("must be NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn runtime(text: &str) -> Result<(String, Vec<String>), String> {
    let (language, command) = parameter(text).map_err(|_| "must be LANGUAGE=COMMAND")?;
    let command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
    if command.is_empty() {
        return Err("must be LANGUAGE=COMMAND".to_owned());
    }
    Ok((language, command))
}

/// Runs the command until Ctrl-C.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = match &arguments.ask {
        Some(ask) => ask.run(),
        None => run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            log::say(format_args!("error: {error:#}"));
            let is_about_input = error.downcast_ref::<StageError>().is_some_and(|error| {
                matches!(
                    error,
                    StageError::Template(_)
                        | StageError::Binary(_)
                        | StageError::Table(_)
                        | StageError::Resource { .. }
                        | StageError::Access(_)
                        | StageError::Secrets(_)
                )
            });
            let is_unknown = error.downcast_ref::<ask::Unknown>().is_some();
            ExitCode::from(if is_about_input || is_unknown { 1 } else { 2 })
        }
    }
}

fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let bin_dir = bin_dir(arguments)?;
    let faults = arguments.faults.map(|preset| (preset, seeded(preset, arguments.seed)));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start a runtime")?;
    runtime.block_on(async {
        // Registered first, so that Ctrl-C during the start ends what was started already.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let began = Instant::now();
        let mut stage = tokio::select! {
            stage = Stage::start(options(arguments, bin_dir, faults.as_ref())) => stage?,
            _ = interrupt.recv() => return Ok(()),
            _ = terminate.recv() => return Ok(()),
        };
        let text = if arguments.json {
            summary_json(&stage, faults.as_ref())
        } else {
            summary(&stage, faults.as_ref(), began.elapsed())
        };
        say(&text);
        let note = ask::Note::write(stage.aws_endpoint());
        let mut lines = arguments.reload.then(lines_of_input);
        loop {
            tokio::select! {
                _ = interrupt.recv() => break,
                _ = terminate.recv() => break,
                line = next(&mut lines) => match line {
                    Some(()) => reload(&mut stage, arguments.json, faults.as_ref()).await,
                    None => break,
                },
            }
        }
        drop(note);
        stage.shutdown().await;
        if let Some((preset, faults)) = &faults {
            let tally = fault::render_tally(&faults.tally());
            log::say(format_args!(
                "injected faults ({preset}, seed {}):\n{}",
                faults.seed(),
                tally.trim_end()
            ));
        }
        Ok(())
    })
}

/// Prints a text. The stage goes on when nothing reads standard output.
fn say(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Sends a signal for each line of standard input, which a thread reads; closed when the input ends.
fn lines_of_input() -> mpsc::UnboundedReceiver<()> {
    let (line, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for read in std::io::stdin().lines() {
            if read.is_err() || line.send(()).is_err() {
                return;
            }
        }
    });
    lines
}

/// The next line; waits forever when no input is read.
async fn next(lines: &mut Option<mpsc::UnboundedReceiver<()>>) -> Option<()> {
    match lines {
        Some(lines) => lines.recv().await,
        None => std::future::pending().await,
    }
}

/// Reloads the template and the functions, and prints the result in one line.
async fn reload(stage: &mut Stage, json: bool, faults: Option<&Faults>) {
    let began = Instant::now();
    let text = match stage.reload().await {
        Err(error) if json => {
            format!("{}\n", json!({ "error": format!("{:#}", anyhow::Error::new(error)) }))
        }
        Err(error) => format!("error: {:#}\n", anyhow::Error::new(error)),
        Ok(reloaded) => {
            for note in &reloaded.notes {
                log::say(format_args!("note: {note}"));
            }
            let (functions, ms) = (reloaded.n_functions, began.elapsed().as_millis());
            if json {
                summary_json(stage, faults)
            } else {
                format!("reloaded in {ms} ms; {functions} functions changed\n")
            }
        }
    };
    say(&text);
}

/// The injected faults.
type Faults = (Preset, Arc<Seeded>);

fn seeded(preset: Preset, seed: Option<u64>) -> Arc<Seeded> {
    Arc::new(match seed {
        Some(seed) => Seeded::new(seed, preset.plan()),
        None => Seeded::at_random(preset.plan()),
    })
}

/// Builds the functions unless the arguments say otherwise; returns the folder with their binaries.
fn bin_dir(arguments: &Arguments) -> anyhow::Result<Option<PathBuf>> {
    let here = Path::new(".");
    let built = if arguments.no_build {
        None
    } else {
        binaries::build_functions_of(here, &arguments.template).map_err(StageError::from)?
    };
    if arguments.bin_dir.is_some() {
        return Ok(arguments.bin_dir.clone());
    }
    Ok(built.or_else(|| binaries::built_folder(here)))
}

fn options(
    arguments: &Arguments,
    bin_dir: Option<PathBuf>,
    faults: Option<&Faults>,
) -> StageOptions {
    let options = StageOptions {
        parameters: arguments.parameter.iter().cloned().collect(),
        stack: arguments.stack.clone(),
        port: arguments.port,
        aws_port: arguments.aws_port,
        data_dir: arguments.data_dir.clone(),
        max_concurrency: arguments.max_concurrency.into(),
        freezes: !arguments.no_freeze,
        limits_memory: !arguments.no_memory_limit,
        bin_dir,
        runtimes: arguments.runtime.iter().cloned().collect(),
        log: if arguments.logs { Log::stderr(true) } else { Log::warnings() },
        secrets: arguments.secrets.clone(),
        issuer_key: Some(issuer_key(Path::new("."))),
        allow_hosts: arguments.allow_host.clone(),
        allow_origins: arguments.allow_origin.clone(),
        allow_inert: arguments.allow_inert,
        journal: if arguments.no_journal { Journal::default() } else { Journal::kept() },
        access: if arguments.enforce_iam { Access::Enforce } else { Access::Off },
        beside: arguments.template.iter().skip(1).cloned().collect(),
        ..StageOptions::new(arguments.template.first().cloned().unwrap_or_default())
    };
    let (preset, options) = match faults {
        Some((preset, faults)) => (Some(*preset), options.with_faults(faults)),
        None => (None, options),
    };
    if arguments.no_journal {
        return options;
    }
    let switch = Arc::new(Switch::new(preset, Arc::clone(&options.chaos)));
    StageOptions { chaos: Arc::clone(&switch) as _, switch: Some(switch), ..options }
}
