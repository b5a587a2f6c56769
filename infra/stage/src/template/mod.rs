//! The CloudFormation template: text → tree → plain values → [`Plan`], what is to be stood up.
//!
//! `syntax` reads, `parameters` and `evaluate` and `identity` compute, `resources` decides what each resource
//! becomes. Every resource type is stood up, knowingly inert, or refused by name; so is every property of the types
//! that are stood up. All faults are reported together, each with its line.
//!
//! SAM is transformed (`sam`), what `cdk synth` writes is found (`assets`), and files beside the template are included
//! (`include`).
//!
//! Known deviations: no change sets, rollbacks, policies or dependencies (everything local exists at once); macros
//! are refused, and imports of what no stack before (`stacks`) and no `Metadata.LocalExports` exports; `AWS::AccountId` is `000000000000`.

mod assets;
mod dynamic;
mod error;
mod evaluate;
mod foreach;
mod identity;
mod include;
mod parameters;
mod plan;
mod properties;
mod resources;
mod sam;
mod secrets;
mod stacks;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use indexmap::IndexMap;

pub use crate::account::ACCOUNT;
pub use error::{Fault, TemplateError};
pub use plan::*;
pub(crate) use stacks::Stacks;
pub use syntax::{Node, Value};

use assets::Assets;
use evaluate::Evaluator;

/// Where a template is stood up: what the pseudo parameters answer.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// `AWS::Region`
    pub region: String,
    /// `AWS::AccountId`
    pub account: String,
    /// `AWS::StackName`
    pub stack: String,
    /// The base URL of the AWS endpoint, without a trailing slash; queue URLs begin with it.
    pub endpoint: String,
    /// Whether what the stage does not have is left out instead of refused.
    pub allow_inert: bool,
    /// Local values of parameters and secrets that are stored in AWS.
    pub stored: Stored,
    /// What the stacks before this one export.
    pub exports: BTreeMap<String, String>,
    /// Languages of managed runtimes that are run beside those which the stage runs by itself: `java`.
    pub languages: BTreeSet<String>,
}

impl Surroundings {
    /// The ARN of a secret.
    #[must_use]
    pub fn secret_arn(&self, name: &str) -> String {
        self.arn("secretsmanager", &format!("secret:{name}-{}", crate::secrets::SUFFIX))
    }

    /// An ARN of a resource in this account and region.
    #[must_use]
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    /// An ARN of a resource in this account that no region owns.
    #[must_use]
    pub fn global_arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}::{}:{resource}", self.account)
    }

    /// The id of the stack: its last part is a UUID as in AWS, and the same on every run.
    #[must_use]
    pub fn stack_id(&self) -> String {
        self.stack_id_of(&self.stack)
    }

    /// The id of the stack of this name.
    #[must_use]
    pub fn stack_id_of(&self, stack: &str) -> String {
        let id = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, stack.as_bytes());
        self.arn("cloudformation", &format!("stack/{stack}/{id}"))
    }

    /// The URL that an API has in AWS, without a slash at its end.
    #[must_use]
    pub fn endpoint_of(&self, api_id: &str) -> String {
        format!("https://{api_id}.execute-api.{}.amazonaws.com", self.region)
    }

    /// The URL of a queue.
    #[must_use]
    pub fn queue_url(&self, name: &str) -> String {
        format!("{}/{}/{name}", self.endpoint, self.account)
    }
}

/// A template that was read, but not evaluated.
#[derive(Debug, Clone)]
pub struct Template {
    path: PathBuf,
    assets: Assets,
    parameters: IndexMap<String, Node>,
    /// `Metadata.LocalParameters`: values on a stage on this machine of parameters that have no default.
    local: IndexMap<String, Node>,
    /// `Metadata.LocalExports`: what other stacks would export.
    exports: IndexMap<String, Node>,
    /// `Metadata.LocalSecrets`: what functions read that is stored outside of the stack.
    secrets: IndexMap<String, Node>,
    mappings: IndexMap<String, Node>,
    conditions: IndexMap<String, Node>,
    resources: IndexMap<String, Resource>,
    outputs: IndexMap<String, Node>,
    /// Whether it has the transform that brings further functions.
    is_extended: bool,
    /// Parameters that loops (`Fn::ForEach`) go through, which have their defaults.
    looped: Vec<String>,
    /// What a transform refused.
    faults: Vec<Fault>,
}

