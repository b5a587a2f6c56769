//! What is added to contracts: the texts, and where they go.

use anyhow::{Result, bail};

use super::edits::Edits;
use super::{found, workflow};
use crate::cli::arguments::{TableAction, What};
use crate::edit;
use crate::model::{Destination, SentMessage, Service, System};

/// Makes the edits of an addition, and says which services they are about.
pub(super) fn add(edits: &mut Edits, system: &System, what: &What) -> Result<Vec<String>> {
    Ok(match what {
        What::Service { name } => vec![service(edits, system, name)?],
        What::Operation { service, id, method, path, table, action, publishes } => {
            known(system, service)?;
            let wanted = Operation {
                id,
                method: &method.to_lowercase(),
                path: path.as_deref(),
                bound: table.as_deref().zip(*action),
                publishes,
            };
            operation(edits, system, service, &wanted)?;
            vec![service.clone()]
        }
        What::Table { service, name, key, sort } => {
            known(system, service)?;
            table(edits, service, name, key, sort.as_deref())?;
            vec![service.clone()]
        }
        What::Event { service, name, on, to } => {
            known(system, service)?;
            // An event that is there can be given another sender or receiver.
            let is_more = on.is_some() || !to.is_empty();
            if !is_more || sent(system, service, &pascal(name)).is_none() {
                event(edits, system, service, name)?;
            }
            if let Some(id) = on {
                publish(edits, system, service, &pascal(name), id)?;
            }
            for receiver in to {
                known(system, receiver)?;
                receive(edits, system, service, name, receiver)?;
            }
            [service].into_iter().chain(to).cloned().collect()
        }
        What::Workflow { name, steps } => {
            workflow::add(edits, system, name, steps)?;
            Vec::new()
        }
    })
}

/// The service whose contracts have an addition already.
pub(super) fn there<'a>(system: &'a System, what: &'a What) -> Option<&'a str> {
    let (service, is_there): (&str, fn(&Service, &str) -> bool) = match what {
        What::Service { name } => (name, |_, _| true),
        What::Operation { service, .. } => {
            (service, |of, id| of.operations.iter().any(|one| one.id.wire == id))
        }
        What::Event { service, .. } => {
            (service, |of, name| of.sends.iter().any(|one| one.message.name.wire == name))
        }
        What::Table { service, .. } => (service, |of, name| {
            of.tables.iter().any(|table| of.type_def(table.item).name.wire == name)
        }),
        What::Workflow { .. } => return None,
    };
    let name = match what {
        What::Operation { id, .. } => id,
        What::Service { name } | What::Event { name, .. } | What::Table { name, .. } => name,
        What::Workflow { name, .. } => name,
    };
    found(system, service).is_some_and(|of| is_there(of, name)).then_some(service)
}

pub(super) fn known(system: &System, service: &str) -> Result<()> {
    if found(system, service).is_some() {
        return Ok(());
    }
    let names: Vec<_> = system.services.iter().map(|one| one.name.wire.as_str()).collect();
    bail!("unknown service `{service}`; the services are {}", names.join(", "));
}

/// Whether a text can be a name in every contract and language it comes to.
pub(super) fn check_name(name: &str, what: &str) -> Result<()> {
    let is_fit = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        && name.len() <= 60;
    if is_fit {
        return Ok(());
    }
    bail!("`{name}` is not a valid name of {what}: use a letter, then letters, digits, `-` and `_`")
}

