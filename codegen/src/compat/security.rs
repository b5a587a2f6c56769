//! Security: the requirements of operations, which are alternatives, each a set of schemes with scopes; and the
//! schemes that they name.

use super::delivery::compare_amounts;
use super::finding::{Direction, Findings, Site};
use crate::model::{SchemeMeans, SecurityScheme, Service, System, TokenRules};
use std::collections::BTreeMap;

type Alternative = Vec<(String, Vec<String>)>;

/// What the schemes of an old service are called in the new one: by the same name, or where that is gone, by that of a
/// new scheme that asks for the same.
pub(super) struct Renamed<'a> {
    names: BTreeMap<&'a str, &'a str>,
}

impl<'a> Renamed<'a> {
    /// Matches the schemes of two services.
    pub(super) fn between(old: &'a Service, new: &'a Service) -> Self {
        let has = |service: &Service, name: &str| {
            service.schemes.iter().any(|scheme| scheme.name == name)
        };
        let gone = old.schemes.iter().filter(|was| !has(new, &was.name));
        let heir = |was: &'a SecurityScheme| {
            let mut came = new.schemes.iter().filter(|is| !has(old, &is.name));
            let is = came.find(|is| asks_for_the_same(was, is))?;
            Some((was.name.as_str(), is.name.as_str()))
        };
        Self { names: gone.filter_map(heir).collect() }
    }

    fn apply(&self, alternatives: &[Alternative]) -> Vec<Alternative> {
        let name = |name: &String| {
            self.names.get(name.as_str()).map_or_else(|| name.clone(), |new| (*new).to_owned())
        };
        let alternative = |alternative: &Alternative| {
            alternative.iter().map(|(scheme, scopes)| (name(scheme), scopes.clone())).collect()
        };
        alternatives.iter().map(alternative).collect()
    }
}

/// Whether callers prove who they are in the same way.
fn asks_for_the_same(one: &SecurityScheme, other: &SecurityScheme) -> bool {
    (&one.kind, &one.carrier, &one.urls) == (&other.kind, &other.carrier, &other.urls)
}

/// Compares the security requirements of an operation. An empty list, like an alternative without schemes, lets
/// anyone call.
pub(super) fn compare(
    report: &mut Findings,
    site: &Site,
    renamed: &Renamed<'_>,
    [old, new]: [&[Alternative]; 2],
) {
    let old = &renamed.apply(old);
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

/// Compares the schemes that operations asked for; what nobody asks for binds nobody.
pub(super) fn compare_schemes(report: &mut Findings, old: &System, new: &System) {
    for before in &old.services {
        let same = |service: &&Service| service.name.wire == before.name.wire;
        let Some(after) = new.services.iter().find(same) else { continue };
        let asked = |scheme: &&SecurityScheme| {
            let asked =
                before.operations.iter().flat_map(|operation| operation.security.iter().flatten());
            asked.into_iter().any(|(name, _)| *name == scheme.name)
        };
        for was in before.schemes.iter().filter(asked) {
            if let Some(is) = after.schemes.iter().find(|is| is.name == was.name) {
                let subject = format!("security scheme {} of {}", was.name, before.name.wire);
                let spans = (Some(was.origin.span), Some(is.origin.span));
                compare_scheme(
                    report,
                    &Site::new(subject, Direction::Wiring, spans.0, spans.1),
                    was,
                    is,
                );
            }
        }
    }
}

fn compare_scheme(report: &mut Findings, site: &Site, old: &SecurityScheme, new: &SecurityScheme) {
    // A bearer token is sent in one way, whichever way the contract says where to get it.
    let are_tokens =
        matches!((&old.means, &new.means), (SchemeMeans::Token(_), SchemeMeans::Token(_)));
    if old.kind != new.kind && !are_tokens {
        return report.add("api-security-component-type-changed", site, &old.kind, &new.kind);
    }
    if !is_carried_alike(&old.carrier, &new.carrier) && !are_tokens {
        report.add("api-security-component-carrier-changed", site, &old.carrier, &new.carrier);
    }
    for (what, was) in &old.urls {
        match new.urls.iter().find(|(other, _)| other == what) {
            None => report.add("api-security-component-flow-removed", site, what, ""),
            Some((_, is)) if is != was => {
                report.add("api-security-component-url-changed", site, was, is)
            }
            Some(_) => {}
        }
    }
    match (&old.means, &new.means) {
        (SchemeMeans::Token(old), SchemeMeans::Token(new)) => {
            compare_tokens(report, site, old, new);
        }
        (SchemeMeans::Authorizer(was), SchemeMeans::Authorizer(is)) if was != is => {
            let words =
                ["the authorizer that the contract described", "the one that it describes now"];
            report.add("api-security-authorizer-changed", site, words[0], words[1]);
        }
        (was, is) if verifier(was) != verifier(is) => {
            report.add("api-security-authorizer-changed", site, verifier(was), verifier(is));
        }
        _ => {}
    }
}

/// Whether credentials are sent in the same place: the case of a header's name says nothing.
fn is_carried_alike(old: &str, new: &str) -> bool {
    old == new || (old.starts_with("header ") && old.eq_ignore_ascii_case(new))
}

/// What verifies credentials, in words.
fn verifier(means: &SchemeMeans) -> &'static str {
    match means {
        SchemeMeans::Token(_) => "the generated authorizer",
        SchemeMeans::ApiKey(_) => "API Gateway, with its usage plans",
        SchemeMeans::Signature => "IAM",
        SchemeMeans::Authorizer(_) => "an authorizer of its own, as the contract describes it",
        SchemeMeans::Own(_) => "the system's own code",
    }
}

