//! Pages of other origins: which may call, and with what.

use super::finding::{Direction, Findings, Site};
use crate::model::{Cors, System};

/// Compares which pages of other origins may call; one API has one answer.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    let (old, new) = (old.cors(), new.cors());
    let span = |cors: Option<&Cors>| cors.map(|cors| cors.origin.span);
    let site = Site::new("x-cors", Direction::Wiring, span(old), span(new));
    match (old, new) {
        (None, None) => {}
        (None, Some(new)) => report.add("cors-added", &site, "", words(&new.origins)),
        (Some(old), None) => report.add("cors-removed", &site, words(&old.origins), ""),
        (Some(old), Some(new)) => compare_origins(report, &site, old, new),
    }
}

fn compare_origins(report: &mut Findings, site: &Site, old: &Cors, new: &Cors) {
    let is_any = |cors: &Cors| cors.origins.iter().any(|origin| origin == "*");
    let only = |one: &Cors, other: &Cors| -> Vec<String> {
        let others = |origin: &&String| !is_any(other) && !other.origins.contains(origin);
        one.origins.iter().filter(others).cloned().collect()
    };
    let (removed, added) = (only(old, new), only(new, old));
    if !removed.is_empty() {
        report.add("cors-origin-removed", site, words(&removed), "");
    }
    if !added.is_empty() {
        report.add("cors-origin-added", site, "", words(&added));
    }
    match (old.credentials, new.credentials) {
        (true, false) => report.add("cors-credentials-removed", site, "", ""),
        (false, true) => report.add("cors-credentials-added", site, "", ""),
        _ => {}
    }
    if old.max_age_seconds != new.max_age_seconds {
        report.add("cors-max-age-changed", site, old.max_age_seconds, new.max_age_seconds);
    }
}

/// Origins in words.
fn words(origins: &[String]) -> String {
    let word = |origin: &String| match origin.as_str() {
        "*" => "every origin".to_owned(),
        origin => format!("`{origin}`"),
    };
    origins.iter().map(word).collect::<Vec<_>>().join(", ")
}
