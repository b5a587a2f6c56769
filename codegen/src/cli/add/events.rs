//! What is added to contracts of events: an event, a receiver of it, a receiver of a table's changes.
//!
//! What is there already is left as it is, so that an addition to several documents is completed when it is repeated.

use anyhow::{Result, bail};

use super::contracts::{camel, check_name, pascal, words};
use super::edits::Edits;
use super::found;
use crate::edit;
use crate::model::{Destination, SentMessage, Service, System};

/// The bus that the system's events are on already, or one that is called after what there is.
fn bus(system: &System) -> String {
    let known = system.buses.iter().map(|bus| bus.name.wire.as_str()).find(|bus| *bus != "default");
    known.unwrap_or("Events").to_owned()
}

/// The AsyncAPI document of a service, begun if there is none.
fn events_of(edits: &mut Edits, service: &str) -> Result<String> {
    if let Some(path) = edits.document(service, "asyncapi")? {
        return Ok(path);
    }
    let title = words(service);
    let path = format!("{service}/asyncapi.yaml");
    let text = format!(
        "# yaml-language-server: $schema=../../.schemas/asyncapi.schema.json\nasyncapi: 3.0.0\ninfo:\n  title: {title} events\n  \
         version: 1.0.0\n  description: The events that the {service} service sends and receives.\n\
         defaultContentType: application/json\n"
    );
    edits.make(&path, text)?;
    Ok(path)
}

/// Adds an event that a service sends, and has an operation publish it.
pub(super) fn event(
    edits: &mut Edits,
    system: &System,
    service: &str,
    name: &str,
    on: Option<&str>,
) -> Result<()> {
    check_name(name, "an event")?;
    let event = pascal(name);
    if sent(system, service, &event).is_none() {
        send(edits, system, service, &event)?;
    }
    match on {
        Some(id) => publish(edits, system, service, &event, id),
        None => Ok(()),
    }
}

/// The event of this name that a service sends already.
fn sent<'a>(system: &'a System, service: &str, event: &str) -> Option<&'a SentMessage> {
    found(system, service)?.sends.iter().find(|one| one.message.name.wire == event)
}

/// Adds channel, operation and message of an event.
fn send(edits: &mut Edits, system: &System, service: &str, event: &str) -> Result<()> {
    let bus = bus(system);
    let channel = camel(event);
    let path = events_of(edits, service)?;
    let says = words(event);
    let address = format!(
        "address: {bus}\ndescription: The event bus.\nmessages:\n  {event}:\n    $ref: '#/components/messages/{event}'\nbindings:\n  x-eventbridge:\n    bus: {bus}\n"
    );
    let send = format!(
        "action: send\nsummary: Sends `{event}`.\nchannel:\n  $ref: '#/channels/{channel}'\nmessages:\n  - $ref: '#/channels/{channel}/messages/{event}'\n"
    );
    let message = format!(
        "title: {says}\nsummary: {says}.\ncontentType: application/json\nx-amazon-events-source: com.example.{service}\nx-amazon-events-detail-type: {event}\n\
         payload:\n  description: {says}.\n  type: object\n  required: [version, id]\n  properties:\n    version:\n      description: The version of the event.\n      \
         type: integer\n      format: int32\n      enum: [1]\n    id:\n      description: Names what it is about.\n      type: string\n      minLength: 1\n      maxLength: 100\n"
    );
    edits.edit(&path, |text| {
        let text = edit::insert(text, &["channels"], &channel, &address)?;
        let text = edit::insert(&text, &["operations"], &format!("publish{event}"), &send)?;
        edit::insert(&text, &["components", "messages"], event, &message)
    })
}

/// Has an operation publish an event.
fn publish(edits: &mut Edits, system: &System, service: &str, event: &str, id: &str) -> Result<()> {
    let operation = found(system, service)
        .and_then(|service| service.operations.iter().find(|operation| operation.id.wire == id));
    let Some(operation) = operation else {
        bail!("the service `{service}` has no operation `{id}` to publish the event");
    };
    let Some(document) = edits.document(service, "openapi")? else {
        bail!("the service `{service}` has no OpenAPI document");
    };
    let (path, method) = (&operation.path.text, operation.method.as_str().to_lowercase());
    let way = ["paths", path.as_str(), method.as_str(), "x-publishes"];
    edits.edit(&document, |text| edit::append(text, &way, event))
}

/// Adds a service that receives an event through a queue.
pub(super) fn receive(
    edits: &mut Edits,
    system: &System,
    service: &str,
    name: &str,
    receiver: &str,
) -> Result<()> {
    let event = pascal(name);
    let bus = match sent(system, service, &event).map(|sent| &sent.destination) {
        Some(Destination::Bus(name)) => name.clone(),
        None => bus(system),
    };
    let id = format!("on{event}");
    let receives = |service: &Service| service.receives.iter().any(|one| one.id.wire == id);
    if found(system, receiver).is_some_and(receives) {
        return Ok(());
    }
    let sender = edits.document(service, "asyncapi")?.unwrap_or_default();
    let path = events_of(edits, receiver)?;
    let message = if service == receiver {
        format!("#/components/messages/{event}")
    } else {
        format!("../{sender}#/components/messages/{event}")
    };
    let (queue, channel) =
        (format!("{}{event}", pascal(receiver)), format!("{}Queue", camel(&event)));
    let address = format!(
        "address: {queue}\ndescription: Events that wait.\nmessages:\n  {event}:\n    $ref: '{message}'\nbindings:\n  sqs:\n    queue:\n      name: {queue}\n      \
         fifoQueue: false\n      visibilityTimeout: 60\n      messageRetentionPeriod: 345600\n      redrivePolicy:\n        deadLetterQueue:\n          name: {queue}Failed\n        \
         maxReceiveCount: 5\n    deadLetterQueue:\n      name: {queue}Failed\n      fifoQueue: false\n      messageRetentionPeriod: 1209600\n  x-eventbridge:\n    bus: {bus}\n    \
         deadLetterQueue: {queue}Undelivered\n"
    );
    let receive = format!(
        "action: receive\nsummary: Receives `{event}`.\nchannel:\n  $ref: '#/channels/{channel}'\nmessages:\n  - $ref: '#/channels/{channel}/messages/{event}'\n"
    );
    edits.edit(&path, |text| {
        let text = edit::insert(text, &["channels"], &channel, &address)?;
        edit::insert(&text, &["operations"], &id, &receive)
    })
}

/// The operation that receives the changes of a table.
pub(super) fn stream_receiver(table: &str) -> String {
    format!("on{}Change", pascal(table))
}

/// Adds a receiver of the changes of a table.
pub(super) fn stream(
    edits: &mut Edits,
    service: &str,
    table: &str,
    view: Option<&str>,
) -> Result<()> {
    let path = events_of(edits, service)?;
    let (name, channel) = (pascal(table), format!("{}Changes", camel(table)));
    let view = view.map(|view| format!("    view: {view}\n")).unwrap_or_default();
    let address = format!(
        "description: The changes of `{table}`.\nbindings:\n  x-dynamodb-stream:\n    table: {table}\n{view}"
    );
    let receive = format!(
        "action: receive\nsummary: Receives the changes of `{table}`.\nchannel:\n  $ref: '#/channels/{channel}'\n\
         x-event-source:\n  bisectBatchOnFunctionError: true\n  onFailure: {}{name}ChangesGivenUp\n",
        pascal(service)
    );
    edits.edit(&path, |text| {
        let text = edit::insert(text, &["channels"], &channel, &address)?;
        edit::insert(&text, &["operations"], &stream_receiver(table), &receive)
    })
}
