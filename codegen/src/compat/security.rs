//! Security requirements of operations: alternatives, each a set of schemes with scopes.

use super::finding::{Report, Site};

type Alternative = Vec<(String, Vec<String>)>;

/// Compares the security requirements of an operation. An empty list, like an alternative without schemes, lets
/// anyone call.
pub(super) fn compare(report: &mut Report, site: &Site, old: &[Alternative], new: &[Alternative]) {
    let open = |alternatives: &[Alternative]| {
        alternatives.is_empty() || alternatives.iter().any(Vec::is_empty)
    };
    match (open(old), open(new)) {
        (true, true) => {}
        (true, false) => report.add("api-security-added", site, "", all(new)),
        (false, true) => report.add("api-security-became-open", site, all(old), ""),
        (false, false) => compare_alternatives(report, site, old, new),
    }
}

fn compare_alternatives(
    report: &mut Report,
    site: &Site,
    old: &[Alternative],
    new: &[Alternative],
) {
    for alternative in old {
        let same = new.iter().filter(|other| schemes(other) == schemes(alternative));
        let same: Vec<_> = same.collect();
        if same.is_empty() {
            let weaker = new.iter().any(|other| is_enough_for(alternative, other));
            if !weaker {
                report.add("api-security-removed", site, words(alternative), "");
            }
        } else if !same.iter().any(|other| is_enough_for(alternative, other)) {
            report.add("api-security-scope-added", site, words(alternative), words(same[0]));
        } else if !same.iter().any(|other| is_enough_for(other, alternative)) {
            report.add("api-security-scope-removed", site, words(alternative), words(same[0]));
        }
    }
    for alternative in new {
        if !old.iter().any(|other| schemes(other) == schemes(alternative)) {
            report.add("api-security-alternative-added", site, "", words(alternative));
        }
    }
}

/// Whether credentials for the one are enough for the other.
fn is_enough_for(held: &Alternative, asked: &Alternative) -> bool {
    asked.iter().all(|(scheme, scopes)| {
        held.iter().any(|(name, granted)| {
            name == scheme && scopes.iter().all(|scope| granted.contains(scope))
        })
    })
}

fn schemes(alternative: &Alternative) -> Vec<&str> {
    let mut names: Vec<_> = alternative.iter().map(|(scheme, _)| scheme.as_str()).collect();
    names.sort_unstable();
    names
}

fn words(alternative: &Alternative) -> String {
    let scheme = |(scheme, scopes): &(String, Vec<String>)| match scopes.as_slice() {
        [] => format!("`{scheme}`"),
        scopes => format!("`{scheme}` ({})", scopes.join(", ")),
    };
    alternative.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}

fn all(alternatives: &[Alternative]) -> String {
    alternatives.iter().map(words).collect::<Vec<_>>().join(" or ")
}
