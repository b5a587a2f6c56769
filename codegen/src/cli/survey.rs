//! `survey`: the documents of a folder, and the outcome for each.

use std::io::Write as _;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::arguments::{Arguments, Format, Surveyed};
use super::{Exit, print};
use crate::survey::{self, Survey};

/// Runs the survey; refused where any document failed or took too long.
pub(super) fn run(arguments: &Arguments, of: &Surveyed) -> Result<Exit> {
    if !of.folder.is_dir() {
        bail!("{} is not a folder", of.folder.display());
    }
    let survey = Survey {
        folder: of.folder.clone(),
        program: std::env::current_exe().context("cannot find the path of the generator")?,
        defaults: of.defaults.clone(),
        keep: of.keep.clone(),
        limit: Duration::from_secs(of.limit),
    };
    let surveyed = survey.run(|one| {
        if !arguments.quiet {
            let ms = one.spent.as_millis();
            let line = format!("{:>6} ms  {:?}  {}\n", ms, one.outcome, one.path);
            let _ = std::io::stderr().write_all(line.as_bytes());
        }
    })?;
    match arguments.format {
        Format::Json => print(&format!("{:#}\n", survey::report(&surveyed)))?,
        _ => print(&survey::table(&surveyed))?,
    }
    let is_bad = |one: &survey::Surveyed| {
        matches!(one.outcome, survey::DocumentOutcome::Failed(_) | survey::DocumentOutcome::Slow)
    };
    Ok(if surveyed.iter().any(is_bad) { Exit::Refused } else { Exit::Clean })
}
