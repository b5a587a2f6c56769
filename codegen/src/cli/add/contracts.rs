//! What is added to contracts: the texts, and where they go. Events are in [`super::events`], operations in
//! [`super::operations`].

use anyhow::{Result, bail};

use super::edits::Edits;
use super::operations::{self, Operation};
use super::{events, found, workflow};
use crate::cli::arguments::What;
use crate::edit;
use crate::model::{Service, System};

/// Makes the edits of an addition, and says which services they are about.
pub(super) fn add(edits: &mut Edits, system: &System, what: &What) -> Result<Vec<String>> {
    Ok(match what {
        What::Service { name } => vec![service(edits, system, name)?],
        What::Operation { service, id, method, path, table, action, index, publishes } => {
            known(system, service)?;
            let wanted = Operation {
                id,
                method: method.as_deref(),
                path: path.as_deref(),
                bound: table.as_deref().zip(*action),
                index: index.as_deref(),
                publishes,
            };
            operations::add(edits, system, service, &wanted)?;
            vec![service.clone()]
        }
        What::Table { service, name, key, sort } => {
            known(system, service)?;
            table(edits, service, name, key, sort.as_deref())?;
            vec![service.clone()]
        }
        What::Event { service, name, on, to } => {
            known(system, service)?;
            events::event(edits, system, service, name, on.as_deref())?;
            for receiver in to {
                known(system, receiver)?;
                events::receive(edits, system, service, name, receiver)?;
            }
            if edits.is_empty() {
                bail!("the event `{name}` already exists");
            }
            concerned(what)
        }
        What::Stream { service, table, view } => {
            known(system, service)?;
            key_of(system, service, table)?;
            events::stream(edits, service, table, view.as_deref())?;
            concerned(what)
        }
        What::Workflow { name, steps } => {
            workflow::add(edits, system, name, steps)?;
            Vec::new()
        }
    })
}

/// The services that an addition is about.
fn concerned(what: &What) -> Vec<String> {
    match what {
        What::Service { name: service }
        | What::Operation { service, .. }
        | What::Table { service, .. }
        | What::Stream { service, .. } => vec![service.clone()],
        What::Event { service, to, .. } => [service].into_iter().chain(to).cloned().collect(),
        What::Workflow { .. } => vec![],
    }
}

/// The services whose contracts have an addition already; none where they have not.
pub(super) fn there(system: &System, what: &What) -> Vec<String> {
    let in_it = |service: &str, is_there: &dyn Fn(&Service) -> bool| {
        found(system, service).is_some_and(is_there)
    };
    let is_there = match what {
        What::Service { name } => in_it(name, &|_| true),
        What::Operation { service, id, .. } => {
            in_it(service, &|of| of.operations.iter().any(|one| one.id.wire == *id))
        }
        What::Event { service, name, .. } => {
            let name = pascal(name);
            in_it(service, &|of| of.sends.iter().any(|one| one.message.name.wire == name))
        }
        What::Stream { service, table, .. } => {
            let id = events::stream_receiver(table);
            in_it(service, &|of| of.receives.iter().any(|one| one.id.wire == id))
        }
        What::Table { service, name, .. } => in_it(service, &|of| {
            of.tables.iter().any(|table| of.type_def(table.item).name.wire == *name)
        }),
        What::Workflow { .. } => false,
    };
    if is_there { concerned(what) } else { vec![] }
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

pub(super) fn pascal(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split(['-', '_']).map(part).collect()
}

pub(super) fn camel(name: &str) -> String {
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
    if edits.shares(name) {
        bail!("the folder `{name}` is for schemas that services share; choose another name");
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

pub(super) fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}

/// The answers with a problem document that go with statuses, as the document of a service names them.
pub(super) fn problems(edits: &Edits, service: &str) -> Result<impl Fn(&[&str]) -> String + use<>> {
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

/// Where the operations of a table stand: the first table of a service has the service's path, others have their own.
pub(super) fn base_of(system: &System, service: &str, table: Option<&str>) -> String {
    let tables = found(system, service).into_iter().flat_map(|service| {
        service.tables.iter().map(|one| service.type_def(one.item).name.wire.as_str())
    });
    match table.filter(|table| tables.into_iter().next().is_some_and(|first| first != *table)) {
        Some(table) => format!("/{}", words(table).to_lowercase().replace(' ', "-")),
        None => format!("/{service}"),
    }
}

/// The properties that are the key of a table.
pub(super) fn key_of(system: &System, service: &str, table: &str) -> Result<Vec<String>> {
    let service = found(system, service);
    let tables = service.into_iter().flat_map(|service| {
        service.tables.iter().map(|one| (service.type_def(one.item).name.wire.as_str(), one))
    });
    let tables: Vec<_> = tables.collect();
    match tables.iter().find(|(name, _)| *name == table) {
        Some((_, found)) => Ok(found.key.parts().map(|part| part.name.wire.clone()).collect()),
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
