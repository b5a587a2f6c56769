//! The command: arguments in, verdict and exit code out. What a workspace's own program calls.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;

use crate::cli::{Cli, Command};
use crate::deliver::{Outputs, print};
use crate::destination::Destination;
use crate::feeds::Feeds;
use crate::interrupt::Interrupt;
use crate::limit;
use crate::merge;
use crate::options::{ColorChoice, RunArgs};
use crate::progress::Progress;
use crate::report::{Outcome, compare, json};
use crate::run::Runner;
use crate::slo::{Objectives, SloError};
use crate::system::System;
use crate::target::Production;
use crate::terminal::Paint;

/// Wrong usage; the other exit codes are [`Outcome::exit_code`].
const WRONG_USAGE: u8 = 2;

/// The load test of a system.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// What is loaded.
    pub system: &'static System,
    /// The folder with `spec` and `generated`, as it was when this was built.
    pub workspace: &'static str,
    /// The text of `slo.toml`.
    pub objectives: &'static str,
}

impl Program {
    /// Runs the command that the process was started with.
    #[must_use]
    pub fn main(&self) -> ExitCode {
        let cli = Cli::parse();
        match &cli.command {
            Some(Command::Compare { before, after }) => compare_runs(before, after),
            Some(Command::Merge { reports, slo, json, report }) => {
                let objectives = match self.objectives(slo.as_deref()) {
                    Ok(objectives) => objectives,
                    Err(detail) => return refuse(&detail),
                };
                let outputs = Outputs::of_merge(report, json);
                let reports: Vec<_> = reports.iter().flat_map(|one| one.0.clone()).collect();
                self.merge(&reports, &objectives, &outputs)
            }
            Some(Command::Capacity(asked)) => {
                let paint = Paint::new(ColorChoice::Auto.use_color(io::stdout().is_terminal()));
                match asked.render(paint) {
                    Ok(text) => {
                        print(io::stdout(), &text);
                        ExitCode::SUCCESS
                    }
                    Err(detail) => refuse(&detail),
                }
            }
            Some(Command::Manifest { manifest }) => match manifest.render(self.system) {
                Ok(text) => {
                    print(io::stdout(), &text);
                    ExitCode::SUCCESS
                }
                Err(detail) => refuse(&detail),
            },
            Some(Command::Schema) => {
                print(io::stdout(), json::SCHEMA_TEXT);
                ExitCode::SUCCESS
            }
            None => self.load(&cli.run),
        }
    }

    fn merge(
        &self,
        places: &[Destination],
        objectives: &Objectives,
        outputs: &Outputs<'_>,
    ) -> ExitCode {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = match runtime.context("cannot start a thread") {
            Ok(runtime) => runtime,
            Err(error) => return refuse(&format!("{error:#}")),
        };
        match runtime.block_on(merge::merge(self.system, places, objectives)) {
            Ok(merged) => match runtime.block_on(outputs.deliver(&merged)) {
                Ok(()) => ExitCode::from(merged.verdict.outcome.exit_code()),
                Err(error) => fail(&error),
            },
            Err(error) => refuse(&format!("{error:#}")),
        }
    }

    fn load(&self, args: &RunArgs) -> ExitCode {
        if let Err(detail) = args.check(self.system) {
            return refuse(&detail);
        }
        let given = self.objectives(args.slo.as_deref()).and_then(|objectives| {
            let feeds = Feeds::new(self.system, self.workspace(), &args.input, &args.skew)?;
            feeds.check_unique(self.system, |workflow| args.n_runs(self.system, workflow))?;
            Outputs::of(args).probe()?;
            Ok((objectives, feeds))
        });
        let (objectives, feeds) = match given {
            Ok((objectives, feeds)) => (objectives, Arc::new(feeds)),
            Err(detail) => return refuse(&detail),
        };
        match self.run(args, &objectives, &feeds) {
            Ok(outcome) => ExitCode::from(outcome.exit_code()),
            Err(error) if error.is::<Production>() => refuse(&error.to_string()),
            Err(error) if error.is::<Undelivered>() => fail(&error),
            Err(error) => {
                let paint = Paint::new(args.color.use_color(io::stderr().is_terminal()));
                print(io::stderr(), &format!("{}: {error:#}\n", paint.bad("no run")));
                ExitCode::from(Outcome::Invalid.exit_code())
            }
        }
    }

