//! `changelog`: what changed by version and service, and which version is due.
//!
//! Owns the grouping and the arithmetic of versions (semver.org, 2.0.0). A change that a policy accepts is listed all the
//! same: whoever reads a changelog was not asked.

mod page;

use anyhow::Result;
use jiff::civil::Date;

use super::arguments::{Arguments, ChangelogForm, Day};
use super::base::{self, Version};
use super::report::Report;
use super::{Folders, Outcome, diff, judge, print, tell};
use crate::compat::{self, Demands, Finding, Level};
use crate::model::{Name, Service, System};
use crate::source::SourceMap;

/// Prints the changelog since a base.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: SourceMap,
    (since, form): (&str, ChangelogForm),
    day: &Day,
) -> Result<Outcome> {
    let today = diff::today(day)?;
    let resolved = crate::resolve(&sources);
    let mut report = Report::new(sources, &folders.out_name).located(&folders.spec);
    let policy = judge::load(&mut report, &folders.spec, &Default::default())?;
    let (Some(policy), Some(system)) = (policy, resolved.system) else {
        report.diagnostics.extend(judge::errors_of(resolved.diagnostics));
        tell(arguments, &report)?;
        return Ok(Outcome::Refused);
    };
    let mut sections = Vec::new();
    let mut new = (None, system);
    for Version { name, sources, .. } in base::versions(&folders.spec, since)? {
        let old = diff::resolve_base(&sources, &name).map_err(anyhow::Error::msg)?;
        sections.push(section((&name, &old), (new.0.as_deref(), &new.1), policy.demands, today));
        new = (Some(name), old);
    }
    print(&page::render(&sections, form)?).map(|()| Outcome::Clean)
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
    let services = new.services.iter().map(|service| {
        let own = found.iter().filter(|finding| is_of(finding, service, old, new));
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

/// Whether a change is one of a service: its own, or one that belongs to none, which all of them have.
fn is_of(finding: &Finding, service: &Service, old: &System, new: &System) -> bool {
    let owns = |one: &Service| is_own(finding, one, old, new);
    let mut all = [old, new].into_iter().flat_map(|system| &system.services);
    owns(service) || !all.any(owns)
}

/// Whether a change is about what a service has: by its routes, by its name behind `of`, by its tables, functions or queues,
/// or by the contract that it stands in.
fn is_own(finding: &Finding, service: &Service, old: &System, new: &System) -> bool {
    let subject = finding.subject.as_str();
    let name = service.name.wire.as_str();
    if subject.ends_with(&format!(" of {name}")) {
        return true;
    }
    let versions = [old, new].into_iter().flat_map(|system| &system.services);
    versions.filter(|version| version.name.wire == name).any(|version| {
        let is_route = version.operations.iter().any(|operation| {
            subject == format!("{} {}", operation.method.as_str(), operation.path.text)
        });
        let is_named = |kind: &str, own: &Name| subject == format!("{kind} {}", own.wire);
        let mut queues = version.receives.iter().flat_map(|one| one.delivery.queues());
        let mut rules = version.receives.iter().filter_map(|one| one.delivery.rule());
        let is_cors = subject == "x-cors"
            && version.cors.as_ref().is_some_and(|cors| {
                let places = [finding.old_span, finding.new_span];
                places.contains(&Some(cors.origin.span))
            });
        is_route
            || is_cors
            || version.tables.iter().any(|one| is_named("table", &one.name))
            || version.functions.iter().any(|one| is_named("function", &one.name))
            || queues.any(|one| is_named("queue", &one.name))
            || rules.any(|one| is_named("rule", &one.name))
            || subject == name
            || subject == format!("service {name}")
    })
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
