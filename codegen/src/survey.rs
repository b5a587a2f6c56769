//! Which documents of a folder are accepted, and why the others are not.
//!
//! Owns the walk over a folder of anybody's OpenAPI and AsyncAPI documents and the run of the generator over each of
//! them, in a process of its own: what panics or takes too long spoils no other document. Judges nothing itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::diag::catalog::refusals;
use crate::lower::{beside, references, standard};

/// How a survey is made.
#[derive(Debug, Clone)]
pub(crate) struct Survey {
    /// The folder with the documents.
    pub folder: PathBuf,
    /// The generator.
    pub program: PathBuf,
    /// A `defaults.yaml` for documents of either kind.
    pub defaults: Option<PathBuf>,
    /// Where what is generated is left, a folder for each document; a temporary folder otherwise.
    pub keep: Option<PathBuf>,
    /// The processor time that a document may take.
    pub limit: Duration,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DocumentOutcome {
    /// Code was generated.
    Accepted,
    /// It was refused, with the codes of its errors, the first one first.
    Refused(Vec<String>),
    /// The generator failed: what it wrote last.
    Failed(String),
    /// It took longer than the limit.
    Slow,
}

/// A document of the folder.
#[derive(Debug, Clone)]
pub(crate) struct Surveyed {
    /// Its path below the folder.
    pub path: String,
    /// `openapi 3.1`
    pub standard: String,
    /// What became of it.
    pub outcome: DocumentOutcome,
    /// How long it took, in processor time where the system tells it.
    pub spent: Duration,
    /// How much memory it took at most, in KiB; nothing where the system does not tell.
    pub peak_kib: Option<u64>,
}

/// How a process ends.
enum End {
    /// By itself, with this exit code; without one where a signal ended it.
    Exit(Option<i32>),
    /// It took too long, and was ended.
    TooSlow,
}

impl Survey {
    /// Runs the generator over every document, `seen` after each.
    ///
    /// # Errors
    /// When the disk fails or no process can be started.
    pub(crate) fn run(&self, mut seen: impl FnMut(&Surveyed)) -> Result<Vec<Surveyed>> {
        let temporary = std::env::temp_dir().join(format!("codegen-survey-{}", std::process::id()));
        let base = self.keep.clone().unwrap_or_else(|| temporary.clone());
        let mut surveyed = Vec::new();
        for (path, text) in documents(&self.folder)? {
            let Some((key, version)) = standard(&text) else { continue };
            let place = base.join(format!("document-{}", surveyed.len() + 1));
            self.lay_out(&path, key, &place)?;
            let mut one = self.generate(&place)?;
            (one.path, one.standard) = (path, format!("{key} {version}"));
            seen(&one);
            surveyed.push(one);
        }
        if self.keep.is_none() && temporary.exists() {
            std::fs::remove_dir_all(&temporary).context("cannot remove the temporary folder")?;
        }
        Ok(surveyed)
    }

    /// A folder of contracts that holds one service: the document, and the files that it refers to.
    fn lay_out(&self, path: &str, key: &str, place: &Path) -> Result<()> {
        let spec = place.join("spec");
        let service = spec.join("service");
        let mut wanted = BTreeSet::from([path.to_owned()]);
        let mut seen = BTreeSet::new();
        while let Some(path) = wanted.pop_first() {
            let from = self.folder.join(&path);
            if path.starts_with("..") || !from.is_file() || !seen.insert(path.clone()) {
                continue;
            }
            let text = std::fs::read_to_string(&from).unwrap_or_default();
            wanted.extend(references(&path, &text).iter().map(|other| beside(&path, other)));
            // Beside `service.yaml` only those count that it names.
            let to = service.join("files").join(&path);
            let folder = to.parent().unwrap_or(&service);
            std::fs::create_dir_all(folder)
                .and_then(|()| std::fs::copy(&from, &to))
                .with_context(|| format!("cannot copy {path}"))?;
        }
        let named = json!({ key: format!("files/{path}") });
        std::fs::write(service.join("service.yaml"), named.to_string()).context("cannot write")?;
        if let Some(defaults) = &self.defaults {
            std::fs::copy(defaults, spec.join("defaults.yaml")).context("cannot copy defaults")?;
        }
        Ok(())
    }

    fn generate(&self, place: &Path) -> Result<Surveyed> {
        let file = |name: &str| std::fs::File::create(place.join(name)).context("cannot write");
        let mut command = Command::new(&self.program);
        command.args(["generate", "--format", "json", "--spec"]).arg(place.join("spec"));
        command.arg("--out").arg(place.join("generated")).stdin(Stdio::null());
        command.stdout(file("report.json")?).stderr(file("errors.txt")?);
        let mut child = command.spawn().context("cannot start the generator")?;
        let (end, spent, peak_kib) = self.wait(&mut child)?;
        let outcome = match end {
            End::TooSlow => DocumentOutcome::Slow,
            End::Exit(Some(0)) => DocumentOutcome::Accepted,
            End::Exit(Some(1)) => DocumentOutcome::Refused(codes(&place.join("report.json"))?),
            End::Exit(_) => {
                let told = std::fs::read_to_string(place.join("errors.txt")).unwrap_or_default();
                let first = told.lines().find(|line| line.contains("panicked"));
                let line = first.or_else(|| told.lines().last()).unwrap_or("ended by a signal");
                DocumentOutcome::Failed(line.to_owned())
            }
        };
        let (path, standard) = (String::new(), String::new());
        Ok(Surveyed { path, standard, outcome, spent, peak_kib })
    }

