//! Tokens of the local issuer, for people and scripts who call a stage on this machine.
//!
//! The key lies beside what cargo builds, where `stage` finds it too: no repository holds it, and nothing that is
//! deployed trusts it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Parser;
use codegen::model::{SchemeMeans, SecurityScheme, System, TokenRules};
use codegen::read;
use serde_json::Value;
use stage::Issuer;
use stage::cli::issuer_key;

const EXAMPLES: &str = "\
Examples:
  curl -H \"Authorization: Bearer $(cargo run -q -p codegen -- token --sub anna --scope orders.read)\" \\
      http://127.0.0.1:3000/dev/order
      Call a stage that `cargo run -p stage` started.

Exit codes:
  0  the token is on standard output
  1  the contracts ask for no token, or are wrong
  2  the command line is wrong, or the key cannot be used";

/// A token that a stage on this machine takes.
#[derive(Debug, Parser)]
#[command(name = "codegen-token", bin_name = "codegen token", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// The security scheme of the contracts [default: the only one that takes tokens]
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,
    /// A scope that is granted; may be given several times
    #[arg(long, value_name = "SCOPE")]
    scope: Vec<String>,
    /// The claim `sub`: who the caller is
    #[arg(long, value_name = "SUBJECT", default_value = "local")]
    sub: String,
    /// A claim more, as JSON or as text; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = claim)]
    claim: Vec<(String, Value)>,
    /// How long the token is valid, in seconds; below zero for one that has expired
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, allow_negative_numbers = true)]
    expires_in: i64,
    /// The folder with the contracts [default: spec, here or in the workspace around this folder]
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// The file with the key of the issuer, made where there is none [default: in cargo's target folder]
    #[arg(long, value_name = "FILE")]
    issuer_key: Option<PathBuf>,
    #[command(flatten)]
    _common: Common,
}

/// Options that every command takes, and that a token does not depend on.
#[derive(Debug, clap::Args)]
struct Common {
    #[arg(long, hide = true)]
    format: Option<String>,
    #[arg(long, hide = true)]
    color: Option<String>,
    #[arg(short, long, hide = true)]
    quiet: bool,
}

fn claim(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("must be `NAME=VALUE`")?;
    let value = serde_json::from_str(value).unwrap_or_else(|_| Value::from(value));
    Ok((name.to_owned(), value))
}

/// Runs the command that the process was started with.
#[must_use]
pub fn main() -> ExitCode {
    match mint(&Arguments::parse()) {
        Ok(Some(token)) => match writeln!(std::io::stdout(), "{token}") {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(2),
        },
        Ok(None) => ExitCode::from(1),
        Err(error) => {
            // When not even this can be told, the exit code has to do.
            let _ = writeln!(std::io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The token; `None` when the contracts are wrong, which has been said.
fn mint(arguments: &Arguments) -> anyhow::Result<Option<String>> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => codegen::cli::find_spec()?,
    };
    let sources = read::read_spec(&spec)?;
    let Some(system) = codegen::resolve(&sources).system else {
        let _ =
            writeln!(std::io::stderr(), "error: the contracts are wrong; `codegen check` says how");
        return Ok(None);
    };
    let Some(rules) = rules(&system, arguments.scheme.as_deref())? else { return Ok(None) };
    let now = jiff::Timestamp::now().as_second();
    // An expired token was valid for an hour before.
    let (began, seconds) = match arguments.expires_in {
        seconds if seconds > 0 => (now, seconds),
        seconds => (now + seconds - 3_600, 3_600),
    };
    let mut claims = rules.claims(&arguments.sub, &arguments.scope, began, seconds);
    for (name, value) in &arguments.claim {
        claims[name.as_str()] = value.clone();
    }
    let file = match &arguments.issuer_key {
        Some(file) => file.clone(),
        None => {
            let whole = spec.canonicalize().context("cannot find the contracts")?;
            issuer_key(whole.parent().unwrap_or(Path::new(".")))
        }
    };
    Ok(Some(Issuer::of_file(&file)?.mint(&claims)?))
}

/// What tokens of the scheme must say; `None` when nothing takes tokens, which has been said.
fn rules<'s>(system: &'s System, name: Option<&str>) -> anyhow::Result<Option<&'s TokenRules>> {
    let all = system.asked_schemes().into_iter();
    let takes_tokens = |scheme: &&'s SecurityScheme| matches!(scheme.means, SchemeMeans::Token(_));
    let schemes: Vec<&SecurityScheme> = all.filter(takes_tokens).collect();
    let names: Vec<_> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let found = match (name, schemes.as_slice()) {
        (None, []) => {
            let _ = writeln!(std::io::stderr(), "error: no operation asks for a token");
            return Ok(None);
        }
        (None, [only]) => *only,
        (None, _) => {
            bail!("several schemes take tokens; name one by --scheme: {}", names.join(", "))
        }
        (Some(name), schemes) => match schemes.iter().find(|scheme| scheme.name == name) {
            Some(scheme) => scheme,
            None => bail!("no scheme `{name}` takes tokens; there is: {}", names.join(", ")),
        },
    };
    match &found.means {
        SchemeMeans::Token(rules) => Ok(Some(rules)),
        _ => Ok(None),
    }
}