    fn objectives(&self, path: Option<&Path>) -> Result<Objectives, String> {
        let (name, text) = match path {
            None => ("loadtest/slo.toml".to_owned(), self.objectives.to_owned()),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| format!("{}: {error}", path.display()))?;
                (path.display().to_string(), text)
            }
        };
        let refused = |error: SloError| match error.line(&text) {
            Some(line) => format!("{name}:{line}: {error}"),
            None => format!("{name}: {error}"),
        };
        let objectives = Objectives::parse(&text).map_err(refused)?;
        objectives.check_for(self.system).map_err(refused)?;
        Ok(objectives)
    }

    fn run(
        &self,
        args: &RunArgs,
        objectives: &Objectives,
        feeds: &Arc<Feeds>,
    ) -> anyhow::Result<Outcome> {
        silence_goose();
        let interrupt =
            Interrupt::install(Outcome::Invalid.exit_code()).context("cannot handle Ctrl-C")?;
        let progress = Progress::new(args.quiet, args.color);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("load")
            .enable_all()
            .build()
            .context("cannot start the load generator's threads")?;
        runtime.spawn(interrupt.clone().obey_signals());
        let runner = Runner {
            args,
            system: self.system,
            workspace: self.workspace(),
            objectives,
            feeds,
            interrupt: &interrupt,
            progress: &progress,
        };
        if args.find_limit {
            let found = runtime.block_on(limit::find(&runner))?;
            let paint = Paint::new(args.color.use_color(io::stdout().is_terminal()));
            print(io::stdout(), &found.render(paint));
            runtime.block_on(Outputs::of(args).deliver(found.last())).map_err(Undelivered)?;
            return Ok(found.outcome());
        }
        let report = runtime.block_on(runner.run())?;
        runtime.block_on(Outputs::of(args).deliver(&report)).map_err(Undelivered)?;
        Ok(report.verdict.outcome)
    }

    /// The workspace that the program was built from, or the current folder when it is elsewhere by now.
    fn workspace(&self) -> &'static Path {
        let built_from = Path::new(self.workspace);
        if built_from.join("spec").is_dir() { built_from } else { Path::new(".") }
    }
}

fn compare_runs(before: &Path, after: &Path) -> ExitCode {
    let (before, after) = match (json::read(before), json::read(after)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(error), _) | (_, Err(error)) => return refuse(&error.to_string()),
    };
    let paint = Paint::new(ColorChoice::Auto.use_color(io::stdout().is_terminal()));
    print(io::stdout(), &compare::render(&before, &after, paint));
    ExitCode::SUCCESS
}

/// A run that was made, and whose reports could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{0:#}")]
struct Undelivered(anyhow::Error);

fn fail(error: &anyhow::Error) -> ExitCode {
    print(io::stderr(), &format!("error: {error:#}\n"));
    ExitCode::from(Outcome::Invalid.exit_code())
}

fn refuse(detail: &str) -> ExitCode {
    print(
        io::stderr(),
        &format!("error: {}\n\nFor more information, try '--help'.\n", detail.trim_end()),
    );
    ExitCode::from(WRONG_USAGE)
}

/// Goose writes a line to the terminal for every request that fails; here failures are counted by cause and
/// reported at the end. A logger that is there already keeps goose from installing its own.
fn silence_goose() {
    struct Silent;
    impl log::Log for Silent {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            false
        }
        fn log(&self, _: &log::Record<'_>) {}
        fn flush(&self) {}
    }
    // It fails when somebody else's logger is installed, which serves as well.
    let _ = log::set_logger(&Silent);
}
