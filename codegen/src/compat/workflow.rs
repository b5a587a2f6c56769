//! Workflows that a change concerns.
//!
//! Owns which workflows of the old and the new contracts use what changed. A workflow that the new contracts still have
//! and that fits them no longer is an error of those contracts already.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::Level;
use super::finding::Finding;
use super::{event, rest};
use crate::model::{MessageReference, System, Target};

/// Names in each finding that may break somebody the workflows that use what changed.
pub(super) fn name(findings: &mut [Finding], old: &System, new: &System) {
    let mut users = users(old);
    for (subject, ids) in self::users(new) {
        users.entry(subject).or_default().extend(ids);
    }
    for finding in findings.iter_mut().filter(|finding| finding.level > Level::Info) {
        let Some(ids) = users.get(&finding.subject) else { continue };
        finding.workflows.extend(ids.iter().map(|id| (*id).to_owned()));
    }
}

/// The workflows that use each operation and message, by what findings call these.
fn users(system: &System) -> BTreeMap<String, BTreeSet<&str>> {
    let mut users: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for workflow in system.workflow_list() {
        for step in &workflow.steps {
            let called = step.operations();
            let mut subjects: Vec<String> =
                called.map(|reference| rest::subject(reference.of(&system.services).1)).collect();
            if let Target::Send(messages) | Target::Receive(messages) = &step.target {
                subjects.extend(messages.iter().map(|message| subject(system, *message)));
            }
            for subject in subjects {
                users.entry(subject).or_default().insert(&workflow.id.wire);
            }
        }
    }
    users
}

fn subject(system: &System, message: MessageReference) -> String {
    let (service, found) = message.of(&system.services);
    match message {
        MessageReference::Sent { .. } => event::named_event(&found.name.wire, &service.name.wire),
        MessageReference::Received { receive, .. } => {
            event::named_receive(&service.receives[receive].id.wire, &service.name.wire)
        }
    }
}
