//! A stack of the plan, as CloudFormation would describe it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use indexmap::IndexMap;

/// A stack: that of a template, or one that is nested in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// Its name: `local`, and `local-Data` of the nested stack `Data`.
    pub name: String,
    /// Its id, an ARN.
    pub stack_id: String,
    /// The id of the stack in which it is nested.
    pub parent: Option<String>,
    /// What the ids of its resources begin with in the plan: empty, or `Data.`.
    pub prefix: String,
    /// The file of its template.
    pub path: PathBuf,
    /// The values of its parameters.
    pub parameters: BTreeMap<String, String>,
    /// Its outputs, by name.
    pub outputs: IndexMap<String, String>,
    /// What it exports, by the names of the exports.
    pub exports: BTreeMap<String, String>,
    /// Everything that its template declares, in this order.
    pub resources: Vec<StackResource>,
}

/// A resource of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackResource {
    /// Its logical id.
    pub id: String,
    /// What `Ref` answers.
    pub physical_id: String,
    /// Its type.
    pub kind: String,
    /// Where the template declares it.
    pub line: usize,
}

impl Stack {
    /// The resource that has this id in the plan.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&StackResource> {
        let id = id.strip_prefix(&self.prefix)?;
        self.resources.iter().find(|resource| resource.id == id)
    }

    /// Where and what a resource is that has this id in the plan, or this physical name:
    /// ``template.yaml:3: resource `Orders` (AWS::SQS::Queue)``.
    pub(crate) fn declares(&self, name: &str) -> Option<String> {
        let is_named = |resource: &&StackResource| {
            let last = resource.physical_id.rsplit(['/', ':']).next();
            resource.physical_id == name || last == Some(name)
        };
        let found = self.resource(name).or_else(|| self.resources.iter().find(is_named))?;
        let StackResource { id, kind, line, .. } = found;
        Some(format!("{}:{line}: resource `{id}` ({kind})", self.path.display()))
    }

    /// Where a resource of it is written: `template.yaml:12`.
    #[must_use]
    pub fn place(&self, id: &str) -> String {
        match self.resource(id) {
            Some(resource) => format!("{}:{}", self.path.display(), resource.line),
            None => self.path.display().to_string(),
        }
    }
}
