//! `dev`: the system on this machine while its contracts and rules are written.
//!
//! `watch → generate → build → serve`, again for each saved file. Owns the order of the steps and what is told of them:
//! what was right last goes on being served until all steps went well. Building is cargo's, serving the stage's.

mod build;
mod serve;
mod watch;

use std::io::IsTerminal as _;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use super::arguments::{Arguments, Dev};
use super::report::CheckReport;
use super::{Exit, Folders, print, rendered, workspace};
use crate::diag::Severity;
use crate::model::System;
use crate::{output, read};
use build::Built;
use serve::Served;
use watch::Watch;

/// How long a save may take, from its first file to its last.
const SETTLES: Duration = Duration::from_millis(60);

/// How often files are looked at.
const INTERVAL: Duration = Duration::from_millis(150);

/// How many lines of an error are shown; the first of them say what is wrong.
const MAX_LINES: usize = 40;

/// Serves until it is interrupted.
pub(super) fn run(arguments: &Arguments, folders: &Folders, wanted: &Dev) -> Result<Exit> {
    let root = super::package::workspace(folders);
    let root = root.canonicalize().with_context(|| format!("cannot find {}", root.display()))?;
    let spec = folders.spec.canonicalize();
    spec.with_context(|| format!("cannot read {}", folders.spec.display()))?;
    let mut session = Session { arguments, folders, wanted, root: &root, served: None };
    let mut watch = Watch::new(&[&root, &folders.spec], &folders.out);
    let mut changed: Vec<String> = Vec::new();
    loop {
        session.step(&changed)?;
        loop {
            std::thread::sleep(INTERVAL);
            if let Some(served) = &mut session.served
                && let Some(status) = served.ended()?
            {
                anyhow::bail!("the stage ended: {status}");
            }
            changed = watch.changes();
            if !changed.is_empty() {
                break;
            }
        }
        std::thread::sleep(SETTLES);
        changed.extend(watch.changes());
    }
}

/// A system that is served.
struct Session<'a> {
    arguments: &'a Arguments,
    folders: &'a Folders,
    wanted: &'a Dev,
    root: &'a Path,
    served: Option<Served>,
}

impl Session<'_> {
    /// Takes up what there is now, and tells what came of it. What is wrong waits for the next change, as a contract
    /// with errors does: a manifest may be saved half, a folder gone for a moment, a port in use.
    fn step(&mut self, changed: &[String]) -> Result<()> {
        let began = Instant::now();
        if !changed.is_empty() {
            self.begin(changed)?;
        }
        let since = if changed.is_empty() { "start" } else { "save" };
        let taken_up = self.take_up(began, since).unwrap_or_else(|error| {
            complain(&format!("error: {error:#}"));
            None
        });
        let state = match taken_up {
            Some(line) => line,
            None if self.served.is_some() => {
                "waiting for a change; the last working version keeps running".to_owned()
            }
            None => "waiting for a change; nothing is running yet".to_owned(),
        };
        print(&format!("{state}\n"))
    }

    /// Tells what was saved; on a terminal, on an empty screen.
    fn begin(&self, changed: &[String]) -> Result<()> {
        if std::io::stdout().is_terminal() {
            print("\x1b[2J\x1b[H")?;
        }
        let mut names = changed.to_vec();
        names.sort();
        names.dedup();
        let more = names.len().saturating_sub(3);
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        names.truncate(3);
        print(&format!("changed: {}{more}\n", names.join(", ")))
    }

    /// Generates, builds and serves; nothing where something is wrong, which was told then.
    fn take_up(&mut self, began: Instant, since: &str) -> Result<Option<String>> {
        let Some(system) = self.generate()? else { return Ok(None) };
        let generated = began.elapsed();
        let with_stage = self.served.is_none();
        let Built { folder, stage } = match build::build(self.root, &system, with_stage)? {
            Ok(built) => built,
            Err(said) => {
                complain(&said);
                return Ok(None);
            }
        };
        let built = began.elapsed();
        let template = self.folders.out.join("infra/template.yaml");
        let served = match &mut self.served {
            Some(served) => served.reload(),
            None => Served::start(&stage, &template, &folder, self.wanted).map(|served| {
                let url = served.url.clone();
                self.served = Some(served);
                Ok(url)
            }),
        }?;
        Ok(match served {
            Err(said) => {
                complain(&said);
                None
            }
            Ok(url) => Some(format!(
                "serving {url}, {} after the {since} (contracts {}, build {})",
                seconds(began.elapsed()),
                seconds(generated),
                seconds(built - generated)
            )),
        })
    }

    /// Brings generated files to what the contracts mean; nothing where they are wrong, which was told then.
    fn generate(&self) -> Result<Option<System>> {
        let sources = read::read_spec(&self.folders.spec)?;
        let resolved = crate::resolve(&sources);
        let mut report = CheckReport::new(sources, &self.folders.out_name);
        report.diagnostics.extend(super::judge::errors_of(resolved.diagnostics));
        let mut system = resolved.system;
        if let Some(system) = &mut system {
            let crates = workspace::around(&self.folders.out)?.crates;
            let files = crate::generate_from(&report.sources, resolved.made, system, &crates);
            output::write(&self.folders.out, &files)?;
        }
        let colored = rendered::is_colored(self.arguments.color, std::io::stderr().is_terminal());
        let said = report.human(colored, Severity::Note);
        if !said.is_empty() {
            complain(&said);
        }
        if system.is_none() && report.diagnostics.is_empty() {
            complain("there are no contracts (<service>/openapi.yaml or asyncapi.yaml)\n");
        }
        Ok(system)
    }
}

/// Tells what is wrong, as much of it as one screen holds.
fn complain(said: &str) {
    let lines: Vec<&str> = said.lines().collect();
    for line in lines.iter().take(MAX_LINES) {
        eprintln!("{line}");
    }
    if let Some(more) = lines.len().checked_sub(MAX_LINES).filter(|more| *more > 0) {
        eprintln!("... {more} more lines");
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::cli::arguments::Command;

    #[test]
    fn what_cannot_be_read_waits_for_the_next_change() {
        let root = std::path::Path::new("/a-folder-that-is-gone");
        let arguments = Arguments::of(["codegen", "dev"].map(Into::into));
        let Command::Dev(wanted) = arguments.command() else { unreachable!("asked for above") };
        let folders = Folders {
            spec: root.join("spec"),
            out: root.join("generated"),
            out_name: "generated".to_owned(),
        };
        let mut session =
            Session { arguments: &arguments, folders: &folders, wanted, root, served: None };
        session.step(&["spec".to_owned()]).unwrap();
    }
}