    /// How a process ends, its processor time, and its peak memory in KiB.
    fn wait(&self, child: &mut Child) -> Result<(End, Duration, Option<u64>)> {
        let start = Instant::now();
        let (mut spent, mut peak) = (Duration::ZERO, None);
        loop {
            if let Some(status) = child.try_wait().context("cannot wait for the generator")? {
                return Ok((End::Exit(status.code()), spent, peak));
            }
            spent = processor_time(child.id()).unwrap_or_else(|| start.elapsed());
            peak = peak_kib(child.id()).or(peak);
            // A process that waits for something takes no processor time, and is ended some time all the same.
            if spent > self.limit || start.elapsed() > self.limit * 60 {
                child.kill().and_then(|()| child.wait()).context("cannot end the generator")?;
                return Ok((End::TooSlow, spent, peak));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The files of a folder that may be documents, by path.
fn documents(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        let about = || format!("cannot read {}", at.display());
        for entry in std::fs::read_dir(&at).with_context(about)? {
            let path = entry.with_context(about)?.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let is_document = path
                .extension()
                .is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known));
            let Ok(below) = path.strip_prefix(folder) else { continue };
            if !is_document {
                continue;
            }
            if let Ok(text) = std::fs::read_to_string(&path) {
                found.insert(below.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    Ok(found)
}

/// The codes of the errors in a report, each once.
fn codes(report: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(report).context("cannot read a report")?;
    let report: Value = serde_json::from_str(&text).context("a report is no JSON")?;
    let mut codes = Vec::new();
    for finding in report["diagnostics"].as_array().into_iter().flatten() {
        let code = finding["code"].as_str().unwrap_or_default().to_owned();
        if finding["severity"] == "error" && !codes.contains(&code) {
            codes.push(code);
        }
    }
    Ok(codes)
}

/// The processor time of a process (Linux), in hundredths of a second.
fn processor_time(process: u32) -> Option<Duration> {
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = told.rsplit_once(')')?.1.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// The most memory that a process has had (Linux).
fn peak_kib(process: u32) -> Option<u64> {
    let told = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The table of a survey, in Markdown.
#[must_use]
pub(crate) fn table(surveyed: &[Surveyed]) -> String {
    let mut out = "| standard | documents | accepted | refused | failed | slow |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    let standards: BTreeSet<&str> = surveyed.iter().map(|one| one.standard.as_str()).collect();
    for standard in standards {
        let of = || surveyed.iter().filter(|one| one.standard == standard);
        let n = |is: fn(&DocumentOutcome) -> bool| of().filter(|one| is(&one.outcome)).count();
        let _ = writeln!(
            out,
            "| {standard} | {} | {} | {} | {} | {} |",
            of().count(),
            n(|outcome| *outcome == DocumentOutcome::Accepted),
            n(|outcome| matches!(outcome, DocumentOutcome::Refused(_))),
            n(|outcome| matches!(outcome, DocumentOutcome::Failed(_))),
            n(|outcome| *outcome == DocumentOutcome::Slow),
        );
    }
    let mut reasons: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for one in surveyed {
        let DocumentOutcome::Refused(codes) = &one.outcome else { continue };
        for code in codes {
            let (all, alone) = reasons.entry(code).or_default();
            *all += 1;
            *alone += usize::from(codes.len() == 1);
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(code, (all, _))| (usize::MAX - all, *code));
    out.push_str(
        "\n| refused for | documents | for nothing else | why |\n| --- | --- | --- | --- |\n",
    );
    for (code, (all, alone)) in reasons {
        // A code without a reason is a gap in the list that README.md has.
        let why = refusals::reason(code).unwrap_or("not listed");
        let _ = writeln!(out, "| {code} | {all} | {alone} | {why} |");
    }
    out
}

/// A survey as JSON.
#[must_use]
pub(crate) fn report(surveyed: &[Surveyed]) -> Value {
    let one = |one: &Surveyed| {
        let (outcome, reasons) = match &one.outcome {
            DocumentOutcome::Accepted => ("accepted", vec![]),
            DocumentOutcome::Refused(codes) => ("refused", codes.clone()),
            DocumentOutcome::Failed(why) => ("failed", vec![why.clone()]),
            DocumentOutcome::Slow => ("slow", vec![]),
        };
        json!({
            "path": one.path,
            "standard": one.standard,
            "outcome": outcome,
            "reasons": reasons,
            "processorMs": u64::try_from(one.spent.as_millis()).unwrap_or(u64::MAX),
            "peakKib": one.peak_kib,
        })
    };
    json!({ "documents": surveyed.iter().map(one).collect::<Vec<_>>() })
}
