//! Operations that nothing is generated from: requests that a service sends to its clients (webhooks and callbacks), and
//! those that API Gateway cannot serve (`TRACE`).
//!
//! Nothing that is wrong with them is reported: what can be read is, so that changes of it can be compared.

use super::{Ids, OperationSite, Security, base, lower_operation, method, path};
use crate::diag::Sink;
use crate::lower::schema::Types;
use crate::lower::service::of_types;
use crate::lower::{Scope, names};
use crate::model::{Method, Operation, PathTemplate, Segment, Service, TypeRef};
use crate::parse::{Entry, Node};

/// The requests that a document says the service sends, as a service of its own; none where it says of none.
pub(crate) fn lower_outgoing<'a>(
    scope: Scope<'a>,
    document: &'a Node,
    name: &str,
) -> Option<Service> {
    let sink = Sink::default();
    let scope = Scope { sink: &sink, ..scope };
    let sent = sent(scope, document);
    if sent.is_empty() {
        return None;
    }
    let mut types = Types::new(scope);
    let (mut ids, security) = (Ids::default(), Security { scope, document });
    let bases = base::Bases::of_document(scope, document);
    let mut operations: Vec<Operation> = Vec::new();
    for Sent { template, entry } in &sent {
        let Some(item) = scope.docs.path_item(&entry.value) else { continue };
        for operation in item.entries() {
            let Some(method) = method(&operation.key) else { continue };
            let place =
                OperationSite { path: entry, item: &item, entry: operation, method, template };
            let lowered = lower_operation(scope, &mut types, &place, &mut ids, (&security, &bases));
            operations.extend(lowered.map(|drafted| Operation {
                path: template.clone(),
                security: Vec::new(),
                ..drafted.operation
            }));
        }
    }
    let bodies = operations.iter().flat_map(|operation| &operation.responses);
    let requests: Vec<TypeRef> =
        bodies.flat_map(|response| &response.contents).map(|content| content.ty.clone()).collect();
    let finished = types.finish(&requests, &[], Vec::new())?;
    // Who receives the request answers it, so an answer is what a request is elsewhere.
    for response in operations.iter_mut().flat_map(|operation| &mut operation.responses) {
        for content in &mut response.contents {
            content.ty = finished.requested(&content.ty);
        }
    }
    let types = of_types(names::name(name), finished.types, finished.schemas);
    Some(Service { operations, ..types })
}

/// The operations of a document that API Gateway cannot serve, as a service of their own; `None` if there are none.
pub(crate) fn lower_unserved<'a>(
    scope: Scope<'a>,
    document: &'a Node,
    name: &str,
) -> Option<Service> {
    let sink = Sink::default();
    let scope = Scope { sink: &sink, ..scope };
    let mut types = Types::new(scope);
    let (mut ids, security) = (Ids::default(), Security { scope, document });
    let bases = base::Bases::of_document(scope, document);
    let mut operations: Vec<Operation> = Vec::new();
    for path in document.get("paths").into_iter().flat_map(Node::entries) {
        let Some(item) = scope.docs.path_item(&path.value) else { continue };
        for entry in item.entries().into_iter().filter(|entry| entry.key == "trace") {
            let Some(template) = path::lower_path(scope, path) else { continue };
            let place = OperationSite {
                path,
                item: &item,
                entry,
                method: Method::Trace,
                template: &template,
            };
            let lowered = lower_operation(scope, &mut types, &place, &mut ids, (&security, &bases));
            operations.extend(lowered.map(|drafted| drafted.operation));
        }
    }
    if operations.is_empty() {
        return None;
    }
    let finished = types.finish(&[], &[], Vec::new())?;
    let types = of_types(names::name(name), finished.types, finished.schemas);
    Some(Service { operations, ..types })
}

/// A path item of requests that the service sends.
struct Sent<'a> {
    /// What it is called, and the URL where the contract says it.
    template: PathTemplate,
    entry: &'a Entry,
}

/// The webhooks of a document, then the callbacks of its operations.
fn sent<'a>(scope: Scope<'a>, document: &'a Node) -> Vec<Sent<'a>> {
    let named = |entry: &'a Entry, text: String, url: &str| Sent {
        template: PathTemplate { text, segments: vec![Segment::Literal(url.to_owned())] },
        entry,
    };
    let webhooks = document.get("webhooks").into_iter().flat_map(Node::entries);
    let mut sent: Vec<Sent<'a>> =
        webhooks.map(|entry| named(entry, format!("webhook {}", entry.key), "")).collect();
    for path in document.get("paths").into_iter().flat_map(Node::entries) {
        let operations = path.value.entries().iter().filter(|entry| method(&entry.key).is_some());
        for operation in operations {
            for callback in operation.value.get("callbacks").into_iter().flat_map(Node::entries) {
                let Ok(target) = scope.docs.follow(&callback.value) else { continue };
                let of = format!("{} {}", operation.key.to_uppercase(), path.key);
                let name = format!("callback {} of {of}", callback.key);
                let urls = target.entries().iter().filter(|entry| !entry.key.starts_with("x-"));
                sent.extend(urls.map(|entry| named(entry, name.clone(), &entry.key)));
            }
        }
    }
    sent
}
