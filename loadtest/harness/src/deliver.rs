//! What a run leaves behind: reports in their places, the verdict on the terminal. The verdict is printed whatever
//! becomes of the rest, for a full disk says nothing about the system.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Context;

use crate::destination::{Destination, is_device, probe, replace};
use crate::options::{ColorChoice, RunArgs};
use crate::report::{Report, hdr, html, json, junit, markdown, text};
use crate::terminal::Paint;

/// Where reports go.
pub(crate) struct Outputs<'a> {
    pub(crate) html: &'a Path,
    pub(crate) json: &'a Destination,
    pub(crate) summary: Option<&'a Path>,
    pub(crate) junit: Option<&'a Path>,
    pub(crate) hdr: Option<&'a Path>,
    pub(crate) color: ColorChoice,
}

impl<'a> Outputs<'a> {
    /// Where a run's go.
    pub(crate) fn of(args: &'a RunArgs) -> Self {
        Self {
            html: &args.report,
            json: &args.json,
            summary: args.summary.as_deref(),
            junit: args.junit.as_deref(),
            hdr: args.hdr.as_deref(),
            color: args.color,
        }
    }

    /// Where those of a merge go.
    pub(crate) fn of_merge(html: &'a Path, json: &'a Destination) -> Self {
        Self { html, json, summary: None, junit: None, hdr: None, color: ColorChoice::Auto }
    }

    /// Makes sure that each report can be written where it is due, and that none takes another's place: after an hour
    /// of load it is too late to learn that.
    ///
    /// # Errors
    /// The first that cannot.
    pub(crate) fn probe(&self) -> Result<(), String> {
        let json = match self.json {
            Destination::File(path) => Some(path.as_path()),
            Destination::Stdout | Destination::Object { .. } => None,
        };
        let all = [
            ("--report", Some(self.html)),
            ("--json", json),
            ("--summary", self.summary),
            ("--junit", self.junit),
            ("--hdr", self.hdr),
        ];
        let all: Vec<_> = all.iter().filter_map(|(name, path)| Some((*name, (*path)?))).collect();
        for (index, (name, path)) in all.iter().enumerate() {
            let is_same = |other: &&(&str, &Path)| {
                let plain = |path: &Path| std::path::absolute(path).ok();
                !is_device(path) && plain(other.1) == plain(path)
            };
            if let Some((other, _)) = all[..index].iter().find(is_same) {
                return Err(format!(
                    "{name} and {other} both name {}; each needs a file of its own",
                    path.display()
                ));
            }
            probe(path).map_err(|error| {
                format!("{name}: cannot write {}: {error}; name another file", path.display())
            })?;
        }
        Ok(())
    }

    /// Writes the reports and prints the verdict.
    ///
    /// # Errors
    /// What could not be written, all of it.
    pub(crate) async fn deliver(&self, report: &Report) -> anyhow::Result<()> {
        let mut all = vec![write(self.html, html::render(report))];
        all.extend(self.summary.map(|file| append(file, &markdown::render(report))));
        all.extend(self.junit.map(|file| write(file, junit::render(report))));
        all.extend(self.hdr.map(|file| write(file, hdr::render(report)?)));
        let written = self.json.write(json::render(report)).await;
        all.push(written.with_context(|| format!("cannot write {}", self.json)));
        let failed = all.into_iter().filter_map(Result::err).map(|error| format!("{error:#}"));
        let failed: Vec<_> = failed.collect();
        let page = std::path::absolute(self.html).unwrap_or_else(|_| self.html.to_owned());
        let page = failed.is_empty().then_some(page);
        let verdict = |is_terminal| {
            text::render(report, Paint::new(self.color.use_color(is_terminal)), page.as_deref())
        };
        if *self.json == Destination::Stdout {
            print(io::stderr(), &verdict(io::stderr().is_terminal()));
            print(io::stdout(), &json::render(report));
        } else {
            print(io::stdout(), &verdict(io::stdout().is_terminal()));
        }
        anyhow::ensure!(failed.is_empty(), "{}", failed.join("\nerror: "));
        Ok(())
    }
}

fn write(path: &Path, text: impl AsRef<[u8]>) -> anyhow::Result<()> {
    replace(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Adds to the end of a file, which others write to as well.
fn append(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes()))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// Prints; a reader that went away does not change the verdict.
pub(crate) fn print(mut out: impl Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