/// Which tokens are valid. What a contract does not say, each stage does.
fn compare_tokens(report: &mut Findings, site: &Site, old: &TokenRules, new: &TokenRules) {
    let said = |text: &Option<String>, otherwise: &str| {
        text.as_ref().map_or_else(|| otherwise.to_owned(), |text| format!("`{text}`"))
    };
    let (document, claims) = ("the issuer's discovery document", "`scope` and `scp`");
    let rules = [
        ("api-security-token-keys-changed", &old.jwks, &new.jwks, document),
        ("api-security-token-scopes-changed", &old.scopes_claim, &new.scopes_claim, claims),
    ];
    for (rule, was, is, otherwise) in rules {
        if was != is {
            report.add(rule, site, said(was, otherwise), said(is, otherwise));
        }
    }
    match (&old.issuer, &new.issuer) {
        (Some(was), Some(is)) if was != is => {
            let (was, is) = (format!("`{was}`"), format!("`{is}`"));
            report.add("api-security-token-issuer-changed", site, was, is);
        }
        (Some(_), None) => report.add("api-security-token-rule-left-to-stages", site, "issuer", ""),
        (None, Some(_)) => report.add("api-security-token-rule-fixed", site, "", "issuer"),
        _ => {}
    }
    compare_audiences(report, site, &old.audience, &new.audience);
    let ids = ["api-security-token-leeway-decreased", "api-security-token-leeway-increased"];
    compare_amounts(report, site, old.leeway_seconds, new.leeway_seconds, ids);
}

fn compare_audiences(report: &mut Findings, site: &Site, old: &[String], new: &[String]) {
    match (old, new) {
        ([], []) => return,
        (_, []) => {
            return report.add("api-security-token-rule-left-to-stages", site, "audience", "");
        }
        ([], _) => return report.add("api-security-token-rule-fixed", site, "", "audience"),
        _ => {}
    }
    let only = |one: &[String], other: &[String]| {
        let names = one.iter().filter(|name| !other.contains(name));
        names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let (removed, added) = (only(old, new), only(new, old));
    if !removed.is_empty() {
        report.add("api-security-token-audience-removed", site, removed, "");
    }
    if !added.is_empty() {
        report.add("api-security-token-audience-added", site, "", added);
    }
}

fn compare_alternatives(
    report: &mut Findings,
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