/// A resource as it is written.
#[derive(Debug, Clone)]
struct Resource {
    line: usize,
    kind: String,
    condition: Option<String>,
    /// `DependsOn`
    depends_on: Vec<String>,
    metadata: Option<Node>,
    /// `IgnoreGlobals`
    ignored_globals: Option<Node>,
    properties: IndexMap<String, Node>,
}

impl Resource {
    fn property(&self, name: &str) -> Option<&Node> {
        self.properties.get(name)
    }

    /// The binary that a function runs (`Metadata.Binary`).
    fn binary(&self) -> Option<String> {
        self.metadata.as_ref()?.as_map()?.get("Binary")?.to_text()
    }

    /// Whether it is a function that an interpreter runs.
    fn has_managed_runtime(&self) -> bool {
        let runtime = self.property("Runtime").and_then(Node::as_str);
        runtime.is_some_and(|runtime| !runtime.starts_with("provided"))
    }
}

impl Template {
    /// Reads a template file, or the one template of a folder that `cdk synth` wrote.
    ///
    /// # Errors
    /// When the file cannot be read, is no YAML, or has not the shape of a template.
    pub fn read(path: &Path) -> Result<Self, TemplateError> {
        Self::of_file(&assets::template_of(path)?)
    }

    fn of_file(path: &Path) -> Result<Self, TemplateError> {
        let text = crate::given::text(path)
            .map_err(|source| TemplateError::Read { path: path.to_owned(), source })?;
        let text = assets::in_local_environment(path, text);
        Ok(Self { assets: Assets::beside(path)?, ..Self::parse(path, &text)? })
    }

    /// Reads the text of a template; `path` is for messages and for what the template names relative to itself.
    ///
    /// # Errors
    /// When it is no YAML or has not the shape of a template.
    pub fn parse(path: &Path, text: &str) -> Result<Self, TemplateError> {
        let refused = |faults| TemplateError::Refused { path: path.to_owned(), faults };
        let root = syntax::parse(text).map_err(|fault| refused(vec![fault]))?;
        let root = include::expand(root, folder_of(path)).map_err(refused)?;
        let is_extended = root
            .as_map()
            .and_then(|map| map.get("Transform"))
            .is_some_and(|node| transforms(node).iter().any(|name| name == LANGUAGE_EXTENSIONS));
        if !is_extended {
            return shape(path, &root).map_err(refused);
        }
        let expanded = foreach::expand(&root).map_err(refused)?;
        let template = shape(path, &expanded.root).map_err(refused)?;
        Ok(Self { is_extended, looped: expanded.parameters, ..template })
    }

    /// The folder that holds the template: local paths in it are relative to this.
    fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// The binaries that the functions run (`Metadata.Binary`); `None` if a function names none, because its code may be
    /// any file then, or if a template that is nested in it cannot be read.
    pub(crate) fn binaries(&self) -> Option<BTreeSet<String>> {
        self.binaries_within(&mut Vec::new())
    }

    /// The same, unless this template is already among those that are being read.
    fn binaries_within(&self, around: &mut Vec<PathBuf>) -> Option<BTreeSet<String>> {
        if around.contains(&self.path) {
            return None;
        }
        around.push(self.path.clone());
        let mut binaries = BTreeSet::new();
        for resource in self.resources.values() {
            if resource.kind == resources::NESTED {
                let file = resource.property("TemplateURL")?.to_text()?;
                let nested = Self::of_file(&self.folder().join(file)).ok()?;
                binaries.extend(nested.binaries_within(around)?);
            } else if resource.kind == "AWS::Lambda::Function" {
                match resource.binary() {
                    Some(binary) => {
                        binaries.insert(binary);
                    }
                    None if resource.has_managed_runtime() => {}
                    None => return None,
                }
            }
        }
        around.pop();
        Some(binaries)
    }

