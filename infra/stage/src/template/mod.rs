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
mod shape;
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
use shape::{LANGUAGE_EXTENSIONS, folder_of, shape, transforms};

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
    /// `Connectors`
    connectors: Option<Node>,
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