/// `borrowBook` as words: `Borrow book`.
pub(super) fn words(name: &str) -> String {
    let mut words = String::new();
    for char in name.chars() {
        if char.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        match char {
            '-' | '_' => words.push(' '),
            char => words.extend(char.to_lowercase()),
        }
    }
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

fn pascal(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split(['-', '_']).map(part).collect()
}

fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

fn service(edits: &mut Edits, system: &System, name: &str) -> Result<String> {
    check_name(name, "a service")?;
    if name.chars().any(|char| char.is_uppercase() || char == '_') {
        bail!(
            "`{name}` is the name of a folder and a package: use lowercase letters, digits and `-`"
        );
    }
    if found(system, name).is_some() {
        bail!("the service `{name}` already exists");
    }
    let (title, of) = (words(name), pascal(name));
    let problems = problems(edits, name)?;
    let document = format!(
        "# yaml-language-server: $schema=../../.schemas/openapi.schema.json\nopenapi: 3.0.3\ninfo:\n  title: {title}\n  \
         version: 1.0.0\n  description: {title}, as others may use it.\ntags:\n  - name: {name}\n    \
         description: {title}.\n# Anyone may call. Name a security scheme here as soon as that is not so.\nsecurity: []\n\n\
         paths:\n  /{name}:\n    get:\n      operationId: get{of}\n      tags: [{name}]\n      summary: Get {name}\n      \
         responses:\n        '200':\n          description: What there is.\n          content:\n            \
         application/json:\n              schema:\n                $ref: '#/components/schemas/{of}'\n{}\n\
         components:\n  schemas:\n    {of}:\n      description: {title}.\n      type: object\n      properties:\n        \
         name:\n          description: What it is called.\n          type: string\n          maxLength: 200\n",
        indented(&problems(&["400", "500"]), 8)
    );
    edits.make(&format!("{name}/openapi.yaml"), document)?;
    Ok(name.to_owned())
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}

/// The answers with a problem document that go with statuses, as the document of a service names them.
fn problems(edits: &Edits, service: &str) -> Result<impl Fn(&[&str]) -> String + use<>> {
    let document = match edits.document(service, "openapi")? {
        Some(path) => edits.text(&path)?.unwrap_or_default(),
        None => String::new(),
    };
    let shared = edits.text("schemas/problem.yaml")?.is_some();
    Ok(move |statuses: &[&str]| {
        let answer = |status: &&str| {
            let (name, says) = match *status {
                "400" => ("BadRequest", "The request violates the contract."),
                "404" => ("NotFound", "The resource does not exist."),
                "409" => ("Conflict", "The resource already exists."),
                "413" => ("TooLarge", "The body is too large."),
                "415" => ("UnsupportedMediaType", "The media type is not supported."),
                _ => ("Unexpected", "An internal error."),
            };
            let content = "  content:\n    application/problem+json:\n      schema:\n        $ref: ../schemas/problem.yaml#/Problem\n";
            if edit::holds(&document, &["components", "responses", name]) {
                format!("'{status}':\n  $ref: '#/components/responses/{name}'\n")
            } else {
                format!("'{status}':\n  description: {says}\n{}", if shared { content } else { "" })
            }
        };
        statuses.iter().map(answer).collect()
    })
}

/// An operation to be added.
struct Operation<'a> {
    id: &'a str,
    method: &'a str,
    path: Option<&'a str>,
    bound: Option<(&'a str, TableAction)>,
    publishes: &'a [String],
}

fn operation(
    edits: &mut Edits,
    system: &System,
    service: &str,
    wanted: &Operation<'_>,
) -> Result<()> {
    let id = wanted.id;
    check_name(id, "an operation")?;
    const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];
    if !METHODS.contains(&wanted.method) {
        bail!("`{}` is not a supported method; use one of {}", wanted.method, METHODS.join(", "));
    }
    let Some(document) = edits.document(service, "openapi")? else {
        bail!(
            "the service `{service}` has no OpenAPI document; create {service}/openapi.yaml first"
        );
    };
    let key = match wanted.bound {
        Some((table, _)) => Some((table, key_of(system, service, table)?)),
        None => None,
    };
    let base = base_of(system, service, wanted.bound.map(|(table, _)| table));
    let path = match (wanted.path, &key, wanted.bound) {
        (Some(path), ..) => path.to_owned(),
        (None, Some((_, key)), Some((_, action))) if action != TableAction::Create => {
            format!("{base}/{{{key}}}")
        }
        _ => base,
    };
    if !path.starts_with('/') {
        bail!("the path `{path}` must start with `/`");
    }
    let text = edits.text(&document)?.unwrap_or_default();
    let mut block = format!("operationId: {id}\n");
    if edit::holds(&text, &["tags"]) && text.contains(&format!("name: {service}")) {
        block.push_str(&format!("tags: [{service}]\n"));
    }
    block.push_str(&format!("summary: {}\n", words(id)));
    if let Some((table, action)) = wanted.bound {
        block.push_str(&format!("x-dynamodb:\n  action: {}\n  table: {table}\n", action.word()));
    }
    if !wanted.publishes.is_empty() {
        block.push_str(&format!("x-publishes: [{}]\n", wanted.publishes.join(", ")));
    }
    let names: Vec<&str> =
        path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
    if !names.is_empty() && !edit::holds(&text, &["paths", &path, "parameters"]) {
        block.push_str("parameters:\n");
        for name in &names {
            let schema = match &key {
                Some((table, key)) if key == name => {
                    format!("$ref: '#/components/schemas/{table}/properties/{key}'")
                }
                _ => "type: string\n      minLength: 1\n      maxLength: 100".to_owned(),
            };
            block.push_str(&format!(
                "  - name: {name}\n    in: path\n    required: true\n    description: The {} of the path.\n    schema:\n      {schema}\n",
                words(name).to_lowercase()
            ));
        }
    }
    block.push_str(&answers(edits, service, wanted, !names.is_empty())?);
    edits.edit(&document, |text| edit::insert(text, &["paths", &path], wanted.method, &block))
}

