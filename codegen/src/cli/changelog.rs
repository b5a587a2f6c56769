//! `changelog`: what changed by version and service, and which version is due.
//!
//! Owns the grouping and the arithmetic of versions (semver.org, 2.0.0). A change that a policy accepts is listed all the
//! same: whoever reads a changelog was not asked.

mod page;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use jiff::civil::Date;

use super::arguments::{Arguments, ChangelogForm, Day};
use super::base::{self, Version};
use super::report::CheckReport;
use super::{Exit, Folders, diff, judge, print, tell};
use crate::compat::{self, Demands, Finding, Level};
use crate::model::{Name, Service, System};
use crate::source::{SourceMap, Span};

/// Prints the changelog since a base.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    (since, form): (&str, ChangelogForm),
    day: &Day,
) -> Result<Exit> {
    let today = diff::today(day)?;
    let resolved = crate::resolve(&sources);
    let mut report = CheckReport::new(sources, &folders.out_name).located(&folders.spec);
    let policy = judge::load(&mut report, &folders.spec, &Default::default())?;
    let (Some(policy), Some(system)) = (policy, resolved.system) else {
        report.diagnostics.extend(judge::errors_of(resolved.diagnostics));
        tell(arguments, &report)?;
        return Ok(Exit::Refused);
    };
    let mut sections = Vec::new();
    let mut new = (None, system);
    for Version { name, sources, .. } in base::versions(&folders.spec, since)? {
        let old = diff::resolve_base(&sources, &name).map_err(anyhow::Error::msg)?;
        sections.push(section((&name, &old), (new.0.as_deref(), &new.1), policy.demands, today));
        new = (Some(name), old);
    }
    print(&page::render(&sections, form)?).map(|()| Exit::Clean)
}

/// The changes from one version to the next.
struct Section {
    title: String,
    services: Vec<Due>,
    /// All changes, the worst first.
    findings: Vec<Finding>,
}

/// Which version a service should have.
struct Due {
    service: String,
    words: String,
}

fn section(
    (was, old): (&str, &System),
    (is, new): (Option<&str>, &System),
    demands: Demands,
    today: Date,
) -> Section {
    let found = compat::compare_by(old, new, today, demands);
    let owners = Owners::of(old, new);
    let owned: Vec<_> = found.iter().map(|finding| owners.owning(finding)).collect();
    let services = new.services.iter().map(|service| {
        // What belongs to no service, all of them have.
        let is_own = |owners: &BTreeSet<&str>| {
            owners.is_empty() || owners.contains(service.name.wire.as_str())
        };
        let own = found.iter().zip(&owned).filter(|(_, owners)| is_own(owners));
        let own = own.map(|(finding, _)| finding);
        let before = old.services.iter().find(|before| before.name.wire == service.name.wire);
        Due { service: service.name.wire.clone(), words: due(before, service, own) }
    });
    let services = services.collect();
    let mut findings = compat::collapse(found);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let title = match is {
        Some(is) => format!("{is}, since {was}"),
        None => format!("Unreleased, since {was}"),
    };
    Section { title, services, findings }
}

/// Which services have what changes are about.
struct Owners<'s> {
    names: BTreeSet<&'s str>,
    /// By the subject of a change: a route, a table, a function, a queue, a rule, or the service itself.
    by_subject: BTreeMap<String, BTreeSet<&'s str>>,
    /// By the place of `x-cors`.
    by_cors: Vec<(Span, &'s str)>,
}

impl<'s> Owners<'s> {
    fn of(old: &'s System, new: &'s System) -> Self {
        let (names, by_subject) = (BTreeSet::new(), BTreeMap::new());
        let mut owners = Self { names, by_subject, by_cors: Vec::new() };
        for service in [old, new].into_iter().flat_map(|system| &system.services) {
            let name = service.name.wire.as_str();
            owners.names.insert(name);
            owners.by_cors.extend(service.cors.as_ref().map(|cors| (cors.origin.span, name)));
            for subject in subjects(service) {
                owners.by_subject.entry(subject).or_default().insert(name);
            }
        }
        owners
    }

