//! A template as data: parameters, conditions, resources by section, outputs; and its text.
//!
//! Owns the order in which things stand and what a resource may have besides properties. Of resource types it knows the
//! one that holds an API's routes.

use std::collections::BTreeSet;

use super::parameters::names_in;
use super::value::{Change, Map, Value, with_references};
use super::yaml;

/// A whole template.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Template {
    /// What it is for, in one line.
    pub(super) description: String,
    /// `Metadata`
    pub(super) metadata: Map,
    /// `Parameters`
    pub(super) parameters: Map,
    /// `Conditions`
    pub(super) conditions: Map,
    /// `Resources`, in sections that a comment heads.
    pub(super) sections: Vec<Section>,
    /// `Outputs`
    pub(super) outputs: Map,
}

/// Resources that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// What they are: sentences, one for each line of the comment.
    pub(super) heading: Vec<&'static str>,
    /// The resources.
    pub(super) resources: Vec<Resource>,
}

/// One resource.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resource {
    /// Its logical id.
    pub(super) id: String,
    /// Its type: `AWS::SQS::Queue`.
    pub(super) kind: &'static str,
    /// The contract's place that declares it.
    pub(super) source: Option<String>,
    /// The condition under which it exists.
    pub(super) condition: Option<&'static str>,
    /// What has to be there before it, besides what it refers to.
    pub(super) after: Vec<&'static str>,
    /// What becomes of it when the stack is deleted, and when an update replaces it.
    pub(super) retention: Option<Retention>,
    /// How an update of it is carried out (`UpdatePolicy`).
    pub(super) update_policy: Map,
    /// `Metadata`
    pub(super) metadata: Map,
    /// `Properties`
    pub(super) properties: Map,
}

/// What becomes of a resource that leaves the stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Retention {
    /// It stays.
    Keep,
    /// It stays, unless the very update that creates it fails.
    KeepOnceCreated,
}

impl Resource {
    /// A resource with its properties and nothing else.
    pub(super) fn new(id: impl Into<String>, kind: &'static str, properties: Map) -> Self {
        Self {
            id: id.into(),
            kind,
            source: None,
            condition: None,
            after: Vec::new(),
            retention: None,
            update_policy: Map::new(),
            metadata: Map::new(),
            properties,
        }
    }

    /// The same, with the contract's place that declares it.
    pub(super) fn declared_at(mut self, pointer: &str) -> Self {
        self.source = Some(pointer.to_owned());
        self
    }

    pub(super) fn to_map(&self) -> Map {
        self.head().with_all(self.maps().map(|(key, map)| (key, map.clone())).collect())
    }

    /// What comes before the maps.
    fn head(&self) -> Map {
        let (deletion, replacement) = match self.retention {
            None => (None, None),
            Some(Retention::Keep) => (Some("Retain"), Some("Retain")),
            Some(Retention::KeepOnceCreated) => (Some("RetainExceptOnCreate"), Some("Retain")),
        };
        Map::new()
            .with("Type", self.kind)
            .with_some("Condition", self.condition)
            .with_some("DependsOn", (!self.after.is_empty()).then(|| self.after.clone()))
            .with_some("DeletionPolicy", deletion)
            .with_some("UpdateReplacePolicy", replacement)
    }

    /// The maps that hold anything.
    fn maps(&self) -> impl Iterator<Item = (&'static str, &Map)> {
        let maps = [
            ("UpdatePolicy", &self.update_policy),
            ("Metadata", &self.metadata),
            ("Properties", &self.properties),
        ];
        maps.into_iter().filter(|(_, map)| !map.is_empty())
    }
}

impl Template {
    /// All resources in order.
    pub(super) fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.sections.iter().flat_map(|section| &section.resources)
    }

    /// Panics when a logical id occurs twice: most readers of YAML would lose the first in silence.
    pub(super) fn assert_ids_differ(&self) {
        let mut ids = BTreeSet::new();
        for one in self.resources() {
            assert!(ids.insert(&one.id), "two emitters made the resource `{}`", one.id);
            assert!(self.parameters.get(&one.id).is_none(), "`{}` is a parameter too", one.id);
        }
    }

    /// Puts other references into resources and outputs.
    pub(super) fn change_references(&mut self, change: &mut Change<'_>) {
        let resources = self.sections.iter_mut().flat_map(|section| &mut section.resources);
        let parts = resources.flat_map(|one| [&mut one.update_policy, &mut one.properties]);
        for part in parts.chain([&mut self.outputs]) {
            *part = part.iter().map(|(key, one)| (key, with_references(one, change))).collect();
        }
    }

    /// The names to which resources, outputs and conditions refer: other resources, parameters and conditions.
    pub(super) fn names(&self) -> BTreeSet<String> {
        let mut names = Vec::new();
        for one in self.resources() {
            names.extend(one.condition.map(str::to_owned));
            for (_, value) in one.properties.iter().chain(one.update_policy.iter()) {
                names_in(value, &mut names);
            }
        }
        for (_, value) in self.outputs.iter().chain(self.conditions.iter()) {
            names_in(value, &mut names);
        }
        names.into_iter().collect()
    }

    /// The text, below the given comment lines. The API's routes have a line each where the template would be larger than
    /// CloudFormation allows.
    pub(super) fn to_yaml(&self, header: &[&str]) -> String {
        let text = self.written(header, false);
        match text.len() > limits::TEMPLATE_BYTES as usize {
            true => self.written(header, true),
            false => text,
        }
    }

    fn written(&self, header: &[&str], dense: bool) -> String {
        let mut out = String::new();
        comment(&mut out, header, 0);
        let head = Map::new()
            .with("AWSTemplateFormatVersion", Value::from("2010-09-09"))
            .with("Description", self.description.as_str());
        yaml::write_map(&mut out, &head, 0);
        for (key, map) in [
            ("Metadata", &self.metadata),
            ("Parameters", &self.parameters),
            ("Conditions", &self.conditions),
        ] {
            write_part(&mut out, key, map);
        }
        out.push_str("\nResources:\n");
        for section in self.sections.iter().filter(|section| !section.resources.is_empty()) {
            out.push('\n');
            comment(&mut out, &section.heading, 2);
            for resource in &section.resources {
                out.push('\n');
                if let Some(source) = &resource.source {
                    comment(&mut out, &[source], 2);
                }
                if dense && resource.kind == "AWS::ApiGateway::RestApi" {
                    yaml::write_dense(&mut out, &resource.id, &resource.to_map().into(), 2, ROUTES);
                    continue;
                }
                yaml::write_map_entry(&mut out, &resource.id, &resource.head(), 2);
                for (key, map) in resource.maps() {
                    yaml::write_map_entry(&mut out, key, map, 4);
                }
            }
        }
        write_part(&mut out, "Outputs", &self.outputs);
        out
    }
}

/// The maps around the routes of an API: the resource, its properties, its body, and the paths in it.
const ROUTES: usize = 4;

/// Writes a top-level part with a blank line before it, when it holds anything.
fn write_part(out: &mut String, key: &str, map: &Map) {
    if !map.is_empty() {
        out.push('\n');
        yaml::write_map_entry(out, key, map, 0);
    }
}

fn comment(out: &mut String, lines: &[&str], indent: usize) {
    for line in lines {
        out.extend(std::iter::repeat_n(' ', indent));
        // A line break in a contract's file name would end the comment.
        let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        out.push_str(format!("# {line}").trim_end());
        out.push('\n');
    }
}
