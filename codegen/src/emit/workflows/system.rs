//! What workflows have in common: operations, channels, tables, and the system as a load test sees it.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::made::{cleaned, emit_clean, emit_tables, removals};
use super::names;
use super::statics::Statics;
use crate::emit::cfn::bus_id;
use crate::emit::docs::capitalised;
use crate::emit::rust::{ident, lines_doc};
use crate::model::{
    ApiKey, ApiKeyPlace, Evidence, LOCAL_AUDIENCE, LOCAL_ISSUER, MessagePart, MessageReference,
    Operation, OperationReference, SchemeMeans, SecurityScheme, Service, Status, Step, System,
    Target,
};
use crate::text::rust_file;

/// `system.rs`
pub(super) fn emit_system(system: &System, statics: &Statics) -> String {
    let (operations, messages) = (used_operations(system), used_messages(system));
    let mut items = vec![];
    let mut schemes = used_schemes(system, &operations);
    let mut defined = BTreeSet::new();
    schemes.retain(|(service, scheme)| defined.insert(statics.scheme(service, scheme)));
    items.extend(schemes.iter().map(|(service, scheme)| emit_scheme(statics, service, scheme)));
    items.extend(operations.iter().map(|one| emit_operation(system, statics, *one)));
    items.extend(messages.iter().map(|one| emit_channel(system, statics, *one)));
    items.push(emit_whole(system, statics, &operations, &messages));
    let has_keys = schemes.iter().any(|(_, scheme)| scheme.means.key().is_some());
    let used = [!operations.is_empty(), !schemes.is_empty(), has_keys, !messages.is_empty()];
    items.insert(0, imports(system, used));
    rust_file(
        &["The system under load test: its operations, messages, tables and workflows.".to_owned()],
        items,
    )
}