    /// The services that have what a change is about; nobody where all of them have it.
    fn owning(&self, finding: &Finding) -> BTreeSet<&'s str> {
        let subject = finding.subject.as_str();
        let mut found = self.by_subject.get(subject).cloned().unwrap_or_default();
        let behind = subject.rsplit_once(" of ").and_then(|(_, name)| self.names.get(name));
        found.extend(behind.copied());
        if subject == "x-cors" {
            let places = [finding.old_span, finding.new_span];
            let own = self.by_cors.iter().filter(|(span, _)| places.contains(&Some(*span)));
            found.extend(own.map(|(_, name)| *name));
        }
        found
    }
}

/// What changes of a service may be about, besides what has its name behind `of`.
fn subjects(service: &Service) -> impl Iterator<Item = String> {
    let name = service.name.wire.as_str();
    let named = |kind: &'static str, own: &Name| format!("{kind} {}", own.wire);
    let routes = service
        .operations
        .iter()
        .map(|operation| format!("{} {}", operation.method.as_str(), operation.path.text));
    let queues = service.receives.iter().flat_map(|one| one.delivery.queues());
    let rules = service.receives.iter().filter_map(|one| one.delivery.rule());
    [name.to_owned(), format!("service {name}")]
        .into_iter()
        .chain(routes)
        .chain(service.tables.iter().map(move |one| named("table", &one.name)))
        .chain(service.functions.iter().map(move |one| named("function", &one.name)))
        .chain(queues.map(move |one| named("queue", &one.name)))
        .chain(rules.map(move |one| named("rule", &one.name)))
}

/// How much a version goes up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bump {
    Minor,
    Major,
}

fn due<'a>(
    before: Option<&Service>,
    after: &Service,
    findings: impl Iterator<Item = &'a Finding>,
) -> String {
    let Some(before) = before else { return format!("new, {}", after.version) };
    let bump = findings.map(|finding| match finding.level {
        Level::Error => Bump::Major,
        Level::Warning | Level::Info => Bump::Minor,
    });
    let Some(bump) = bump.max() else {
        return format!("{}, no visible change", after.version);
    };
    let (was, is) = (numbers(&before.version), numbers(&after.version));
    let word = match bump {
        Bump::Major => "breaking",
        Bump::Minor => "compatible",
    };
    let Some(next) = was.map(|was| next(was, bump)) else {
        return format!("{word}; `{}` is not a semantic version to increment", before.version);
    };
    let [major, minor, patch] = next;
    let due = format!("{word}, {} → {major}.{minor}.{patch} required", before.version);
    match is {
        Some(is) if is >= next => format!("{due}; the contract says {}", after.version),
        _ => format!("{due}, but the contract says {}", after.version),
    }
}

/// The next version. Before 1.0.0, the second number counts what breaks.
fn next([major, minor, patch]: [u64; 3], bump: Bump) -> [u64; 3] {
    match (bump, major) {
        (Bump::Major, 0) => [0, minor + 1, 0],
        (Bump::Major, _) => [major + 1, 0, 0],
        (Bump::Minor, 0) => [0, minor, patch + 1],
        (Bump::Minor, _) => [major, minor + 1, 0],
    }
}

/// The three numbers of a version; one without all three has nothing behind them.
fn numbers(version: &str) -> Option<[u64; 3]> {
    let version = version.trim_start_matches('v');
    let core = version.split(['-', '+']).next()?;
    let numbers: Vec<u64> =
        core.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    match numbers[..] {
        [major, minor, patch] => Some([major, minor, patch]),
        [major, minor] if core == version => Some([major, minor, 0]),
        [major] if core == version => Some([major, 0, 0]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_raises_the_first_number_that_counts() {
        let up = |version: &str, bump| numbers(version).map(|version| next(version, bump));
        assert_eq!(up("1.2.3", Bump::Major), Some([2, 0, 0]));
        assert_eq!(up("1.2.3", Bump::Minor), Some([1, 3, 0]));
        assert_eq!(up("0.2.3", Bump::Major), Some([0, 3, 0]));
        assert_eq!(up("v0.2.3-rc.1", Bump::Minor), Some([0, 2, 4]));
        assert_eq!(up("2", Bump::Minor), Some([2, 1, 0]));
        assert_eq!(up("2024-01-01", Bump::Major), None);
        assert_eq!(up("1.2.3.4", Bump::Major), None);
    }
}
