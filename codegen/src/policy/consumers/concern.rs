//! Which consumers a change concerns. Where that cannot be decided, it counts as concerned.

use std::collections::BTreeSet;

use super::{Consumer, Use, is_route};
use crate::compat::{Direction, Finding};

impl Consumer {
    /// Whether a change concerns what it uses.
    pub(super) fn uses(&self, finding: &Finding) -> bool {
        let event = |name: &str| {
            let about = format!("event {name}");
            // Files of Pact have what the bus calls it.
            let is_carried = !finding.detail_type.is_empty() && finding.detail_type == name;
            is_carried
                || finding.subject.starts_with(&format!("{about} of "))
                || finding.part == about
        };
        let is_there = |used: &Use| used.is_concerned(finding);
        // What a name was meant for that does not exist, nobody knows.
        let is_operation = finding.subject.contains(" /");
        if self.unknown.iter().any(|name| name.contains(" /") == is_operation) {
            return true;
        }
        self.operations
            .iter()
            .any(|(route, used)| is_route(&finding.subject, route) && is_there(used))
            || self.events.iter().any(|(name, used)| event(name) && is_there(used))
    }
}

impl Use {
    /// The fields that are read; none where that is all of them, or where one is named that does not exist.
    fn reads(&self) -> Option<&BTreeSet<String>> {
        self.reads.as_ref().filter(|_| !self.reads_unknown)
    }

    /// The same of what is sent.
    fn sends(&self) -> Option<&BTreeSet<String>> {
        self.sends.as_ref().filter(|_| !self.sends_unknown)
    }

    fn is_concerned(&self, finding: &Finding) -> bool {
        // A new required field first concerns consumers that do not send it.
        let is_asked = finding.rule.contains("required");
        let parameter = finding.part.split_once(" parameter ").map(|(_, name)| name);
        match (finding.direction, parameter) {
            // A status, a header or a media type concerns every consumer that gets the response.
            (Direction::Response | Direction::Sent, _) if finding.path.is_empty() => true,
            // A body as a whole concerns whoever calls at all: what is sent may be empty.
            (Direction::Request | Direction::Received, None) if finding.path.is_empty() => true,
            (Direction::Response | Direction::Sent, _) => fits(self.reads(), &finding.path),
            (Direction::Request | Direction::Received, None) => {
                is_asked || fits(self.sends(), &finding.path)
            }
            (Direction::Request | Direction::Received, Some(name)) => {
                // A consumer of a path sends its parameters, and names of headers have no case.
                let is_sent = |sends: &BTreeSet<String>| match finding.part.split(' ').next() {
                    Some("path") => true,
                    Some("header") => sends.iter().any(|one| one.eq_ignore_ascii_case(name)),
                    _ => sends.iter().any(|one| is_parameter(one, name)),
                };
                is_asked || self.sends().is_none_or(is_sent)
            }
            (Direction::Stored, _) => false,
            (Direction::Wiring, _) => true,
        }
    }
}

/// Whether a name in a request is that of a parameter: as it is written, decoded, or that of one of its members, which deep
/// objects write in brackets.
fn is_parameter(sent: &str, name: &str) -> bool {
    let decoded = scalars::percent::decode_text(sent);
    let owner = decoded.split('[').next().unwrap_or_default();
    [sent, &decoded, owner].contains(&name)
}

/// Whether fields that are used are at a path, above or below it.
fn fits(used: Option<&BTreeSet<String>>, path: &str) -> bool {
    // `*` of a finding is any element of an array or any value of a map; a recording has the key of one.
    let is_same = |one: &str, other: &str| one == other || one == "*" || other == "*";
    let overlaps =
        |one: &str| one.split('/').zip(path.split('/')).all(|(one, other)| is_same(one, other));
    used.is_none_or(|used| used.iter().any(|field| overlaps(field)))
}
