//! The command line: arguments, the order of the stages, exit codes.
//!
//! Owns where contracts are read and files are written, and what a person or a program is told. Decides nothing
//! about contracts; reads through [`crate::read`], writes through [`crate::output`] only.

mod arguments;
mod diff;
mod git;
mod report;

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use clap::Parser as _;

use crate::model::System;
use crate::output::{self, Written};
use crate::read;
use crate::source::SourceMap;
use arguments::{Arguments, Color, Command, Day, Format};
use diff::Told;
use report::{Report, Summary};

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let start = Instant::now();
    let arguments = Arguments::parse();
    match run(&arguments, start) {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(error) => {
            // When not even this can be told, the exit code has to do.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// How a run ended that could do its work.
enum Outcome {
    /// The contracts are right, and the files on disk are what they come to.
    Clean,
    /// The contracts are wrong, or the files are stale.
    Refused,
}

/// Where a run reads and writes.
struct Folders {
    /// The folder with the contracts.
    spec: PathBuf,
    /// The folder with the generated files.
    out: PathBuf,
    /// How the output folder is called in what is told.
    out_name: String,
}

fn run(arguments: &Arguments, start: Instant) -> Result<Outcome> {
    let folders = folders(arguments)?;
    let sources = read::read_spec(&folders.spec)?;
    if sources.files().next().is_none() {
        // Without this, a wrong folder would lead to the removal of every generated file.
        bail!(
            "{} holds no contracts (<service>/openapi.yaml or asyncapi.yaml)",
            folders.spec.display()
        );
    }
    let checked = match arguments.command() {
        Command::Generate => None,
        Command::Check { base, day } => Some((base, day)),
        Command::Diff { base, day } => return run_diff(arguments, &folders, sources, base, day),
    };
    let compiled = crate::compile(&sources);
    let mut report = Report::new(sources, &folders.out_name);
    match compiled {
        Err(diagnostics) => report.diagnostics = diagnostics,
        Ok(compiled) => {
            report.diagnostics = compiled.warnings;
            let written = match checked {
                None => output::write(&folders.out, &compiled.files)?,
                Some((base, day)) => {
                    let comparison = output::compare(&folders.out, &compiled.files)?;
                    let n_unchanged = comparison.n_unchanged;
                    report.stale = comparison;
                    if let Some(base) = base {
                        let (spec, system) = (&folders.spec, &compiled.system);
                        diff::add_changes(&mut report, spec, base, day, Told::Harmful, system)?;
                    }
                    Written { n_unchanged, ..Written::default() }
                }
            };
            report.summary = Some(summarise(&compiled.system, written, start));
        }
    }
    tell(arguments, &report)?;
    let refused = report.is_refused();
    Ok(if refused { Outcome::Refused } else { Outcome::Clean })
}

/// Tells what changed since a base. Writes nothing.
fn run_diff(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    base: &str,
    day: &Day,
) -> Result<Outcome> {
    let resolved = crate::resolve(&sources);
    let mut report = Report::new(sources, &folders.out_name);
    match resolved.system {
        Some(system) => {
            diff::add_changes(&mut report, &folders.spec, base, day, Told::All, &system)?;
        }
        None => report.diagnostics = resolved.diagnostics,
    }
    tell(arguments, &report)?;
    let refused = report.is_refused();
    Ok(if refused { Outcome::Refused } else { Outcome::Clean })
}

/// The contracts' folder and the output folder. Without `--spec`, the contracts are in `spec` here, or in the
/// workspace around this folder; without `--out`, the output is beside the contracts.
fn folders(arguments: &Arguments) -> Result<Folders> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => find_spec()?,
    };
    if !spec.is_dir() {
        bail!("{} is no folder", spec.display());
    }
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => {
            // `spec/..` would name the wrong folder behind a symbolic link, so the path is made whole first.
            let whole =
                spec.canonicalize().with_context(|| format!("cannot find {}", spec.display()))?;
            whole.parent().map_or_else(|| whole.join("generated"), |base| base.join("generated"))
        }
    };
    let out_name = match &arguments.out {
        Some(out) => out.display().to_string(),
        None => "generated".to_owned(),
    };
    Ok(Folders { spec, out, out_name })
}

fn find_spec() -> Result<PathBuf> {
    let here = std::env::current_dir().context("cannot tell which folder this is")?;
    if here.join("spec").is_dir() {
        return Ok(here.join("spec"));
    }
    let workspace = here
        .ancestors()
        .skip(1)
        .find(|folder| folder.join("spec").is_dir() && folder.join("Cargo.toml").is_file());
    match workspace {
        Some(folder) => Ok(folder.join("spec")),
        None => bail!(
            "there is no folder `spec` here or in a workspace around it; name one with --spec"
        ),
    }
}

fn summarise(system: &System, written: Written, start: Instant) -> Summary {
    let count = |of: fn(&crate::model::Service) -> usize| system.services.iter().map(of).sum();
    Summary {
        n_services: system.services.len(),
        n_operations: count(|service| service.operations.len()),
        n_events: report::n_events(system),
        written,
        elapsed_ms: start.elapsed().as_millis(),
    }
}

/// Tells the outcome: documents for programs on standard output; for people findings on standard error and the
/// summary on standard output.
fn tell(arguments: &Arguments, report: &Report<'_>) -> Result<()> {
    let quiet = arguments.quiet;
    let (out, err) = match arguments.format {
        Format::Human => {
            let colored = is_colored(arguments.color);
            let changes = report.changes_line();
            let summary = if quiet { String::new() } else { changes + &report.summary_line() };
            (summary, report.human(colored))
        }
        Format::Json => (report.json(), String::new()),
        Format::Sarif => (report.sarif(), String::new()),
        Format::Github => (report.github(), String::new()),
    };
    std::io::stderr().write_all(err.as_bytes()).context("cannot write to standard error")?;
    match std::io::stdout().write_all(out.as_bytes()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}

fn is_colored(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            std::io::stderr().is_terminal() && !refused
        }
    }
}
