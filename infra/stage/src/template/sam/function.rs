//! `AWS::Serverless::Function`: the function, its role, its version and alias, its URL, and what invokes it.

use super::apis::Apis;
use super::nodes::{Map, Part, attribute, entries, list, map, reference};
use super::{Output, events, permissions, policies, queues, subject};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// Properties that are those of `AWS::Lambda::Function`.
const SAME: [&str; 22] = [
    "Architectures",
    "CodeSigningConfigArn",
    "Description",
    "Environment",
    "EphemeralStorage",
    "FileSystemConfigs",
    "FunctionName",
    "Handler",
    "ImageConfig",
    "KmsKeyArn",
    "Layers",
    "LoggingConfig",
    "MemorySize",
    "PackageType",
    "RecursiveLoop",
    "ReservedConcurrentExecutions",
    "Runtime",
    "RuntimeManagementConfig",
    "SnapStart",
    "Tags",
    "Timeout",
    "VpcConfig",
];

/// Properties about how AWS builds, deploys and names things, without effect here.
const INERT: [&str; 11] = [
    "AssumeRolePolicyDocument",
    "AutoPublishAliasAllProperties",
    "AutoPublishCodeSha256",
    "DeploymentPreference",
    "PermissionsBoundary",
    "PropagateTags",
    "ProvisionedConcurrencyConfig",
    "PublishToLatestPublished",
    "RolePath",
    "SourceKMSKeyArn",
    "VersionDescription",
];

/// Turns a function into what it stands for.
pub(super) fn transform(id: &str, mut resource: Resource, apis: &mut Apis, output: &mut Output) {
    let line = resource.line;
    let subject = subject(id, &resource);
    let mut part = Part::new(line, subject, std::mem::take(&mut resource.properties));
    let has_binary = resource.binary().is_some();
    output.faults.extend(incomplete(&mut part, has_binary));
    let mut properties = part.same(&SAME);
    part.skip(&INERT);
    properties.extend(code(&mut part));
    let role = role(id, &mut part, &resource, output);
    properties.insert("Role".to_owned(), role);
    if let Some(mode) = part.take("Tracing") {
        properties.insert("TracingConfig".to_owned(), map(mode.line, [("Mode", mode)]));
    }
    if let Some(queue) = part.take("DeadLetterQueue") {
        let target = entries(Some(&queue)).shift_remove("TargetArn").into_iter();
        let target = map(queue.line, target.map(|node| ("TargetArn", node)));
        properties.insert("DeadLetterConfig".to_owned(), target);
    }
    let alias = versions(id, &mut part, &resource, output);
    let invoked = Invoked { function: id, alias: alias.as_ref().map(|(alias, _)| alias.as_str()) };
    url(&invoked, alias.as_ref(), &mut part, &resource, output);
    let config = part.take("EventInvokeConfig");
    let events = part.take("Events");
    output.faults.extend(part.finish());
    if let Some(config) = config {
        let id_of_config = format!("{id}EventInvokeConfig");
        let mut properties = invoke_config(&id_of_config, &config, &resource, output);
        properties.insert("FunctionName".to_owned(), reference(line, id));
        let name = alias.as_ref().map(|(_, name)| name.clone());
        let qualifier = name.unwrap_or_else(|| Node::text(line, "$LATEST"));
        properties.insert("Qualifier".to_owned(), qualifier);
        output.add(
            id_of_config,
            "AWS::Lambda::EventInvokeConfig",
            &resource,
            config.line,
            properties,
        );
    }
    for (name, event) in entries(events.as_ref()) {
        events::transform((&invoked, &name), &event, &resource, apis, output);
    }
    let function = Resource { kind: "AWS::Lambda::Function".to_owned(), properties, ..resource };
    output.resources.insert(id.to_owned(), function);
}

/// The ARN of the role of a function, which SAM makes where the template names none.
fn role(id: &str, part: &mut Part, resource: &Resource, output: &mut Output) -> Node {
    let line = part.line;
    let policies = part.take("Policies");
    output.faults.extend(policies::refused(policies.as_ref(), part));
    part.take("Role").unwrap_or_else(|| {
        let role = format!("{id}Role");
        let properties = policies::role(line, policies.as_ref(), policies::added(id, part));
        output.add(role.clone(), "AWS::IAM::Role", resource, line, properties);
        attribute(line, &role, "Arn")
    })
}

