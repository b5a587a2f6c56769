//! The transform `AWS::Serverless-2016-10-31`: resources of SAM → those of CloudFormation, as SAM's translator makes them,
//! with the same logical ids where templates refer to them (`ServerlessRestApi`, `<Function>Role`).
//!
//! Works on nodes before anything is evaluated; what the resources mean is read afterwards, as in any other template.
//! Refuses what has no counterpart on the stage, at its line.

mod apis;
mod auth;
mod connectors;
mod events;
mod function;
mod http;
mod nodes;
mod permissions;
mod policies;
mod queues;
mod request;
mod rest;
mod shapes;
mod usage;

use std::collections::BTreeSet;
use std::path::Path;

use indexmap::IndexMap;

use super::Resource;
use super::error::Fault;
use super::syntax::Node;
use apis::Apis;
use nodes::{Map, Part, entries, inherit, map};

/// What the transform makes.
#[derive(Default)]
pub(super) struct Output {
    pub(super) resources: IndexMap<String, Resource>,
    /// Conditions of what several functions imply.
    pub(super) conditions: IndexMap<String, Node>,
    pub(super) faults: Vec<Fault>,
    /// The ids of the resources that are not SAM's, which nothing that SAM makes may have.
    taken: BTreeSet<String>,
}

impl Output {
    /// Adds a resource under the condition of the one that it is made of.
    fn add(&mut self, id: String, kind: &str, from: &Resource, line: usize, properties: Map) {
        if self.taken.contains(&id) {
            let message =
                format!("SAM makes an `{kind}` of this id: give this resource another one");
            return self.faults.push(Fault::new(format!("resource `{id}`"), message).at(line));
        }
        let resource = Resource {
            line,
            kind: kind.to_owned(),
            condition: from.condition.clone(),
            depends_on: Vec::new(),
            metadata: None,
            ignored_globals: None,
            connectors: None,
            properties,
        };
        self.resources.insert(id, resource);
    }
}

/// Turns resources of SAM into those of CloudFormation; all others stay as they are.
pub(super) fn transform(
    resources: IndexMap<String, Resource>,
    globals: Option<&Node>,
    folder: &Path,
) -> Output {
    let connectors = connectors::of(&resources);
    let of_sam = |resource: &Resource| resource.kind.starts_with("AWS::Serverless::");
    let taken = resources.iter().filter(|(_, resource)| !of_sam(resource));
    let taken = taken.map(|(id, _)| id.clone()).collect();
    let mut output = Output { taken, ..Output::default() };
    output.faults.extend(shapes::of_globals(globals));
    let globals = entries(globals);
    let mut apis = Apis::default();
    let mut functions = Vec::new();
    for (id, mut resource) in resources {
        let Some(kind) = resource.kind.strip_prefix("AWS::Serverless::").map(str::to_owned) else {
            output.resources.insert(id, resource);
            continue;
        };
        let general = general(entries(globals.get(&kind)), resource.ignored_globals.as_ref());
        inherit(&mut resource.properties, &general);
        output.faults.extend(shapes::of_resource(&kind, &id, &resource));
        match kind.as_str() {
            // Their events belong to APIs, which may come later.
            "Function" => functions.push((id, resource)),
            "Api" => apis.add_rest(id, resource),
            "HttpApi" => apis.add_http(id, resource),
            "SimpleTable" => table(id, &resource, &mut output),
            "LayerVersion" => layer(id, resource, &mut output),
            "Application" => application(id, resource, &mut output),
            // Inert or refused by the plan; what refers to it still does.
            _ => {
                output.resources.insert(id, resource);
            }
        }
    }
    let implied = (entries(globals.get("Api")), entries(globals.get("HttpApi")));
    apis.imply(&functions, implied, &mut output);
    for (id, resource) in functions {
        function::transform(&id, resource, &mut apis, &mut output);
    }
    apis.finish(folder, &mut output);
    for connector in connectors {
        connector.connect(&mut output);
    }
    output
}

