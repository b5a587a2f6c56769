//! What a run makes in tables, how its own items are told there, and how the contract removes them.

use proc_macro2::TokenStream;
use quote::quote;

use super::names;
use super::statics::Statics;
use super::step::Part;
use super::value::pointer;
use crate::emit::cfn::table_id;
use crate::emit::rust::{call_name, ident};
use crate::model::{
    BoundAction, ExpressionKind, Operation, OperationReference, Owed, ScalarKind, Service, System,
    Table, Target, ValueKind, Workflow,
};

/// The tables that a run removes its own items from: those of the stack, with a property as their key. Existing tables
/// belong to somebody else.
pub(super) fn cleaned(system: &System) -> impl Iterator<Item = (&Service, &Table)> {
    let all = system
        .services
        .iter()
        .flat_map(|service| service.tables.iter().map(move |table| (service, table)));
    all.filter(|(_, table)| table.existing.is_none() && table.has_plain_key())
}

/// The tables of the system, each with how the run's own items are told.
pub(super) fn emit_tables(system: &System) -> Vec<TokenStream> {
    cleaned(system)
        .map(|(service, table)| {
            let output = format!("{}Name", table_id(table));
            let partition = &table.key.partition.stored;
            let of = of(system, service, table);
            quote!(Table { output: #output, partition: #partition, of: #of })
        })
        .collect()
}

/// A key that the service makes is noted, and a key of another table that is called after that one is the same value;
/// what is free text begins with the names that the run gives.
fn of(system: &System, service: &Service, table: &Table) -> TokenStream {
    let partition = &table.key.partition;
    let made = service.tables.iter().filter(|other| makes(system, service, other));
    let refers = |other: &Table| {
        let plain = |text: &str| text.replace(['-', '_'], "").to_lowercase();
        let name = format!("{}{}", other.name.wire, other.key.partition.name.wire);
        other.name == table.name || plain(&name) == plain(&partition.name.wire)
    };
    if let Some(other) = made.into_iter().find(|other| refers(other)) {
        let kind = &other.name.wire;
        return quote!(Of::Made(#kind));
    }
    let inputs = system.workflow_list().iter().flat_map(|workflow| &workflow.inputs);
    let has_unique = inputs.flat_map(|inputs| &inputs.list).any(|input| input.data.unique);
    match has_unique && partition.scalar == ScalarKind::String {
        true => quote!(Of::Unique),
        false => quote!(Of::Unknown),
    }
}

/// Whether a step of a workflow makes items of a table under keys of the service's own.
fn makes(system: &System, service: &Service, table: &Table) -> bool {
    let steps = system.workflow_list().iter().flat_map(|workflow| &workflow.steps);
    let mut called = steps.filter_map(|step| match &step.target {
        Target::Operation(reference) => Some(reference.of(&system.services)),
        _ => None,
    });
    let is_made = called.any(|(of, operation)| {
        of.name == service.name
            && made_by(of, operation).is_some_and(|made| made.name == table.name)
    });
    let is_kept = |owed: Owed<'_>| kept_in(system, &owed).is_some_and(|one| one == table);
    is_made || system.workflow_list().iter().flat_map(Workflow::promises).any(is_kept)
}

/// The table in which a promise is kept under a key that the service makes: the step that sees it reads that item.
pub(super) fn kept_in<'s>(system: &'s System, owed: &Owed<'_>) -> Option<&'s Table> {
    let Target::Operation(reference) = &owed.kept.target else { return None };
    let ValueKind::Expression(key) = &owed.key.kind else { return None };
    let (service, operation) = reference.of(&system.services);
    let binding = operation.binding.as_ref()?;
    let BoundAction::Get { key: source, .. } = &binding.action else { return None };
    let parameter = &operation.parameters[source.partition].name.wire;
    let argument = owed.kept.arguments.iter().find(|one| one.name == *parameter)?;
    let same = matches!(&argument.value.kind, ValueKind::Expression(one) if one.text == key.text);
    let is_output = matches!(key.kind, ExpressionKind::Step { .. });
    (same && is_output && source.sort.is_none()).then(|| service.table(binding.table))
}

/// The table in which an operation makes an item under a key of the service's own.
fn made_by<'s>(service: &'s Service, operation: &Operation) -> Option<&'s Table> {
    let binding = operation.binding.as_ref()?;
    let table = service.table(binding.table);
    match &binding.action {
        BoundAction::Create { generated_key: Some(key), .. }
            if *key == table.key.partition.name =>
        {
            Some(table)
        }
        _ => None,
    }
}

/// The table of which an operation removes the item under the key that is this parameter.
fn removed_by<'s>(service: &'s Service, operation: &Operation) -> Option<(&'s Table, usize)> {
    let binding = operation.binding.as_ref()?;
    match &binding.action {
        BoundAction::Delete { key, .. } if key.sort.is_none() => {
            Some((service.table(binding.table), key.partition))
        }
        _ => None,
    }
}

/// The operations that remove what the run makes, each with its table.
pub(super) fn removals(system: &System) -> Vec<(OperationReference, &Table)> {
    let mut found: Vec<(OperationReference, &Table)> = vec![];
    for (at, service) in system.services.iter().enumerate() {
        for (index, operation) in service.operations.iter().enumerate() {
            let Some((table, _)) = removed_by(service, operation) else { continue };
            let needed = operation.parameters.iter().filter(|one| one.required).count();
            if needed == 1 && operation.body.is_none() && makes(system, service, table) {
                found.push((OperationReference { service: at, operation: index }, table));
            }
        }
    }
    found
}

/// The function that removes by the API what the run made.
pub(super) fn emit_clean(system: &System, statics: &Statics) -> Option<TokenStream> {
    let removals = removals(system);
    if removals.is_empty() {
        return None;
    }
    let each = removals.into_iter().map(|(reference, table)| {
        let (service, operation) = reference.of(&system.services);
        let (module, call) = (ident(&names::service(service)), call_name(service, operation));
        let (name, kind) = (statics.operation(reference), &table.name.wire);
        let place = format!("{}: the key", operation.id.wire);
        quote! {
            let remove = |key: &Value| Ok(request(&#module::#call::new(typed(key, #place)?)));
            visit.remove(#kind, &#name, remove, &mut cleaned).await;
        }
    });
    Some(quote! {
        /// Removes by the API what the run made.
        async fn clean(visit: &mut Visit<'_>) -> Cleaned {
            let mut cleaned = Cleaned::default();
            #(#each)*
            cleaned
        }
    })
}

impl Part<'_> {
    /// Whether the step is noted by what it is bound to.
    pub(super) fn makes_itself(self) -> bool {
        match &self.step.target {
            Target::Operation(reference) => {
                let (service, operation) = reference.of(&self.system.services);
                made_by(service, operation).is_some()
            }
            _ => false,
        }
    }

    /// Notes what the step made or removed.
    pub(super) fn noted(self, reference: OperationReference) -> TokenStream {
        let (service, operation) = reference.of(&self.system.services);
        if let Some(table) = made_by(service, operation) {
            let kind = &table.name.wire;
            let key = pointer(std::slice::from_ref(&table.key.partition.name.wire));
            return quote!(visit.made(#kind, &answer.text(#key)););
        }
        let Some((table, parameter)) = removed_by(service, operation) else {
            return TokenStream::new();
        };
        let parameter = &operation.parameters[parameter];
        let argument = self.step.arguments.iter().find(|one| one.name == parameter.name.wire);
        match argument.filter(|_| makes(self.system, service, table)) {
            None => TokenStream::new(),
            Some(argument) => {
                let (kind, key) = (&table.name.wire, self.scope().reference_to(&argument.value));
                quote!(visit.gone(#kind, &text(#key));)
            }
        }
    }
}
