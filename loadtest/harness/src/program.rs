//! The command: arguments in, verdict and exit code out. What a workspace's own program calls.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use crate::cli::{Cli, ColorChoice, Command, RunArgs};
use crate::interrupt::Interrupt;
use crate::limit;
use crate::merge;
use crate::progress::Progress;
use crate::report::{Outcome, Report, compare, html, json, junit, markdown, text};
use crate::run::Runner;
use crate::slo::Objectives;
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
                match merge::merge(self.system, reports, &objectives) {
                    Ok(merged) => conclude(deliver_to(&merged, report, json)),
                    Err(error) => refuse(&format!("{error:#}")),
                }
            }
            Some(Command::Schema) => {
                print(io::stdout(), json::SCHEMA_TEXT);
                ExitCode::SUCCESS
            }
            None => self.load(&cli.run),
        }
    }

    fn load(&self, args: &RunArgs) -> ExitCode {
        if let Err(detail) = args.check(self.system) {
            return refuse(&detail);
        }
        let objectives = match self.objectives(args.slo.as_deref()) {
            Ok(objectives) => objectives,
            Err(detail) => return refuse(&detail),
        };
        match self.run(args, &objectives) {
            Ok(outcome) => ExitCode::from(outcome.exit_code()),
            Err(error) if error.is::<Production>() => refuse(&error.to_string()),
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
        let objectives = Objectives::parse(&text).map_err(|error| format!("{name}: {error}"))?;
        objectives.check_for(self.system).map_err(|error| format!("{name}: {error}"))?;
        Ok(objectives)
    }

    fn run(&self, args: &RunArgs, objectives: &Objectives) -> anyhow::Result<Outcome> {
        silence_goose();
        let interrupt = Interrupt::install().context("cannot take Ctrl-C over")?;
        let progress = Progress::new(args.quiet, args.color);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("load")
            .enable_all()
            .build()
            .context("cannot start the load generator's threads")?;
        let runner = Runner {
            args,
            system: self.system,
            workspace: self.workspace(),
            objectives,
            interrupt: &interrupt,
            progress: &progress,
        };
        if args.find_limit {
            let found = runtime.block_on(limit::find(&runner))?;
            let paint = Paint::new(args.color.use_color(io::stdout().is_terminal()));
            print(io::stdout(), &found.render(paint));
            deliver(args, found.last())?;
            return Ok(found.outcome());
        }
        let report = runtime.block_on(runner.run())?;
        deliver(args, &report)?;
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

fn conclude(delivered: anyhow::Result<Outcome>) -> ExitCode {
    match delivered {
        Ok(outcome) => ExitCode::from(outcome.exit_code()),
        Err(error) => {
            print(io::stderr(), &format!("error: {error:#}\n"));
            ExitCode::from(Outcome::Invalid.exit_code())
        }
    }
}

fn deliver_to(report: &Report, html: &Path, json: &Path) -> anyhow::Result<Outcome> {
    write(html, &html::render(report))?;
    write(json, &json::render(report))?;
    let paint = Paint::new(ColorChoice::Auto.use_color(io::stdout().is_terminal()));
    print(io::stdout(), &text::render(report, paint, Some(html)));
    Ok(report.verdict.outcome)
}

/// Writes the reports and prints the verdict.
fn deliver(args: &RunArgs, report: &Report) -> anyhow::Result<()> {
    write(&args.report, &html::render(report))?;
    if let Some(file) = &args.summary {
        append(file, &markdown::render(report))?;
    }
    if let Some(file) = &args.junit {
        write(file, &junit::render(report))?;
    }
    let html = std::path::absolute(&args.report).unwrap_or_else(|_| args.report.clone());
    if args.json == Path::new("-") {
        let paint = Paint::new(args.color.use_color(io::stderr().is_terminal()));
        print(io::stderr(), &text::render(report, paint, Some(&html)));
        print(io::stdout(), &json::render(report));
    } else {
        write(&args.json, &json::render(report))?;
        let paint = Paint::new(args.color.use_color(io::stdout().is_terminal()));
        print(io::stdout(), &text::render(report, paint, Some(&html)));
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds to the end of a file, which others write to as well.
fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn refuse(detail: &str) -> ExitCode {
    print(
        io::stderr(),
        &format!("error: {}\n\nFor more information, try '--help'.\n", detail.trim_end()),
    );
    ExitCode::from(WRONG_USAGE)
}

fn print(mut out: impl Write, text: &str) {
    // A reader that went away does not change the verdict.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
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