    /// What is to be stood up.
    ///
    /// # Errors
    /// Everything that the stage cannot or will not stand up, and everything that is wrong in itself.
    pub fn plan(
        &self,
        overrides: &BTreeMap<String, String>,
        surroundings: &Surroundings,
    ) -> Result<Plan, TemplateError> {
        self.plan_beside(&Plan::default(), overrides, surroundings)
    }

    /// The same for a stack that may refer to what other stacks have.
    fn plan_beside(
        &self,
        others: &Plan,
        overrides: &BTreeMap<String, String>,
        surroundings: &Surroundings,
    ) -> Result<Plan, TemplateError> {
        let refused = |mut faults: Vec<Fault>| {
            faults.sort_by_key(|fault| (fault.file.clone(), fault.line.unwrap_or(0)));
            TemplateError::Refused { path: self.path.clone(), faults }
        };
        let parameters = parameters::resolve(self, overrides).map_err(refused)?;
        let mut evaluator = Evaluator::new(self, surroundings, parameters);
        let (mut plan, mut faults) = resources::plan(others, &mut evaluator);
        faults.sort_by_key(|fault| (fault.file.clone(), fault.line.unwrap_or(0)));
        let is_left_out = |fault: &Fault| surroundings.allow_inert && fault.can_be_left_out;
        if faults.iter().all(is_left_out) {
            plan.left_out.extend(faults.iter().map(|fault| fault.left_out(&self.path)));
            return Ok(plan);
        }
        Err(refused(faults.into_iter().filter(|fault| !is_left_out(fault)).collect()))
    }
}

fn shape(path: &Path, root: &Node) -> Result<Template, Vec<Fault>> {
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

/// Sections that there are not, and transforms that run only in AWS.
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

/// Logical ids that are none.
fn wrong_names(map: &IndexMap<String, Node>) -> Vec<Fault> {
    let of = |section: &'static str| {
        let names = map.get(section).and_then(Node::as_map).into_iter().flatten();
        let wrong = |name: &str| {
            !name.starts_with("Fn::") && !name.chars().all(|c| c.is_ascii_alphanumeric())
        };
        names.filter(move |(name, _)| wrong(name)).map(move |(name, node)| {
            let message = format!(
                "`{name}` in `{section}` is no logical id: only letters and digits are allowed"
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
        properties: node.as_map().cloned().unwrap_or_default(),
    }
}

/// The folder of a file.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The transform of SAM.
const SAM: &str = "AWS::Serverless-2016-10-31";
/// The transform that brings further functions.
const LANGUAGE_EXTENSIONS: &str = "AWS::LanguageExtensions";

/// The names of transforms: one, or a list.
fn transforms(node: &Node) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use super::*;

    #[test]
    fn functions_that_an_interpreter_runs_need_no_binary() {
        let binaries = |of_one: &str| {
            let text = format!(
                "Resources:\n  A: {{Type: AWS::Lambda::Function, Metadata: {{Binary: shop}}}}\n  \
                 B: {{Type: AWS::Lambda::Function, Properties: {{{of_one}}}}}\n"
            );
            Template::parse(Path::new("t.yaml"), &text).unwrap().binaries()
        };
        let one = Some(BTreeSet::from(["shop".to_owned()]));
        assert_eq!(binaries("Runtime: python3.12"), one);
        assert_eq!(binaries("Runtime: provided.al2023"), None);
        assert_eq!(binaries("Runtime: !Ref Runtime"), None);
    }
}
