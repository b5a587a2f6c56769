//! The command line: arguments, output and exit codes.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Parser;
use codegen::cli::rendered::{Color, Format, is_colored};
use codegen::model::System;
use codegen::read;
use codegen::source::SourceMap;

use crate::callers::{self, Callers};
use crate::http::Http;
use crate::report::VerifyReport;
use crate::run::{self, Settings};
use crate::schema::Contracts;
use crate::target::{Local, Target};

const EXAMPLES: &str = "\
Examples:
  codegen verify
      Build the functions, start a local stage, and validate every response against the contracts.

  codegen verify --stage https://api.example.com/dev --token …
      Test a deployed stage. The operations really run and change its data. The run then deletes
      what it created, with the operations that the contracts have for it. Do not use it on
      production.

  codegen verify --format sarif > verify.sarif
      Print findings for code scanning, each with its line in the contract.

Exit codes:
  0  every response conforms to the contracts
  1  a response does not conform, or the contracts are invalid
  2  wrong usage, or a stage that does not start or respond";

/// Test a running stage against its contracts
///
/// Sends each operation its examples, values at the limits of every constraint, and requests that violate the
/// contract. Follows links between operations, and validates every response.
#[derive(Debug, Parser)]
#[command(name = "codegen-verify", bin_name = "codegen verify", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// The stage to test: `local` starts one on this machine; otherwise the base URL of an API. To compare the resources
    /// of a stack with the contracts, use `codegen drift`
    #[arg(long, value_name = "STAGE", default_value = "local")]
    stage: String,
    /// The folder with the contracts [default: spec, in this folder or in the workspace above it]
    #[arg(long, value_name = "FOLDER", overrides_with = "spec")]
    spec: Option<PathBuf>,
    /// The random seed; the same seed sends the same requests
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of random requests for each operation, in addition to the systematic ones
    #[arg(long, value_name = "N", default_value_t = 20)]
    cases: u16,
    /// The bearer token of secured operations [default: the variable CODEGEN_TOKEN, which process lists do not show;
    /// on a local stage, tokens of its own issuer]
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// The API key of secured operations, by the name of the header, query parameter or cookie that the contract has
    /// for it; repeatable. A local stage has its own
    #[arg(long, value_name = "NAME=KEY", value_parser = stage::credential::api_key)]
    api_key: Vec<(String, String)>,
    /// A header for every request, overriding any other of that name; repeatable
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    header: Vec<(String, String)>,
    /// Keep the resources that the run creates
    #[arg(long)]
    keep: bool,
    /// The template of the local stage [default: generated/infra/template.yaml next to the contracts]
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    /// Do not build the functions of the local stage first
    #[arg(long)]
    no_build: bool,
    /// The output format of findings
    #[arg(long, value_enum, default_value_t = Format::Human, overrides_with = "format")]
    format: Format,
    /// When to use colors; `auto` uses them on a terminal, unless NO_COLOR is set
    #[arg(long, value_enum, default_value_t = Color::Auto, overrides_with = "color")]
    color: Color,
    /// Print findings only
    #[arg(short, long, overrides_with = "quiet")]
    quiet: bool,
}

fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("must be `NAME: VALUE`")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

/// Runs the command line of this process.
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

/// Whether every response conforms to the contracts.
fn verify(arguments: &Arguments) -> anyhow::Result<bool> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => codegen::cli::find_spec()?,
    };
    if !spec.is_dir() {
        bail!("{} is not a folder; name the contracts' folder with --spec", spec.display());
    }
    let sources = read::read_spec(&spec)?;
    if sources.is_empty() {
        bail!("{} contains no contracts (<service>/openapi.yaml)", spec.display());
    }
    let resolved = codegen::resolve(&sources);
    let Some(system) = resolved.system else {
        tell(arguments, &VerifyReport::of_contracts(sources, resolved.diagnostics))?;
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
) -> anyhow::Result<VerifyReport> {
    let beside = spec.canonicalize().context("cannot find the contracts")?;
    let template = arguments
        .template
        .clone()
        .unwrap_or_else(|| beside.with_file_name("generated").join("infra").join("template.yaml"));
    for (name, _) in &arguments.api_key {
        if !callers::takes_key(system, name) {
            bail!("--api-key: no security scheme has an API key called `{name}`");
        }
    }
    let local = Local { template, build: !arguments.no_build };
    let target = Target::start(&arguments.stage, &local).await?;
    let url = target.url().to_owned();
    let settings =
        Settings { seed: arguments.seed, n_drawn: arguments.cases.into(), keep: arguments.keep };
    let http = Http::new(&url, &arguments.header)?;
    let contracts = Contracts::of(&sources);
    let token = arguments.token.clone().or_else(|| std::env::var("CODEGEN_TOKEN").ok());
    let callers = Callers {
        given_keys: arguments.api_key.clone(),
        ..target.callers(token, beside.parent().unwrap_or(Path::new(".")))?
    };
    let outcome = tokio::select! {
        outcome = run::run(system, &contracts, &http, &callers, settings) => outcome,
        _ = tokio::signal::ctrl_c() => Err(anyhow::anyhow!("interrupted")),
    };
    target.shutdown().await;
    Ok(VerifyReport::new(sources, url, arguments.seed, outcome?))
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("cannot start a runtime")
}

/// Prints the report: findings for people on standard error, all other formats on standard output.
fn tell(arguments: &Arguments, report: &VerifyReport) -> anyhow::Result<()> {
    let (out, err) = match arguments.format {
        Format::Human => {
            let colored = is_colored(arguments.color, std::io::stderr().is_terminal());
            let summary = if arguments.quiet { String::new() } else { report.summary() };
            (summary, report.render(Format::Human, colored))
        }
        Format::Json => (report.json(), String::new()),
        Format::Markdown => (report.markdown(), String::new()),
        format => (report.render(format, false), String::new()),
    };
    std::io::stderr().write_all(err.as_bytes()).context("cannot write to standard error")?;
    match std::io::stdout().write_all(out.as_bytes()) {
        // The reader has closed the pipe.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write to standard output"),
    }
}
