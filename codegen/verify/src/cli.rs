//! The command line: arguments, what is printed, exit codes.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::{Parser, ValueEnum};
use codegen::cli::told::{Color, Format};
use codegen::model::System;
use codegen::read;
use codegen::source::SourceMap;

use crate::http::Http;
use crate::report::Report;
use crate::run::{self, Settings};
use crate::target::{Local, Target};

const EXAMPLES: &str = "\
Examples:
  cargo run -p codegen -- verify
      Build the functions, start a local stage, and hold every answer against the contracts.

  cargo run -p codegen -- verify --stage https://api.example.com/dev --token …
      The same for a deployed stage. It is changed: whatever the operations do is done. What was created is
      removed again by the operations that the contracts have for it. Do not point it at production.

  cargo run -p codegen -- verify --format sarif > verify.sarif
      The findings for code scanning, each at its line of the contract.

Exit codes:
  0  every answer keeps the contracts
  1  an answer does not, or the contracts are wrong
  2  the command line is wrong, or the stage does not start or answer";

/// Does a running stage keep its contracts? Every operation is asked with examples, values around every constraint and
/// requests that break it; links are followed; every answer is checked.
#[derive(Debug, Parser)]
#[command(name = "codegen-verify", bin_name = "codegen verify", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// What is verified: `local`, which starts a stage on this machine, or the base URL of a stage
    #[arg(long, value_name = "STAGE", default_value = "local")]
    stage: String,
    /// The folder with the contracts [default: spec, here or in the workspace around this folder]
    #[arg(long, value_name = "FOLDER", overrides_with = "spec")]
    spec: Option<PathBuf>,
    /// Decides everything that is drawn: the same seed sends the same requests
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many requests are drawn for each operation, besides those around its constraints
    #[arg(long, value_name = "N", default_value_t = 20)]
    cases: u16,
    /// The token that operations are called with, of the scheme that they ask for [default on the local stage: tokens
    /// of its own issuer; else the variable CODEGEN_TOKEN, which no list of processes shows]
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// A header that every request carries, in place of any other of that name; may be given several times
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// Leave what was created on the stage
    #[arg(long)]
    keep: bool,
    /// The template of the local stage [default: generated/infra/template.yaml beside the contracts]
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Do not build the functions of the local stage first
    #[arg(long)]
    no_build: bool,
    /// How findings are told
    #[arg(long, value_enum, default_value_t = FormatName::Human, overrides_with = "format")]
    format: FormatName,
    /// Whether findings are colored; auto: on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, default_value_t = ColorName::Auto, overrides_with = "color")]
    color: ColorName,
    /// Tell findings only
    #[arg(short, long, overrides_with = "quiet")]
    quiet: bool,
}

/// The formats by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// For people, with the coverage of the contracts
    Human,
    /// One JSON document, with the coverage of the contracts
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands, which GitHub shows on the lines of a pull request
    Github,
    /// Markdown, with the coverage of the contracts, for a comment or a job's summary
    Markdown,
}

/// The choices of color by name.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorName {
    Auto,
    Always,
    Never,
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("must be `NAME: VALUE`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match verify(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // When not even this can be told, the exit code has to do.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether every answer keeps the contracts.
fn verify(arguments: &Arguments) -> anyhow::Result<bool> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => codegen::cli::find_spec()?,
    };
    if !spec.is_dir() {
        bail!("{} is no folder; name the contracts' by --spec", spec.display());
    }
    let sources = read::read_spec(&spec)?;
    if sources.is_empty() {
        bail!("{} holds no contracts (<service>/openapi.yaml)", spec.display());
    }
    let resolved = codegen::resolve(&sources);
    let Some(system) = resolved.system else {
        tell(arguments, &Report::of_contracts(sources, resolved.diagnostics))?;
        return Ok(false);
    };
    let report = runtime()?.block_on(examine(arguments, &spec, sources, &system))?;
    tell(arguments, &report)?;
    Ok(!report.has_findings())
}

async fn examine(
    arguments: &Arguments,
    spec: &Path,
    sources: SourceMap,
    system: &System,
) -> anyhow::Result<Report> {
    let beside = spec.canonicalize().context("cannot find the contracts")?;
    let template = arguments
        .template
        .clone()
        .unwrap_or_else(|| beside.with_file_name("generated").join("infra").join("template.yaml"));
    let local = Local { template, build: !arguments.no_build };
    let target = Target::start(&arguments.stage, &local).await?;
    let url = target.url().to_owned();
    let settings =
        Settings { seed: arguments.seed, n_drawn: arguments.cases.into(), keep: arguments.keep };
    let http = Http::new(&url, &arguments.header)?;
    let callers =
        target.callers(arguments.token.clone().or_else(|| std::env::var("CODEGEN_TOKEN").ok()))?;
    let outcome = tokio::select! {
        outcome = run::run(system, &http, &callers, settings) => outcome,
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    target.shutdown().await;
    Ok(Report::new(sources, url, arguments.seed, outcome?))
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start a runtime")
}

/// Tells the outcome: findings for people on standard error, everything else on standard output.
fn tell(arguments: &Arguments, report: &Report) -> anyhow::Result<()> {
    let color = match arguments.color {
        ColorName::Auto => Color::Auto,
        ColorName::Always => Color::Always,
        ColorName::Never => Color::Never,
    };
    let (out, err) = match arguments.format {
        FormatName::Human => {
            let colored = codegen::cli::told::is_colored(color, std::io::stderr().is_terminal());
            let summary = if arguments.quiet { String::new() } else { report.summary() };
            (summary, report.told(Format::Human, colored))
        }
        FormatName::Json => (report.json(), String::new()),
        FormatName::Sarif => (report.told(Format::Sarif, false), String::new()),
        FormatName::Github => (report.told(Format::Github, false), String::new()),
        FormatName::Markdown => (report.markdown(), String::new()),
    };
    std::io::stderr().write_all(err.as_bytes()).context("cannot write to standard error")?;
    match std::io::stdout().write_all(out.as_bytes()) {
        // Whoever reads has read enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
