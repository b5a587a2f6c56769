//! The policy of a run: what its file says, and what the command line says over it.
//!
//! Owns where the policy comes from. Judges nothing: [`crate::policy`] does.

use std::path::Path;

use anyhow::{Result, bail};

use super::arguments::{Mode, PresetName, Strictness};
use super::report::CheckReport;
use crate::compat::{Compatibility, catalog};
use crate::diag::{Diagnostic, Level, Severity};
use crate::lint;
use crate::policy::{CONSUMERS_FOLDER, POLICY_FILE, Policy, Preset};
use crate::read;

/// What `--deny` takes beside rules.
const WARNINGS: &str = "warnings";

/// The policy beside the contracts; none when its file is wrong, which then stands in the report.
pub(super) fn load(
    report: &mut CheckReport<'_>,
    spec: &Path,
    strictness: &Strictness,
) -> Result<Option<Policy>> {
    let mut policy = match read::add_beside(&mut report.sources, spec, POLICY_FILE)? {
        None => Policy::default(),
        Some(file) => match Policy::parse(&report.sources, file) {
            Ok(policy) => policy,
            Err(faults) => {
                report.diagnostics.extend(faults);
                return Ok(None);
            }
        },
    };
    let mut faults = policy.read_comments(&report.sources);
    faults.extend(read_consumers(report, spec, &mut policy)?);
    faults.extend(policy.unknown_consumers());
    if !faults.is_empty() {
        report.diagnostics.extend(faults);
        return Ok(None);
    }
    if let Some(preset) = strictness.preset {
        policy.set_preset(match preset {
            PresetName::Minimal => Preset::Minimal,
            PresetName::Recommended => Preset::Recommended,
            PresetName::Strict => Preset::Strict,
        });
    }
    if let Some(mode) = strictness.events {
        policy.demands.events = match mode {
            Mode::Delivery => Compatibility::Delivery,
            Mode::Backward => Compatibility::Backward,
            Mode::Forward => Compatibility::Forward,
            Mode::Full => Compatibility::Full,
        };
    }
    for rule in strictness.deny.iter().filter(|rule| *rule != WARNINGS) {
        policy.set(known(rule)?, Some(Level::Error));
    }
    for rule in &strictness.allow {
        policy.set(known(rule)?, None);
    }
    Ok(Some(policy))
}

/// Takes the registered consumers in; answers with what is wrong with their files.
fn read_consumers(
    report: &mut CheckReport<'_>,
    spec: &Path,
    policy: &mut Policy,
) -> Result<Vec<Diagnostic>> {
    let mut faults = Vec::new();
    for path in read::entries_of(&spec.join(CONSUMERS_FOLDER)) {
        let Some(name) = path.file_name() else { continue };
        let below = format!("{CONSUMERS_FOLDER}/{}", name.to_string_lossy());
        let Some(name) = consumer(&below) else { continue };
        let Some(file) = read::add_beside(&mut report.sources, spec, &below)? else { continue };
        faults.extend(policy.consumers.add(&report.sources, file, name).err().unwrap_or_default());
    }
    Ok(faults)
}

/// The consumer that a file below the folder of contracts describes, if it is one of a consumer.
pub(super) fn consumer(below: &str) -> Option<&str> {
    let (name, ending) = below.rsplit_once('/')?.1.rsplit_once('.')?;
    let is_known = ["yaml", "yml", "json"].contains(&ending);
    // A service may be called like this, too.
    (is_known && !crate::lower::is_document(&format!("spec/{below}"))).then_some(name)
}

/// Whether warnings are refused like errors.
pub(super) fn denies_warnings(strictness: &Strictness) -> bool {
    strictness.deny.iter().any(|rule| rule == WARNINGS)
}

/// The errors among diagnostics: what is left to say when nobody knows which of the others matter.
pub(super) fn errors_of(diagnostics: Vec<Diagnostic>) -> impl Iterator<Item = Diagnostic> {
    let is_error = |one: &Diagnostic| {
        one.severity == Severity::Error && lint::rule(one.code).is_none_or(|rule| !rule.is_lint())
    };
    diagnostics.into_iter().filter(is_error)
}

fn known(rule: &str) -> Result<&str> {
    let is_change = || catalog::all().iter().any(|known| known.id == rule);
    if lint::rule(rule).is_none() && !is_change() {
        bail!("unknown rule `{rule}`; `rules` lists all rules");
    }
    Ok(rule)
}
