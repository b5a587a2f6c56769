//! The command line: arguments, the order of the stages, exit codes.
//!
//! This module owns where contracts are read, where files are written, and what is printed. It decides nothing about
//! contracts. It reads with [`crate::read`], and writes only with [`crate::output`].

mod add;
mod adopt;
mod arguments;
mod base;
mod catalog;
mod changelog;
mod console;
mod consumers;
mod data_files;
mod deploy;
mod dev;
mod diff;
mod drift;
mod external;
mod fix;
mod git;
mod judge;
mod known;
mod new;
mod origin;
mod package;
pub mod rendered;
mod report;
mod settings;
mod stack;
mod stages;
mod survey;
mod teach;
mod workspace;

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;

use crate::diag::render::visible_lines;
use crate::diag::{Diagnostic, Severity};
use crate::model::System;
use crate::output::{self, Written};
use crate::policy::{Kind, Policy};
use crate::read;
use crate::{Made, Resolved};
use arguments::{Adoption, Arguments, Command, Day, Format, Options, Strictness};
use diff::Shown;
use report::{CheckReport, Summary};

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let start = Instant::now();
    let mut arguments = Arguments::of(std::env::args_os());
    if let Command::Verify { arguments: rest } = arguments.command() {
        match drift::instead_of_verify(rest) {
            None => return external(&arguments, "verify", rest),
            Some(drift) => arguments = Arguments::of(arguments.before(drift)),
        }
    }
    if let Command::Token { arguments: rest } = arguments.command() {
        return external(&arguments, "token", rest);
    }
    match run(&arguments, start) {
        Ok(Exit::Clean) => ExitCode::SUCCESS,
        Ok(Exit::Refused) => ExitCode::from(1),
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// Runs a command that is a separate program, with the options of every command.
fn external(options: &Options, name: &str, rest: &[OsString]) -> ExitCode {
    external::run(name, &[options.forwarded(), rest.to_vec()].concat()).unwrap_or_else(|error| {
        complain(&error);
        ExitCode::from(2)
    })
}

/// Says why a run ended. It may name what the user gave, or a file. When not even this can be told, the exit code has to do.
fn complain(error: &anyhow::Error) {
    let text = visible_lines(&format!("error: {error:#}"));
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// The result of a run that could do its work.
enum Exit {
    /// The contracts are valid, and the files are up to date.
    Clean,
    /// The contracts are invalid, or the files are stale.
    Refused,
}

/// The folders of a run.
struct Folders {
    /// The folder with the contracts.
    spec: PathBuf,
    /// The folder with the generated files.
    out: PathBuf,
    /// The name of the output folder in messages.
    out_name: String,
}

fn run(arguments: &Arguments, start: Instant) -> Result<Exit> {
    match arguments.command() {
        Command::Rules => return print(&catalog::list(arguments.format)).map(|()| Exit::Clean),
        Command::Explain { code } => {
            return print(&catalog::explain(code)?).map(|()| Exit::Clean);
        }
        Command::New(wanted) => return new::run(arguments, wanted),
        Command::Schema { kind } => return teach::schema(arguments, *kind),
        Command::Completions { shell } => return teach::completions(*shell),
        Command::Survey(surveyed) => return survey::run(arguments, surveyed),
        _ => {}
    }
    let folders = folders(arguments)?;
    if let Command::Dev(wanted) = arguments.command() {
        return dev::run(arguments, &folders, wanted);
    }
    let sources = read::read_spec(&folders.spec)?;
    if sources.files().next().is_none() {
        // Without this, a wrong folder would lead to the removal of every generated file.
        let spec = folders.spec.display();
        let none =
            format!("{spec} contains no contracts (<service>/openapi.yaml or asyncapi.yaml)");
        match arguments.command() {
            Command::Add(addition) if addition.is_service() => {}
            Command::Add(_) => {
                bail!("{none}; create the first service with `codegen add service NAME`")
            }
            _ => bail!("{none}"),
        }
    }
    match arguments.command() {
        Command::Package { arch, at_most } => {
            return package::run(arguments, &folders, sources, *arch, *at_most);
        }
        Command::Deploy(deployment) => {
            return deploy::run(arguments, &folders, sources, deployment);
        }
        Command::Changelog { base, form, day } => {
            return changelog::run(arguments, &folders, sources, (base, *form), day);
        }
        Command::Drift { stack } => return drift::run(arguments, &folders, sources, stack),
        Command::Consumers { action } => {
            return consumers::run(arguments, &folders, &sources, action);
        }
        Command::Add(addition) => return add::run(arguments, &folders, sources, addition),
        Command::Graph { language } => {
            return teach::graph(arguments, &folders, sources, *language);
        }
        _ => {}
    }
    let task = Task::of(arguments.command())?;
    let (sources, fixed) = match task.adoption.fix {
        true => fix::apply(&folders.spec, sources, &task)?,
        false => (sources, None),
    };
    let resolved = if task.lints { crate::check(&sources) } else { crate::resolve(&sources) };
    let mut report = CheckReport::new(sources, &folders.out_name).located(&folders.spec);
    report.done.extend(fixed);
    let Resolved { system, diagnostics, made } = resolved;
    let policy = judge::load(&mut report, &folders.spec, &task.strictness)?;
    let Some(mut policy) = policy else {
        report.diagnostics.extend(judge::errors_of(diagnostics));
        return finish(arguments, &task, report);
    };
    let linted = system.as_ref().filter(|_| task.lints);
    let found = further(&mut report, &folders, &task, &policy, (diagnostics, linted))?;
    let judged = policy.judge(found, &report.sources, task.today);
    // A comparison is about changes alone.
    if !matches!(task.work, Work::Diff { .. }) || system.is_none() {
        report.diagnostics = judged;
    }
    if task.lints {
        known::compare(&mut report, &policy, &folders.spec, &task, system.is_some())?;
        if system.is_some() {
            report.diagnostics.extend(policy_faults(&policy, &report, &task));
        }
        // What has been found of contracts by now; of changes, a policy says which are refused.
        if judge::denies_warnings(&task.strictness) {
            report.deny_warnings();
        }
    }
    if let Some(system) = system {
        work(&mut report, &task, &folders, &mut policy, (system, made), start)?;
    }
    finish(arguments, &task, report)
}

/// Adds what is found beside the contracts themselves: in the files of consumers and the settings of stages.
fn further(
    report: &mut CheckReport<'_>,
    folders: &Folders,
    task: &Task<'_>,
    policy: &Policy,
    (mut found, system): (Vec<Diagnostic>, Option<&System>),
) -> Result<Vec<Diagnostic>> {
    let Some(system) = system else { return Ok(found) };
    let subjects = crate::compat::subjects(system);
    found.extend(policy.consumers.unknown(&subjects, |subject, field, is_read| {
        crate::compat::has(system, subject, field, is_read)
    }));
    if matches!(task.work, Work::Check { .. }) {
        found.extend(stages::check(folders, &mut report.sources)?);
        found.extend(data_files::check(&folders.spec, system));
    }
    Ok(found)
}

/// What `check` finds in the contracts of a folder, without options and apart from generated files.
fn found(spec: PathBuf, out: PathBuf) -> Result<Vec<Diagnostic>> {
    let folders = Folders { spec, out, out_name: "generated".to_owned() };
    let task = Task {
        work: Work::Check { base: None },
        lints: true,
        adoption: Adoption::default(),
        strictness: Strictness::default(),
        today: diff::today(&Day::default())?,
    };
    let sources = read::read_spec(&folders.spec)?;
    let Resolved { system, diagnostics, .. } = crate::check(&sources);
    let mut report = CheckReport::new(sources, &folders.out_name);
    let Some(mut policy) = judge::load(&mut report, &folders.spec, &task.strictness)? else {
        report.diagnostics.extend(judge::errors_of(diagnostics));
        return Ok(report.diagnostics);
    };
    let found = further(&mut report, &folders, &task, &policy, (diagnostics, system.as_ref()))?;
    let mut judged = policy.judge(found, &report.sources, task.today);
    if system.is_some() {
        judged.extend(policy_faults(&policy, &report, &task));
    }
    Ok(judged)
}

/// What is wrong with the policy itself, as far as contracts without an error tell.
fn policy_faults(policy: &Policy, report: &CheckReport<'_>, task: &Task<'_>) -> Vec<Diagnostic> {
    let mut faults = policy.faults(Kind::Contract, task.today);
    faults.extend(policy.levels_of_nothing(&report.sources));
    faults
}

/// Runs the command with valid contracts.
fn work(
    report: &mut CheckReport<'_>,
    task: &Task<'_>,
    folders: &Folders,
    policy: &mut Policy,
    (mut system, made): (System, Made),
    start: Instant,
) -> Result<()> {
    let (spec, today) = (&folders.spec, task.today);
    match task.work {
        Work::Generate => {
            // A rule of level error refuses like any other error.
            if !report.is_refused() {
                let workspace = workspace::around(&folders.out)?;
                let files =
                    crate::generate_from(&report.sources, made, &mut system, &workspace.crates);
                let written = output::write(&folders.out, &files)?;
                let has_no_harness =
                    system.workflows.is_some() && workspace.crates.harness.is_none();
                let no_harness = has_no_harness.then(workspace::no_harness);
                report.note = workspace.note().or(no_harness);
                report.summary = Some(summarise(&system, (written, true), start));
            }
        }
        Work::Check { base } => {
            report.stale = if output::is_empty(&folders.out) {
                output::Comparison::with_nothing()
            } else {
                let crates = workspace::around(&folders.out)?.crates;
                let files = crate::generate_from(&report.sources, made, &mut system, &crates);
                output::compare(&folders.out, &files)?
            };
            let n_unchanged = report.stale.n_unchanged;
            if let Some(base) = base {
                diff::add_changes(report, policy, spec, base, today, Shown::Harmful, &system)?;
            }
            let written = Written { n_unchanged, ..Written::default() };
            report.summary = Some(summarise(&system, (written, false), start));
        }
        Work::Lint => {}
        Work::Diff { base, shown } => {
            diff::add_changes(report, policy, spec, base, today, shown, &system)?;
        }
    }
    Ok(())
}

/// Reports findings in every requested format.
fn finish(arguments: &Arguments, task: &Task<'_>, mut report: CheckReport<'_>) -> Result<Exit> {
    if matches!(task.work, Work::Diff { .. }) && judge::denies_warnings(&task.strictness) {
        report.deny_warnings();
    }
    if let Some(file) = &task.strictness.summary {
        read::refuse_named_pipe(file)?;
        output::append(file, &report.markdown())?;
    }
    if arguments.quiet {
        report.keep_errors();
    }
    tell(arguments, &report)?;
    let refused = report.is_refused();
    Ok(if refused { Exit::Refused } else { Exit::Clean })
}

/// The tasks of a run.
struct Task<'a> {
    work: Work<'a>,
    /// Whether to apply the rules of style and safety.
    lints: bool,
    adoption: Adoption,
    strictness: Strictness,
    today: Date,
}

/// The commands by kind.
enum Work<'a> {
    Generate,
    Check { base: Option<&'a str> },
    Lint,
    Diff { base: &'a str, shown: Shown },
}

impl<'a> Task<'a> {
    fn of(command: &'a Command) -> Result<Self> {
        let none = Adoption::default;
        let (work, adoption, strictness, day) = match command {
            Command::Check { base, adoption, strictness, day } => {
                (Work::Check { base: base.as_deref() }, adoption.clone(), strictness, day)
            }
            Command::Lint { adoption, strictness, day } => {
                (Work::Lint, adoption.clone(), strictness, day)
            }
            Command::Diff { base, if_comparable, strictness, day } => {
                let shown = if *if_comparable { Shown::AllIfComparable } else { Shown::All };
                (Work::Diff { base, shown }, none(), strictness, day)
            }
            Command::Generate
            | Command::Rules
            | Command::Explain { .. }
            | Command::Changelog { .. }
            | Command::Consumers { .. }
            | Command::Drift { .. }
            | Command::Verify { .. }
            | Command::Token { .. }
            | Command::Package { .. }
            | Command::New(_)
            | Command::Dev(_)
            | Command::Add(_)
            | Command::Schema { .. }
            | Command::Graph { .. }
            | Command::Completions { .. }
            | Command::Survey(_)
            | Command::Deploy(_) => {
                (Work::Generate, none(), &Strictness::default(), &Day::default())
            }
        };
        let lints = matches!(work, Work::Check { .. } | Work::Lint);
        let (strictness, today) = (strictness.clone(), diff::today(day)?);
        Ok(Self { work, lints, adoption, strictness, today })
    }
}

/// The contracts folder and the output folder. Without `--spec`, the contracts are in `spec` in this folder, or in
/// the workspace above it. Without `--out`, the output is next to the contracts.
fn folders(arguments: &Arguments) -> Result<Folders> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => find_spec()?,
    };
    if !spec.is_dir() {
        bail!("{} is not a folder", spec.display());
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

/// The default contracts folder: `spec` in this folder, or in the workspace above it.
///
/// # Errors
/// There is none.
pub fn find_spec() -> Result<PathBuf> {
    let here = std::env::current_dir().context("cannot find the current folder")?;
    if here.join("spec").is_dir() {
        return Ok(here.join("spec"));
    }
    let workspace = here
        .ancestors()
        .skip(1)
        .find(|folder| folder.join("spec").is_dir() && folder.join("Cargo.toml").is_file());
    match workspace {
        Some(folder) => Ok(folder.join("spec")),
        None => {
            bail!("no folder `spec` in the current folder or its workspace; name one with --spec")
        }
    }
}

fn summarise(system: &System, (written, writes): (Written, bool), start: Instant) -> Summary {
    let count = |of: fn(&crate::model::Service) -> usize| system.services.iter().map(of).sum();
    Summary {
        n_services: system.services.len(),
        n_operations: count(|service| service.operations.len()),
        n_events: report::n_events(system),
        written,
        writes,
        elapsed_ms: start.elapsed().as_millis(),
    }
}

/// Prints the result: documents for programs on standard output; for people, findings on standard error and the
/// summary on standard output.
fn tell(arguments: &Arguments, report: &CheckReport<'_>) -> Result<()> {
    let quiet = arguments.quiet;
    let (out, err) = match arguments.format {
        Format::Human => {
            let colored = rendered::is_colored(arguments.color, std::io::stderr().is_terminal());
            let changes = report.changes_line();
            let lines =
                report.done_lines() + &changes + &report.findings_line() + &report.summary_line();
            let summary = if quiet { String::new() } else { lines };
            let least = if quiet { Severity::Error } else { Severity::Note };
            let not_compared = if quiet { report.not_compared() } else { String::new() };
            (summary, not_compared + &report.human(colored, least))
        }
        Format::Json => (report.json(), String::new()),
        Format::Sarif => (report.sarif(), report.not_compared()),
        Format::Github => (report.github(), String::new()),
        Format::Markdown => (report.markdown(), String::new()),
        Format::Junit => (report.junit(), report.not_compared()),
    };
    std::io::stderr().write_all(err.as_bytes()).context("cannot write to standard error")?;
    print(&out)
}

/// Writes to standard output.
fn print(out: &str) -> Result<()> {
    match std::io::stdout().write_all(out.as_bytes()) {
        // The reader has closed the pipe.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
