//! The shape of a template: its sections, its resources, and which of them are malformed.
//!
//! Evaluates nothing: values are as they are written.

use std::path::Path;

use indexmap::IndexMap;

use super::assets::Assets;
use super::{Fault, Node, Resource, Template, sam};

/// The template that a tree is; every fault of its shape is reported.
pub(super) fn shape(path: &Path, root: &Node) -> Result<Template, Vec<Fault>> {
    let Some(map) = root.as_map() else {
        return Err(vec![
            Fault::new("template", format!("it must be a map, not {}", root.kind())).at(root.line),
        ]);
    };
    let mut faults = Vec::new();
    let mut section = |name: &str| match map.get(name) {
        None => IndexMap::new(),
        Some(node) => node.as_map().cloned().unwrap_or_else(|| {
            faults.push(Fault::new("template", format!("`{name}` must be a map")).at(node.line));
            IndexMap::new()
        }),
    };
    let metadata = section("Metadata");
    let of_stage = |name: &str| metadata.get(name).and_then(Node::as_map).cloned();
    let mut template = Template {
        path: path.to_owned(),
        assets: Assets::default(),
        parameters: section("Parameters"),
        local: of_stage("LocalParameters").unwrap_or_default(),
        exports: of_stage("LocalExports").unwrap_or_default(),
        secrets: of_stage("LocalSecrets").unwrap_or_default(),
        mappings: section("Mappings"),
        conditions: section("Conditions"),
        resources: IndexMap::new(),
        outputs: section("Outputs"),
        is_extended: false,
        looped: Vec::new(),
        faults: Vec::new(),
    };
    let written = section("Resources");
    if written.is_empty() {
        faults.push(Fault::new("template", "it has no `Resources`"));
    }
    faults.extend(unknown_sections(map));
    faults.extend(wrong_names(map));
    faults.extend(wrong_mappings(&template.mappings));
    for (id, node) in &written {
        match resource(id, node) {
            Ok(resource) => {
                template.resources.insert(id.clone(), resource);
            }
            Err(fault) => faults.push(fault),
        }
    }
    if map.get("Transform").is_some_and(|node| transforms(node).iter().any(|name| name == SAM)) {
        let resources = std::mem::take(&mut template.resources);
        let made = sam::transform(resources, map.get("Globals"), folder_of(path));
        (template.resources, template.faults) = (made.resources, made.faults);
        template.conditions.extend(made.conditions);
    }
    for (id, node) in &written {
        let exists =
            |name: &str| written.contains_key(name) || template.resources.contains_key(name);
        faults.extend(dangling_dependencies(id, node, exists));
    }
    for (id, node) in of_stage("LocalTables").unwrap_or_default() {
        template.resources.entry(id).or_insert_with(|| local_table(&node));
    }
    if faults.is_empty() { Ok(template) } else { Err(faults) }
}

/// Sections of a template; only SAM has `Globals`.
const SECTIONS: [&str; 11] = [
    "AWSTemplateFormatVersion",
    "Description",
    "Metadata",
    "Rules",
    "Parameters",
    "Mappings",
    "Conditions",
    "Resources",
    "Outputs",
    "Transform",
    "Globals",
];

/// Unknown sections, and transforms that run only in AWS.
fn unknown_sections(map: &IndexMap<String, Node>) -> Vec<Fault> {
    let unknown = map.iter().filter(|(key, _)| !SECTIONS.contains(&key.as_str()));
    let unknown = unknown.map(|(key, node)| {
        Fault::new("template", format!("`{key}` is not a section of a template")).at(node.line)
    });
    let transform = map.get("Transform");
    let names = transform
        .into_iter()
        .flat_map(|node| transforms(node).into_iter().map(|name| (name, node.line)));
    // The functions of the language extensions are known, or refused where they stand.
    let refused = names.filter(|(name, _)| name != SAM && name != LANGUAGE_EXTENSIONS);
    let refused = refused.map(|(name, line)| {
        let message =
            format!("the transform `{name}` runs only in AWS; use the expanded template instead");
        Fault::new("template", message).at(line)
    });
    unknown.chain(refused).collect()
}

/// Names that are not logical IDs.
fn wrong_names(map: &IndexMap<String, Node>) -> Vec<Fault> {
    let of = |section: &'static str| {
        let names = map.get(section).and_then(Node::as_map).into_iter().flatten();
        let wrong = |name: &str| {
            !name.starts_with("Fn::") && !name.chars().all(|c| c.is_ascii_alphanumeric())
        };
        names.filter(move |(name, _)| wrong(name)).map(move |(name, node)| {
            let message = format!(
                "`{name}` in `{section}` is not a logical ID: only letters and digits are allowed"
            );
            Fault::new("template", message).at(node.line)
        })
    };
    ["Parameters", "Resources", "Outputs"].into_iter().flat_map(of).collect()
}

/// Keys of mappings that lead to a value where another key is due.
fn wrong_mappings(mappings: &IndexMap<String, Node>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, mapping) in mappings {
        let keys = mapping.as_map().into_iter().flatten();
        for (key, node) in keys.filter(|(_, node)| node.as_map().is_none()) {
            let message =
                format!("the mapping `{name}`.`{key}` must be a map, not {}", node.kind());
            faults.push(Fault::new("template", message).at(node.line));
        }
    }
    faults
}