/// What a function needs that SAM refuses without it. A program of this machine needs no handler here; without code, SAM's
/// command line takes the folder of the template.
fn incomplete(part: &mut Part, has_binary: bool) -> Vec<Fault> {
    let mut missing = Vec::new();
    let is_image = part.text("PackageType").as_deref() == Some("Image");
    if !is_image && !has_binary {
        let names = ["Runtime", "Handler"];
        missing.extend(names.into_iter().filter(|name| !part.has(name)).map(str::to_owned));
    }
    if !part.has("AutoPublishAlias") || part.text("AutoPublishAlias").as_deref() == Some("") {
        let preference = part.entries("DeploymentPreference");
        // Where a function decides it, it may be off.
        let is_on = |node: &Node| node.to_text().as_deref() == Some("true");
        let is_enabled = preference.get("Enabled").is_none_or(is_on);
        let of_alias = [
            ("DeploymentPreference", !preference.is_empty() && is_enabled),
            ("ProvisionedConcurrencyConfig", part.has("ProvisionedConcurrencyConfig")),
        ];
        let asking = of_alias.into_iter().filter(|(_, asks)| *asks);
        missing.extend(asking.map(|(name, _)| format!("AutoPublishAlias` for `{name}")));
    }
    let told = missing.into_iter().map(|name| format!("property `{name}` is missing"));
    told.map(|message| part.fault(message)).collect()
}

/// `InlineCode`, `CodeUri` and `ImageUri` as `Code`; a folder beside the template where there is none of them.
fn code(part: &mut Part) -> Map {
    let line = part.line;
    let code = match (part.take("InlineCode"), part.take("CodeUri"), part.take("ImageUri")) {
        (Some(text), ..) => map(line, [("ZipFile", text)]),
        (_, Some(Node { line, value: Value::Map(place) }), _) if place.contains_key("Bucket") => {
            let rename = |(name, node): (String, Node)| match name.as_str() {
                "Bucket" | "Key" => (format!("S3{name}"), node),
                _ => (name, node),
            };
            Node { line, value: Value::Map(place.into_iter().map(rename).collect()) }
        }
        (_, Some(path), _) => path,
        (_, _, Some(image)) => map(line, [("ImageUri", image)]),
        _ => Node::text(line, "."),
    };
    [("Code".to_owned(), code)].into_iter().collect()
}

/// What the events of a function invoke: its alias, where SAM publishes one, or the function itself.
#[derive(Clone, Copy)]
pub(super) struct Invoked<'a> {
    /// The logical id of the function.
    pub(super) function: &'a str,
    alias: Option<&'a str>,
}

impl Invoked<'_> {
    /// Its name or ARN.
    pub(super) fn name(self, line: usize) -> Node {
        reference(line, self.alias.unwrap_or(self.function))
    }

    /// Its ARN.
    pub(super) fn arn(self, line: usize) -> Node {
        match self.alias {
            Some(alias) => reference(line, alias),
            None => attribute(line, self.function, "Arn"),
        }
    }

    /// Its ARN as a part of `Fn::Sub`.
    pub(super) fn in_text(self) -> String {
        match self.alias {
            Some(alias) => format!("${{{alias}}}"),
            None => format!("${{{}.Arn}}", self.function),
        }
    }
}

/// Adds the version and the alias by which events invoke the function, and returns the alias: its logical id and its name.
fn versions(
    id: &str,
    part: &mut Part,
    resource: &Resource,
    output: &mut Output,
) -> Option<(String, Node)> {
    let alias = part.take("AutoPublishAlias")?;
    let line = alias.line;
    let version = format!("{id}Version");
    let function = || ("FunctionName".to_owned(), reference(line, id));
    let properties = [function()].into_iter().collect();
    output.add(version.clone(), "AWS::Lambda::Version", resource, line, properties);
    let name = alias.to_text().unwrap_or_default();
    let number = attribute(line, &version, "Version");
    let properties =
        [function(), ("FunctionVersion".to_owned(), number), ("Name".to_owned(), alias.clone())];
    let properties = properties.into_iter().collect();
    let alias_id = format!("{id}Alias{name}");
    output.add(alias_id.clone(), "AWS::Lambda::Alias", resource, line, properties);
    Some((alias_id, alias))
}

fn url(
    invoked: &Invoked<'_>,
    alias: Option<&(String, Node)>,
    part: &mut Part,
    resource: &Resource,
    output: &mut Output,
) {
    let Some(config) = part.take("FunctionUrlConfig") else { return };
    let id = invoked.function;
    let mut properties = entries(Some(&config));
    if properties.get("AuthType").and_then(Node::as_str) == Some("NONE") {
        permissions::allow_public(*invoked, config.line, resource, output);
    }
    properties.insert("TargetFunctionArn".to_owned(), attribute(config.line, id, "Arn"));
    properties.extend(alias.map(|(_, name)| ("Qualifier".to_owned(), name.clone())));
    output.add(format!("{id}Url"), "AWS::Lambda::Url", resource, config.line, properties);
}

/// Destinations have a type in SAM, and nothing but the ARN in CloudFormation.
fn invoke_config(id: &str, config: &Node, from: &Resource, output: &mut Output) -> Map {
    let mut properties = entries(Some(config));
    let Some(Value::Map(destinations)) =
        properties.get_mut("DestinationConfig").map(|node| &mut node.value)
    else {
        return properties;
    };
    for (name, destination) in destinations {
        let line = destination.line;
        if let Value::Map(written) = &mut destination.value {
            queues::destination(&format!("{id}{name}"), written, line, from, output);
        }
    }
    properties
}

/// A list of one.
pub(super) fn one(node: Node) -> Node {
    list(node.line, vec![node])
}