/// The request body and the responses of an operation.
fn answers(edits: &Edits, service: &str, wanted: &Operation<'_>, has_key: bool) -> Result<String> {
    let problems = problems(edits, service)?;
    let content = |table: &str| {
        format!(
            "content:\n  application/json:\n    schema:\n      $ref: '#/components/schemas/{table}'\n"
        )
    };
    let Some((table, action)) = wanted.bound else {
        let failures: &[&str] = if has_key { &["400", "404", "500"] } else { &["400", "500"] };
        return Ok(format!(
            "responses:\n  '200':\n    description: The operation succeeded.\n{}",
            indented(&problems(failures), 2)
        ));
    };
    let with_body = format!("requestBody:\n  required: true\n{}", indented(&content(table), 2));
    let success = |status: &str, says: &str, has_body: bool| {
        let body = if has_body { indented(&content(table), 4) } else { String::new() };
        format!("responses:\n  '{status}':\n    description: {says}\n{body}")
    };
    let (body, success, failures): (_, _, &[&str]) = match action {
        TableAction::Get => (None, success("200", "The item.", true), &["400", "404", "500"]),
        TableAction::Delete => {
            (None, success("204", "The item was deleted.", false), &["400", "404", "500"])
        }
        TableAction::Create => (
            Some(with_body),
            success("201", "The stored item.", true),
            &["400", "409", "413", "415", "500"],
        ),
        TableAction::Put => (
            Some(with_body),
            success("200", "The stored item.", true),
            &["400", "413", "415", "500"],
        ),
        TableAction::Replace => (
            Some(with_body),
            success("200", "The stored item.", true),
            &["400", "404", "413", "415", "500"],
        ),
    };
    Ok(format!("{}{success}{}", body.unwrap_or_default(), indented(&problems(failures), 2)))
}

/// Where the operations of a table stand: the first table of a service has the service's path, others have their own.
fn base_of(system: &System, service: &str, table: Option<&str>) -> String {
    let tables = found(system, service).into_iter().flat_map(|service| {
        service.tables.iter().map(|one| service.type_def(one.item).name.wire.as_str())
    });
    match table.filter(|table| tables.into_iter().next().is_some_and(|first| first != *table)) {
        Some(table) => format!("/{}", words(table).to_lowercase().replace(' ', "-")),
        None => format!("/{service}"),
    }
}

/// The partition key of a table.
fn key_of(system: &System, service: &str, table: &str) -> Result<String> {
    let service = found(system, service);
    let tables = service.into_iter().flat_map(|service| {
        service.tables.iter().map(|one| (service.type_def(one.item).name.wire.as_str(), one))
    });
    let tables: Vec<_> = tables.collect();
    match tables.iter().find(|(name, _)| *name == table) {
        Some((_, found)) => Ok(found.key.partition.name.wire.clone()),
        None if tables.is_empty() => {
            bail!("the service has no table; add one with `codegen add table`")
        }
        None => {
            let names: Vec<_> = tables.iter().map(|(name, _)| *name).collect();
            bail!("unknown table `{table}`; the tables are {}", names.join(", "))
        }
    }
}

fn table(
    edits: &mut Edits,
    service: &str,
    name: &str,
    key: &str,
    sort: Option<&str>,
) -> Result<()> {
    check_name(name, "a schema")?;
    let Some(document) = edits.document(service, "openapi")? else {
        bail!(
            "the service `{service}` has no OpenAPI document; create {service}/openapi.yaml first"
        );
    };
    let keys: Vec<&str> = [Some(key), sort].into_iter().flatten().collect();
    let sorted = sort.map(|sort| format!("  sortKey: {sort}\n")).unwrap_or_default();
    let mut block = format!(
        "description: {}.\ntype: object\nrequired: [{}]\nx-dynamodb-table:\n  name: {}\n  partitionKey: {key}\n{sorted}properties:\n",
        words(name),
        keys.join(", "),
        camel(name)
    );
    for key in keys {
        check_name(key, "a property")?;
        block.push_str(&format!(
            "  {key}:\n    description: {}.\n    type: string\n    minLength: 1\n    maxLength: 100\n",
            words(key)
        ));
    }
    edits.edit(&document, |text| edit::insert(text, &["components", "schemas"], name, &block))
}

/// The bus that the system's events are on already, or one that is called after what there is.
fn bus(system: &System) -> String {
    let known = system.buses.iter().map(|bus| bus.name.wire.as_str()).find(|bus| *bus != "default");
    known.unwrap_or("Events").to_owned()
}

/// The AsyncAPI document of a service, begun where there is none.
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

/// The event of this name that a service sends already.
fn sent<'a>(system: &'a System, service: &str, event: &str) -> Option<&'a SentMessage> {
    found(system, service)?.sends.iter().find(|one| one.message.name.wire == event)
}

fn event(edits: &mut Edits, system: &System, service: &str, name: &str) -> Result<()> {
    check_name(name, "an event")?;
    let (event, bus) = (pascal(name), bus(system));
    let channel = camel(&event);
    let path = events_of(edits, service)?;
    let says = words(&event);
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
        edit::insert(&text, &["components", "messages"], &event, &message)
    })
}

/// Lets an operation publish an event.
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

fn receive(
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
        edit::insert(&text, &["operations"], &format!("on{event}"), &receive)
    })
}