/// What the module uses of others, given whether it has operations, schemes, API keys and channels.
fn imports(
    system: &System,
    [has_operations, has_schemes, has_keys, has_channels]: [bool; 4],
) -> TokenStream {
    let has_tables = cleaned(system).next().is_some();
    let is_owned = |one: &OperationReference| {
        let (service, operation) = one.of(&system.services);
        service.owner_source(operation).is_some()
    };
    let has_owners = used_operations(system).iter().any(is_owned);
    let removals = removals(system);
    let cleans = !removals.is_empty();
    let names = [
        (has_channels, "Channel"),
        (cleans, "Cleaned"),
        (has_schemes, "Need"),
        (has_tables, "Of"),
        (has_operations, "Operation"),
        (has_owners, "Owner"),
        (has_keys, "Carrier"),
        (has_schemes, "Scheme"),
        (true, "System"),
        (has_tables, "Table"),
        (cleans, "Value"),
        (cleans, "Visit"),
    ];
    let names = names.iter().filter(|(used, _)| *used).map(|(_, name)| ident(name));
    let harness = quote!(use harness::{#(#names),*};);
    if !cleans {
        return harness;
    }
    let mut services: Vec<&Service> =
        removals.iter().map(|(reference, _)| reference.of(&system.services).0).collect();
    services.dedup_by_key(|service| &service.name.snake);
    let (services, here) = (services.into_iter().map(names::service_import), ident("crate"));
    quote! {
        use client::{#(#services),*};
        #harness
        use harness::criteria::typed;
        use #here::request;
    }
}

/// The operations that any workflow calls, and those that look and clean up, in the order of the contracts.
pub(super) fn used_operations(system: &System) -> Vec<OperationReference> {
    let steps = || system.workflow_list().iter().flat_map(|workflow| &workflow.steps);
    let removing = removals(system).into_iter().map(|(reference, _)| reference);
    let mut found: Vec<OperationReference> =
        steps().flat_map(Step::operations).chain(removing).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The messages that the system publishes, and those that a step sends or receives besides.
pub(super) fn used_messages(system: &System) -> Vec<MessageReference> {
    let mut found = vec![];
    for (at, service) in system.services.iter().enumerate() {
        found.extend(
            (0..service.sends.len()).map(|message| MessageReference::Sent { service: at, message }),
        );
    }
    for step in system.workflow_list().iter().flat_map(|workflow| &workflow.steps) {
        if let Target::Send(messages) | Target::Receive(messages) = &step.target {
            found.extend(messages.iter().copied());
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn emit_channel(system: &System, statics: &Statics, message: MessageReference) -> TokenStream {
    let (service, found) = message.of(&system.services);
    let name = statics.channel(message);
    let bus = match message {
        MessageReference::Sent { message, .. } => {
            let crate::model::Destination::Bus(bus) = &service.sends[message].destination;
            bus
        }
        MessageReference::Received { receive, .. } => {
            let rule = service.receives[receive].delivery.rule();
            rule.map_or(&service.name.wire, |rule| &rule.bus)
        }
    };
    let known = system.buses.iter().find(|one| one.name.wire == *bus);
    let bus = known.map_or_else(|| bus.clone(), bus_id);
    let (id, detail_type) = (names::channel_id(system, message), &found.detail_type);
    let source = optional(found.source.as_ref());
    let version = optional(found.version.map(Literal::i64_unsuffixed));
    let correlation = found.correlation.as_ref().filter(|one| one.part == MessagePart::Payload);
    let correlation = correlation.map_or("", |one| one.pointer.as_str());
    let docs = lines_doc(&[format!("`{}` of the {} service.", found.name.wire, service.name.wire)]);
    quote! {
        #docs
        pub static #name: Channel = Channel {
            id: #id,
            bus: #bus,
            source: #source,
            detail_type: #detail_type,
            version: #version,
            correlation: #correlation,
        };
    }
}

/// `Some(…)`, or `None`.
fn optional(value: Option<impl quote::ToTokens>) -> TokenStream {
    value.map_or(quote!(None), |value| quote!(Some(#value)))
}

fn emit_operation(
    system: &System,
    statics: &Statics,
    reference: OperationReference,
) -> TokenStream {
    let (service, operation) = reference.of(&system.services);
    let name = statics.operation(reference);
    let id = names::operation_id(system, service, operation);
    let (of, method, path) = (&service.name.wire, operation.method.as_str(), &operation.path.text);
    let statuses = statuses(operation).into_iter().map(Literal::u16_unsuffixed);
    let security = operation.security.iter().map(|needs| {
        let needs = needs.iter().filter_map(|(name, scopes)| {
            let scheme =
                statics.scheme(service, service.schemes.iter().find(|one| one.name == *name)?);
            Some(quote!(Need::new(&#scheme, &[#(#scopes),*])))
        });
        quote!(&[#(#needs),*])
    });
    let security: Vec<_> = security.collect();
    let security = (!security.is_empty()).then(|| quote!(security: &[#(#security),*],));
    let own = has_own_credential(system, reference).then(|| quote!(has_own_credential: true,));
    let owner = service.owner_source(operation).map(|(owner, _)| {
        let claim = &owner.claim;
        let unless = optional(owner.unless.as_ref());
        quote!(owner: Some(Owner { claim: #claim, unless: #unless }),)
    });
    let is_whole = security.is_some() && own.is_some() && owner.is_some();
    let rest = (!is_whole).then(|| quote!(..Operation::NEW));
    let docs = lines_doc(&[format!("`{method} {path}`")]);
    quote! {
        #docs
        pub static #name: Operation = Operation {
            id: #id,
            service: #of,
            method: #method,
            path: #path,
            statuses: &[#(#statuses),*],
            #security
            #own
            #owner
            #rest
        };
    }
}

/// Whether every request of workflows to an operation that asks for credentials carries one of the workflow's own.
fn has_own_credential(system: &System, reference: OperationReference) -> bool {
    let (service, operation) = reference.of(&system.services);
    let is_removed = || removals(system).iter().any(|(one, _)| *one == reference);
    let steps = || system.workflow_list().iter().flat_map(|workflow| &workflow.steps);
    let mut calls = steps().filter(|step| step.operations().any(|one| one == reference));
    let carries = |step: &Step| {
        step.target == Target::Operation(reference)
            && step.arguments.iter().any(|argument| argument.is_credential(service, operation))
    };
    !operation.security.is_empty() && calls.all(carries) && !is_removed()
}

/// The statuses that an operation declares; none where it leaves them open.
fn statuses(operation: &Operation) -> Vec<u16> {
    let codes: Option<Vec<u16>> = operation
        .responses
        .iter()
        .map(|response| match response.status {
            Status::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    codes.unwrap_or_default()
}

pub(super) fn used_schemes<'s>(
    system: &'s System,
    operations: &[OperationReference],
) -> Vec<(&'s Service, &'s SecurityScheme)> {
    let mut found: Vec<(&Service, &SecurityScheme)> = vec![];
    for reference in operations {
        let (service, operation) = reference.of(&system.services);
        for (name, _) in operation.security.iter().flatten() {
            let scheme = service.schemes.iter().find(|scheme| scheme.name == *name);
            let is_new = |scheme: &&SecurityScheme| {
                found
                    .iter()
                    .all(|(known, one)| known.name != service.name || one.name != scheme.name)
            };
            if let Some(scheme) = scheme.filter(is_new) {
                found.push((service, scheme));
            }
        }
    }
    found
}

fn emit_scheme(statics: &Statics, service: &Service, scheme: &SecurityScheme) -> TokenStream {
    let (name, value) = (statics.scheme(service, scheme), scheme_value(scheme));
    let docs = lines_doc(&[format!("The security scheme `{}`.", scheme.name)]);
    quote!(#docs pub static #name: Scheme = #value;)
}

/// A security scheme as the harness knows it.
pub(super) fn scheme_value(scheme: &SecurityScheme) -> TokenStream {
    let wire = &scheme.name;
    match &scheme.means {
        SchemeMeans::Token(rules) => {
            let issuer = rules.issuer.as_deref().unwrap_or(LOCAL_ISSUER);
            let audience = rules.audience.first().map_or(LOCAL_AUDIENCE, String::as_str);
            let claim = rules.scopes_claim.as_deref().unwrap_or("scope");
            quote!(Scheme::Token { issuer: #issuer, audience: #audience, scopes_claim: #claim })
        }
        SchemeMeans::ApiKey(key) => emit_key(key, quote!(Some("ClientApiKey"))),
        SchemeMeans::Own(Evidence::Key(key)) => emit_key(key, quote!(None)),
        SchemeMeans::Own(Evidence::Http(scheme)) => {
            let scheme = capitalised(scheme);
            quote!(Scheme::Http { name: #wire, scheme: #scheme })
        }
        _ => quote!(Scheme::Other { name: #wire }),
    }
}

fn emit_key(key: &ApiKey, resource: TokenStream) -> TokenStream {
    let name = &key.name;
    let carrier = ident(match key.place {
        ApiKeyPlace::Header => "Header",
        ApiKeyPlace::Query => "Query",
        ApiKeyPlace::Cookie => "Cookie",
    });
    quote!(Scheme::ApiKey { carrier: Carrier::#carrier, name: #name, resource: #resource })
}

fn emit_whole(
    system: &System,
    statics: &Statics,
    operations: &[OperationReference],
    messages: &[MessageReference],
) -> TokenStream {
    let operations = operations.iter().map(|reference| statics.operation(*reference));
    let channels = messages.iter().map(|message| statics.channel(*message));
    let workflows = system.workflow_list().iter().filter(|one| one.load.after.is_none());
    let workflows = workflows.map(names::constant);
    let tables = emit_tables(system);
    let clean = emit_clean(system, statics);
    let cleans = clean.is_some().then(|| quote!(clean: Some(|visit| Box::pin(clean(visit))),));
    let derived = system.workflows.as_ref().and_then(|workflows| workflows.derived.as_ref());
    let derived = derived.map(|derived| {
        let notes = &derived.notes;
        quote!(derived: Some(&[#(#notes),*]),)
    });
    let name = names::system(system);
    quote! {
        /// The system.
        pub static SYSTEM: System = System {
            name: #name,
            operations: &[#(&#operations),*],
            channels: &[#(&#channels),*],
            tables: &[#(#tables),*],
            workflows: &[#(&crate::#workflows),*],
            #derived
            #cleans
            ..System::NEW
        };
        #clean
    }
}
