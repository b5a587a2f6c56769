//! Access tokens of the local issuer, for calling a local stage from a shell or a script.
//!
//! The signing key is below the workspace's `target`, where `stage` finds it too, whatever `CARGO_TARGET_DIR` is. No
//! repository contains it, and no deployed stage trusts it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Parser;
use codegen::model::{SchemeMeans, SecurityScheme, System, TokenRules};
use codegen::read;
use serde_json::Value;
use stage::cli::{LONGEST, claim, issuer_for_token, issuer_key, validity};

const EXAMPLES: &str = "\
Examples:
  token=$(codegen token --sub anna --scope orders.read)
  curl -H \"Authorization: Bearer $token\" http://127.0.0.1:3000/order
      Call a stage that `codegen dev` or `cargo run -p stage` started.

Exit codes:
  0  success: the token is on standard output
  1  no operation accepts a token, or the contracts are invalid
  2  wrong usage, or a key file that cannot be used";

/// Print an access token for a local stage
#[derive(Debug, Parser)]
#[command(name = "codegen-token", bin_name = "codegen token", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// The security scheme of the contracts [default: the only scheme that uses tokens]
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,
    /// A scope to grant; repeatable
    #[arg(long, value_name = "SCOPE")]
    scope: Vec<String>,
    /// The claim `sub`, which identifies the caller
    #[arg(long, value_name = "SUBJECT", default_value = "local")]
    sub: String,
    /// An additional claim, as JSON or as a string; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = claim)]
    claim: Vec<(String, Value)>,
    /// How long the token is valid, in seconds; negative for an expired token
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600, allow_negative_numbers = true,
          value_parser = clap::value_parser!(i64).range(-LONGEST..=LONGEST))]
    expires_in: i64,
    /// Print the issuer's public keys as a JSON Web Key Set instead of a token
    #[arg(long)]
    jwks: bool,
    /// The folder with the contracts [default: spec, in this folder or in the workspace above it]
    #[arg(long, value_name = "FOLDER")]
    spec: Option<PathBuf>,
    /// The file with the issuer's key, created when missing [default: target/stage/issuer.key of the
    /// workspace]
    #[arg(long, value_name = "FILE")]
    issuer_key: Option<PathBuf>,
    #[command(flatten)]
    _common: Common,
}

/// Options of every command that do not affect a token.
#[derive(Debug, clap::Args)]
struct Common {
    #[arg(long, hide = true)]
    format: Option<String>,
    #[arg(long, hide = true)]
    color: Option<String>,
    #[arg(short, long, hide = true)]
    quiet: bool,
}

/// Runs the command line of this process.
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

/// The token; `None` when the contracts are invalid, which has been reported.
fn mint(arguments: &Arguments) -> anyhow::Result<Option<String>> {
    let spec = match &arguments.spec {
        Some(spec) => spec.clone(),
        None => codegen::cli::find_spec()?,
    };
    let file = match &arguments.issuer_key {
        Some(file) => file.clone(),
        None => {
            let whole = spec.canonicalize().context("cannot find the contracts")?;
            issuer_key(whole.parent().unwrap_or(Path::new(".")))
        }
    };
    if arguments.jwks {
        return Ok(Some(issuer_for_token(&file)?.jwks().to_string()));
    }
    let sources = read::read_spec(&spec)?;
    let Some(system) = codegen::resolve(&sources).system else {
        let _ =
            writeln!(std::io::stderr(), "error: the contracts are invalid; run `codegen check`");
        return Ok(None);
    };
    let Some(rules) = rules(&system, arguments.scheme.as_deref())? else { return Ok(None) };
    for scope in &arguments.scope {
        tell_of_unknown(scope, &system);
    }
    tell_of_skew(arguments.expires_in, rules.leeway_seconds);
    // A key is made for a token alone, and not where there is none to print.
    let issuer = issuer_for_token(&file)?;
    let (began, seconds) = validity(arguments.expires_in);
    let mut claims = rules.claims(&arguments.sub, &arguments.scope, began, seconds);
    for (name, value) in &arguments.claim {
        claims[name.as_str()] = value.clone();
    }
    Ok(Some(issuer.mint(&claims)?))
}

/// A scope that no operation asks for is a misspelt one, or one that a caller should do without: the token is valid, and
/// what was meant by it is refused later.
fn tell_of_unknown(scope: &str, system: &System) {
    let asked = system.secured().flat_map(|(service, operation)| {
        let scopes = operation.security.iter().flatten().flat_map(|(_, scopes)| scopes);
        let owner = service.owner_source(operation).and_then(|(owner, _)| owner.unless.as_ref());
        scopes.chain(owner)
    });
    let asked: BTreeSet<&str> = asked.map(String::as_str).collect();
    if !asked.contains(scope) {
        let known = asked.into_iter().collect::<Vec<_>>().join(", ");
        let known = if known.is_empty() { "none".to_owned() } else { known };
        let _ = writeln!(
            std::io::stderr(),
            "warning: no operation asks for the scope `{scope}`; scopes that are asked for: {known}"
        );
    }
}

/// A token that has just expired is still accepted, because clocks may differ: whoever tries what is refused would not see it.
fn tell_of_skew(expires_in: i64, leeway_seconds: u32) {
    let left = expires_in.saturating_add(leeway_seconds.into());
    if expires_in <= 0 && left > 0 {
        let _ = writeln!(
            std::io::stderr(),
            "warning: this token is accepted for another {left} s, because the scheme allows a clock skew of {leeway_seconds} s (`leewaySeconds`); to see it refused, use --expires-in -{leeway_seconds}"
        );
    }
}

/// The claims that tokens of the scheme need; `None` when no operation accepts tokens, which has been reported.
fn rules<'s>(system: &'s System, name: Option<&str>) -> anyhow::Result<Option<&'s TokenRules>> {
    let all = system.asked_schemes().into_iter();
    let takes_tokens = |scheme: &&'s SecurityScheme| matches!(scheme.means, SchemeMeans::Token(_));
    let schemes: Vec<&SecurityScheme> = all.filter(takes_tokens).collect();
    let names: Vec<_> = schemes.iter().map(|scheme| scheme.name.as_str()).collect();
    let found = match (name, schemes.as_slice()) {
        (None, []) => {
            let _ = writeln!(std::io::stderr(), "error: no operation accepts a token");
            return Ok(None);
        }
        (None, [only]) => *only,
        (None, _) => {
            bail!(
                "several security schemes use tokens; choose one with --scheme: {}",
                names.join(", ")
            )
        }
        (Some(name), schemes) => match schemes.iter().find(|scheme| scheme.name == name) {
            Some(scheme) => scheme,
            None => {
                bail!("no security scheme `{name}` uses tokens; these do: {}", names.join(", "))
            }
        },
    };
    match &found.means {
        SchemeMeans::Token(rules) => Ok(Some(rules)),
        _ => Ok(None),
    }
}
