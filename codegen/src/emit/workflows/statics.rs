//! The constants of the module `system`: what operations, channels and schemes are called there, so that no two are alike
//! and none is called as a workflow or a promise is.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::names;
use super::system::{scheme_value, used_messages, used_operations, used_schemes};
use crate::emit::rust::ident;
use crate::model::{MessageReference, OperationReference, SecurityScheme, Service, System};

/// The names of all of them.
pub(super) struct Statics {
    operations: BTreeMap<OperationReference, Ident>,
    channels: BTreeMap<MessageReference, Ident>,
    /// By service and scheme; equal ones of several services share a constant.
    schemes: BTreeMap<(String, String), Ident>,
    /// What modules of workflows import: operations and channels.
    imported: BTreeMap<String, Ident>,
}

impl Statics {
    /// Those of a system.
    pub(super) fn of(system: &System) -> Self {
        let workflows = system.workflow_list();
        let steps = workflows.iter().flat_map(|workflow| &workflow.steps);
        let mut taken = Taken(BTreeSet::from(["SYSTEM".to_owned()]));
        taken.0.extend(workflows.iter().map(|one| names::constant(one).to_string()));
        taken.0.extend(steps.map(|step| names::promise(step).to_string()));
        let used = used_operations(system);
        let operations: BTreeMap<_, _> = used
            .iter()
            .map(|reference| {
                let (service, operation) = reference.of(&system.services);
                let wish = match names::is_elsewhere(system, service, operation) {
                    false => operation.id.screaming.clone(),
                    true => format!("{}_{}", service.name.screaming, operation.id.screaming),
                };
                (*reference, taken.give(wish, "_OPERATION"))
            })
            .collect();
        let messages = used_messages(system);
        let screaming = |one: &MessageReference| &one.of(&system.services).1.name.screaming;
        let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
        for message in &messages {
            *counts.entry(screaming(message)).or_default() += 1;
        }
        let channels: BTreeMap<_, _> = messages
            .iter()
            .map(|message| {
                let (service, name) = (message.of(&system.services).0, screaming(message));
                let wish = match counts[name] {
                    1 => format!("{name}_CHANNEL"),
                    _ => format!("{}_{name}_CHANNEL", service.name.screaming),
                };
                (*message, taken.give(wish, "_CHANNEL"))
            })
            .collect();
        let used_schemes: Vec<_> = used_schemes(system, &used)
            .into_iter()
            .map(|(service, scheme)| (service, scheme, scheme_value(scheme).to_string()))
            .collect();
        let (mut schemes, mut shared) = (BTreeMap::new(), BTreeMap::new());
        for (service, scheme, value) in &used_schemes {
            let name: &mut Ident = shared.entry((&scheme.name, value)).or_insert_with(|| {
                let own = &scheme.spelled.screaming;
                let is_other = |(_, one, other): &(&Service, &SecurityScheme, String)| {
                    one.name == scheme.name && other != value
                };
                let wish = match used_schemes.iter().any(is_other) {
                    false => format!("{own}_SCHEME"),
                    true => format!("{}_{own}_SCHEME", service.name.screaming),
                };
                taken.give(wish, "_SCHEME")
            });
            schemes.insert(key(service, scheme), name.clone());
        }
        let imported = operations.values().chain(channels.values());
        let imported = imported.map(|name| (name.to_string(), name.clone())).collect();
        Self { operations, channels, schemes, imported }
    }

    /// The constant of an operation that a workflow uses.
    pub(super) fn operation(&self, reference: OperationReference) -> &Ident {
        &self.operations[&reference]
    }

    /// The constant of a message that is published, or that a step sends or receives.
    pub(super) fn channel(&self, message: MessageReference) -> &Ident {
        &self.channels[&message]
    }

    /// The constant of a security scheme of an operation that a workflow uses.
    pub(super) fn scheme(&self, service: &Service, scheme: &SecurityScheme) -> &Ident {
        &self.schemes[&key(service, scheme)]
    }

    /// The operation or channel of this name.
    pub(super) fn imported(&self, word: &str) -> Option<&Ident> {
        self.imported.get(word)
    }
}

fn key(service: &Service, scheme: &SecurityScheme) -> (String, String) {
    (service.name.wire.clone(), scheme.name.clone())
}

/// Names that were given out.
struct Taken(BTreeSet<String>);

impl Taken {
    /// The name that is wished for, with as many suffixes as it needs to be unlike all others.
    fn give(&mut self, wish: String, suffix: &str) -> Ident {
        let mut name = wish;
        while !self.0.insert(name.clone()) {
            name.push_str(suffix);
        }
        ident(&name)
    }
}