/// A table that is there in AWS already, and here has to be made.
fn local_table(node: &Node) -> Resource {
    Resource {
        line: node.line,
        kind: "AWS::DynamoDB::Table".to_owned(),
        condition: None,
        depends_on: Vec::new(),
        metadata: None,
        ignored_globals: None,
        connectors: None,
        properties: node.as_map().cloned().unwrap_or_default(),
    }
}

/// The folder of a file.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The transform of SAM.
const SAM: &str = "AWS::Serverless-2016-10-31";
/// The transform that brings further functions.
pub(super) const LANGUAGE_EXTENSIONS: &str = "AWS::LanguageExtensions";

/// The names of transforms: one, or a list.
pub(super) fn transforms(node: &Node) -> Vec<String> {
    match node.as_list() {
        Some(items) => items.iter().map(name_of).collect(),
        None => vec![name_of(node)],
    }
}

/// The name of a transform: text, or the `Name` of one with parameters.
fn name_of(node: &Node) -> String {
    let named = node.as_map().and_then(|map| map.get("Name")).unwrap_or(node);
    named.to_text().unwrap_or_else(|| "a macro".to_owned())
}

/// What a resource may have; the last two in templates of SAM.
const ATTRIBUTES: [&str; 13] = [
    "Type",
    "Properties",
    "Condition",
    "DependsOn",
    "Metadata",
    "CreationPolicy",
    "DeletionPolicy",
    "Description",
    "UpdatePolicy",
    "UpdateReplacePolicy",
    "Version",
    "Connectors",
    "IgnoreGlobals",
];

/// What becomes of a resource that leaves its stack.
const POLICIES: [&str; 4] = ["Delete", "Retain", "Snapshot", "RetainExceptOnCreate"];

fn resource(id: &str, node: &Node) -> Result<Resource, Fault> {
    let fault = |message: &str| Fault::new(format!("resource `{id}`"), message).at(node.line);
    if id.starts_with("Fn::ForEach") {
        return Err(fault("it needs `Transform: AWS::LanguageExtensions`"));
    }
    let map = node.as_map().ok_or_else(|| fault("it must be a map with a `Type`"))?;
    let kind = map.get("Type").and_then(Node::as_str).ok_or_else(|| fault("it has no `Type`"))?;
    // SAM drops what it does not know of its own types; CloudFormation refuses it.
    let is_of_sam = kind.starts_with("AWS::Serverless::");
    let mut keys = map.iter().filter(|_| !is_of_sam);
    if let Some((key, node)) = keys.find(|(key, _)| !ATTRIBUTES.contains(&key.as_str())) {
        let message = format!("`{key}` is not an attribute of a resource");
        return Err(Fault::new(format!("resource `{id}`"), message).at(node.line));
    }
    for (name, known) in
        [("DeletionPolicy", &POLICIES[..]), ("UpdateReplacePolicy", &POLICIES[..3])]
    {
        let given = map.get(name).and_then(Node::as_str);
        if let Some(given) = given.filter(|given| !known.contains(given)) {
            return Err(fault(&format!(
                "`{name}` must be one of {}, not `{given}`",
                known.join(", ")
            )));
        }
    }
    let properties = match map.get("Properties") {
        None => IndexMap::new(),
        Some(node) => node.as_map().cloned().ok_or_else(|| fault("`Properties` must be a map"))?,
    };
    let condition = match map.get("Condition") {
        None => None,
        Some(node) => {
            Some(node.as_str().ok_or_else(|| fault("`Condition` must be a name"))?.to_owned())
        }
    };
    Ok(Resource {
        line: node.line,
        kind: kind.to_owned(),
        condition,
        depends_on: dependencies(node).into_iter().map(str::to_owned).collect(),
        metadata: map.get("Metadata").cloned(),
        ignored_globals: map.get("IgnoreGlobals").cloned(),
        connectors: map.get("Connectors").cloned(),
        properties,
    })
}

/// The resources that one is to come after (`DependsOn`).
fn dependencies(node: &Node) -> Vec<&str> {
    let Some(depends_on) = node.as_map().and_then(|map| map.get("DependsOn")) else {
        return Vec::new();
    };
    match depends_on.as_list() {
        Some(items) => items.iter().filter_map(Node::as_str).collect(),
        None => depends_on.as_str().into_iter().collect(),
    }
}

fn dangling_dependencies(id: &str, node: &Node, exists: impl Fn(&str) -> bool) -> Vec<Fault> {
    let Some(depends_on) = node.as_map().and_then(|map| map.get("DependsOn")) else {
        return Vec::new();
    };
    let missing = dependencies(node).into_iter().filter(|name| !exists(name));
    let fault = |name: &str| {
        let message = format!("it depends on `{name}`, which does not exist");
        Fault::new(format!("resource `{id}`"), message).at(depends_on.line)
    };
    missing.map(fault).collect()
}
