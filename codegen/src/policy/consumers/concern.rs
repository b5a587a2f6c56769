//! Which consumers a change concerns. Where that cannot be decided, it counts as concerned.

use std::collections::BTreeSet;

use super::{Consumer, Use, is_route};
use crate::compat::{Direction, Finding};

impl Consumer {
    /// Whether a change concerns what it uses.
    pub(super) fn uses(&self, finding: &Finding) -> bool {
        let event = |name: &str| {
            let about = format!("event {name}");
            finding.subject.starts_with(&format!("{about} of ")) || finding.part == about
        };
        let is_there = |used: &Use| used.is_concerned(finding);
        self.operations
            .iter()
            .any(|(route, used)| is_route(&finding.subject, route) && is_there(used))
            || self.events.iter().any(|(name, used)| event(name) && is_there(used))
    }
}

impl Use {
    fn is_concerned(&self, finding: &Finding) -> bool {
        // A new required field first concerns consumers that do not send it.
        let is_asked = finding.rule.contains("required");
        let parameter = finding.part.split_once(" parameter ").map(|(_, name)| name);
        match (finding.direction, parameter) {
            // A status, a header or a media type concerns every consumer that gets the response.
            (Direction::Response | Direction::Sent, _) if finding.path.is_empty() => true,
            (Direction::Response | Direction::Sent, _) => fits(self.reads.as_ref(), &finding.path),
            (Direction::Request | Direction::Received, None) => {
                is_asked || fits(self.sends.as_ref(), &finding.path)
            }
            (Direction::Request | Direction::Received, Some(name)) => {
                // A consumer of a path sends its parameters, and names of headers have no case.
                let is_sent = |sends: &BTreeSet<String>| match finding.part.split(' ').next() {
                    Some("path") => true,
                    Some("header") => sends.iter().any(|one| one.eq_ignore_ascii_case(name)),
                    _ => sends.contains(name),
                };
                is_asked || self.sends.as_ref().is_none_or(is_sent)
            }
            (Direction::Stored, _) => false,
            (Direction::Wiring, _) => true,
        }
    }
}

/// Whether fields that are used are at a path, above or below it.
fn fits(used: Option<&BTreeSet<String>>, path: &str) -> bool {
    // `*` of a finding is any element of an array or any value of a map; a recording has the key of one.
    let is_same = |one: &str, other: &str| one == other || one == "*" || other == "*";
    let overlaps =
        |one: &str| one.split('/').zip(path.split('/')).all(|(one, other)| is_same(one, other));
    used.is_none_or(|used| used.iter().any(|field| overlaps(field)))
}
