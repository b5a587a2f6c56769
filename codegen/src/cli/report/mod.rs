//! What a run found and did, for people and for programs.
//!
//! Owns the findings of both kinds, diagnostics of contracts and stale files, and a renderer for each format.

mod changes;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

pub(super) use crate::diag::count;

use crate::compat::Finding;
use crate::diag::{Diagnostic, Severity, has_errors};
use crate::model::{Service, System};
use crate::output::{Comparison, Written};
use crate::source::SourceMap;
use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

/// Names the finding of a stale file, as a diagnostic's code does.
const STALE: &str = "stale-output";

/// What to do about stale files.
const STALE_HELP: &str = "run `codegen` and commit the generated files";

/// What a run found and did.
pub(super) struct CheckReport<'a> {
    /// The contracts; with a base, those of the base too.
    pub(super) sources: SourceMap,
    /// How the output folder is called.
    out_name: &'a str,
    /// How the folder of contracts is called in paths of sources, and which path it has in the repository.
    spec_name: Option<(String, String)>,
    /// How that folder is called in paths of sources, and how people find it from where they are.
    spec_shown: Option<(String, String)>,
    /// What is to say of the contracts.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The files that differ from what the contracts produce.
    pub(super) stale: Comparison,
    /// What changed since a base, where there is one.
    pub(super) changes: Option<Changes>,
    /// What came of it; none when the contracts are wrong.
    pub(super) summary: Option<Summary>,
    /// Findings that are known already: reported only in formats that give the state of each.
    pub(super) known: Vec<Diagnostic>,
    /// Whether findings were told from known ones.
    pub(super) is_compared: bool,
    /// What was done beside the work itself.
    pub(super) done: Vec<String>,
    /// What is still missing for what was written, for people.
    pub(super) note: Option<String>,
}

/// What changed since a base.
#[derive(Default)]
pub(super) struct Changes {
    /// What the user named.
    pub(super) base: String,
    /// The versions that were compared with.
    pub(super) versions: Vec<String>,
    /// The changes that matter, the worst first.
    pub(super) findings: Vec<Finding>,
    /// Breaking changes that the policy accepts.
    pub(super) accepted: Vec<Finding>,
    /// Why versions could not be compared.
    pub(super) not_compared: Vec<String>,
}

/// A run in numbers.
pub(super) struct Summary {
    pub(super) n_services: usize,
    pub(super) n_operations: usize,
    pub(super) n_events: usize,
    pub(super) written: Written,
    /// Whether files are written, and not only compared.
    pub(super) writes: bool,
    pub(super) elapsed_ms: u128,
}

impl<'a> CheckReport<'a> {
    /// A report that says nothing yet.
    pub(super) fn new(sources: SourceMap, out_name: &'a str) -> Self {
        Self {
            sources,
            out_name,
            spec_name: None,
            spec_shown: None,
            diagnostics: Vec::new(),
            stale: Comparison::default(),
            changes: None,
            summary: None,
            known: Vec::new(),
            is_compared: false,
            done: Vec::new(),
            note: None,
        }
    }

    /// Whether the run ends with exit code 1.
    pub(super) fn is_refused(&self) -> bool {
        has_errors(&self.diagnostics) || !self.stale.is_fresh()
    }

    /// Takes every warning for an error.
    pub(super) fn deny_warnings(&mut self) {
        for diagnostic in &mut self.diagnostics {
            if diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
    }

    /// Leaves warnings and notes out.
    pub(super) fn keep_errors(&mut self) {
        self.diagnostics.retain(|one| one.severity == Severity::Error);
    }

    /// How many diagnostics there are of a severity.
    fn n_of(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|one| one.severity == severity).count()
    }

    /// Says where in the repository the contracts are, so that programs that read the report find the files.
    pub(super) fn located(mut self, spec: &Path) -> Self {
        let name =
            spec.canonicalize().ok().as_deref().and_then(Path::file_name).map(OsStr::to_owned);
        let name = name.map(|name| name.to_string_lossy().into_owned());
        self.spec_shown = name.clone().map(|name| (name, super::package::shown(spec)));
        self.spec_name = name.zip(path_in_repository(spec));
        self
    }

    /// The sources under the paths by which people find them from where they are; those of a base after its name.
    fn sources_as_shown(&self) -> Cow<'_, SourceMap> {
        let Some((name, shown)) = self.spec_shown.as_ref().filter(|(name, shown)| name != shown)
        else {
            return Cow::Borrowed(&self.sources);
        };
        let place = match shown.trim_start_matches("./").trim_end_matches('/') {
            "" | "." => String::new(),
            place => format!("{place}/"),
        };
        let versions = self.changes.iter().flat_map(|changes| &changes.versions);
        // What is in the folder of another base is not where these contracts are.
        let versions: Vec<_> = versions.filter(|name| !Path::new(name).is_dir()).collect();
        Cow::Owned(self.sources.renamed(|path| {
            let version = versions.iter().find_map(|name| {
                let version = path.get(..name.len() + 1)?;
                (version.strip_suffix(':') == Some(name)).then_some(version)
            });
            let version = version.unwrap_or_default();
            let below = path[version.len()..].strip_prefix(name.as_str())?.strip_prefix('/')?;
            Some(format!("{version}{place}{below}"))
        }))
    }

    /// The path of a file as the repository has it, and whether the text is that of the base: then its lines are
    /// not those of the file that is there now.
    fn path_of<'p>(&self, path: &'p str) -> (Cow<'p, str>, bool) {
        let versions = self.changes.iter().flat_map(|changes| &changes.versions);
        let mut olds =
            versions.filter_map(|name| path.strip_prefix(name.as_str())?.strip_prefix(':'));
        let old = olds.next();
        let named = old.unwrap_or(path);
        let located = self.spec_name.as_ref().and_then(|(name, place)| {
            let below = named.strip_prefix(name.as_str())?.strip_prefix('/')?;
            Some(Cow::Owned(format!("{place}/{below}")))
        });
        (located.unwrap_or(Cow::Borrowed(named)), old.is_some())
    }

    /// One word for the outcome.
    fn outcome(&self) -> &'static str {
        if self.is_breaking() {
            "breaking"
        } else if has_errors(&self.diagnostics) {
            "rejected"
        } else if self.stale.is_fresh() {
            "clean"
        } else {
            "stale"
        }
    }
}

/// The path of a folder within its git repository; `None` outside of a repository.
fn path_in_repository(folder: &Path) -> Option<String> {
    let whole = folder.canonicalize().ok()?;
    let root = whole.ancestors().find(|above| above.join(".git").exists())?;
    let steps = whole.strip_prefix(root).ok()?.components();
    let steps: Vec<_> = steps.map(|step| step.as_os_str().to_string_lossy()).collect();
    Some(steps.join("/")).filter(|path| !path.is_empty())
}

/// How many different events the system sends or receives.
pub(super) fn n_events(system: &System) -> usize {
    let mut seen = std::collections::BTreeSet::new();
    for message in system.services.iter().flat_map(Service::messages) {
        seen.insert((message.source.clone(), message.detail_type.clone(), message.version));
    }
    seen.len()
}