/// The globals of a type without those that a resource does not want (`IgnoreGlobals`): `*`, or a list of names.
fn general(mut globals: Map, ignored: Option<&Node>) -> Map {
    let Some(ignored) = ignored else { return globals };
    if ignored.as_str() == Some("*") {
        return Map::new();
    }
    for name in ignored.as_list().unwrap_or_default().iter().filter_map(Node::to_text) {
        globals.shift_remove(&name);
    }
    globals
}

/// The words of messages about a resource.
fn subject(id: &str, resource: &Resource) -> String {
    format!("resource `{id}` ({})", resource.kind)
}

fn table(id: String, resource: &Resource, output: &mut Output) {
    let line = resource.line;
    let mut part = Part::new(line, subject(&id, resource), resource.properties.clone());
    let key = part.take("PrimaryKey");
    let key = entries(key.as_ref());
    for name in
        ["Name", "Type"].into_iter().filter(|name| !key.is_empty() && !key.contains_key(*name))
    {
        output.faults.push(part.fault(format!("property `PrimaryKey.{name}` is missing")));
    }
    let text = |name: &str, default: &str| {
        key.get(name).and_then(Node::to_text).unwrap_or_else(|| default.to_owned())
    };
    let name = text("Name", "id");
    let kind = match text("Type", "String").as_str() {
        "String" => "S",
        "Number" => "N",
        "Binary" => "B",
        _ => {
            output
                .faults
                .push(part.fault("property `PrimaryKey.Type` must be String, Number or Binary"));
            "S"
        }
    };
    let mut properties =
        part.same(&["TableName", "ProvisionedThroughput", "SSESpecification", "Tags"]);
    part.skip(&["PointInTimeRecoverySpecification"]);
    let one = |entries: [(&str, &str); 2]| {
        let entries = entries.map(|(key, text)| (key, Node::text(line, text)));
        nodes::list(line, vec![map(line, entries)])
    };
    let keys = one([("AttributeName", &name), ("KeyType", "HASH")]);
    let attributes = one([("AttributeName", &name), ("AttributeType", kind)]);
    properties.insert("KeySchema".to_owned(), keys);
    properties.insert("AttributeDefinitions".to_owned(), attributes);
    output.faults.extend(part.finish());
    output.add(id, "AWS::DynamoDB::Table", resource, line, properties);
}

/// An application becomes a nested stack, as SAM's translator makes it.
fn application(id: String, mut resource: Resource, output: &mut Output) {
    let subject = subject(&id, &resource);
    let mut part = Part::new(resource.line, subject, std::mem::take(&mut resource.properties));
    let properties = part.same(&["Parameters", "NotificationARNs", "Tags", "TimeoutInMinutes"]);
    match part.take("Location") {
        Some(node) if entries(Some(&node)).contains_key("ApplicationId") => {
            let message = "property `Location` is in the Serverless Application Repository, which the stage does not download: \
                           copy the application's template, and use its path";
            output.faults.push(part.fault(message).left_out_on_request());
        }
        Some(node) => {
            let line = resource.line;
            let mut properties = properties;
            properties.insert("TemplateURL".to_owned(), node);
            let depends_on = std::mem::take(&mut resource.depends_on);
            output.add(id.clone(), "AWS::CloudFormation::Stack", &resource, line, properties);
            if let Some(stack) = output.resources.get_mut(&id) {
                stack.depends_on = depends_on;
            }
        }
        None => output.faults.push(part.fault("property `Location` is missing")),
    }
    output.faults.extend(part.finish());
}

fn layer(id: String, mut resource: Resource, output: &mut Output) {
    let subject = subject(&id, &resource);
    let mut part = Part::new(resource.line, subject, std::mem::take(&mut resource.properties));
    let mut properties = part.same(&[
        "CompatibleArchitectures",
        "CompatibleRuntimes",
        "Description",
        "LayerName",
        "LicenseInfo",
    ]);
    properties.extend(part.renamed(&[("ContentUri", "Content")]));
    properties.entry("LayerName".to_owned()).or_insert_with(|| Node::text(resource.line, &*id));
    part.skip(&["PublishLambdaVersion", "RetentionPolicy"]);
    output.faults.extend(part.finish());
    output.add(id, "AWS::Lambda::LayerVersion", &resource, resource.line, properties);
}
