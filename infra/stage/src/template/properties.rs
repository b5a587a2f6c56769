//! Reads the properties of one resource, and remembers which were read, so that the rest can be refused by name.
//!
//! Owns coercion as CloudFormation does it (text for a number and the other way round). Evaluates no property that
//! is knowingly inert: what it refers to does not matter.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use indexmap::IndexMap;
use serde_json::Value as Json;

use super::Resource;
use super::error::Fault;
use super::evaluate::Evaluator;
use super::syntax::{Node, Value};

/// Properties that have no effect on the stage, each with the reason.
pub(super) type InertProperties = &'static [(&'static str, &'static str)];

/// The properties of a resource or of a part of it.
pub(super) struct Properties {
    subject: String,
    /// `Targets[0].` for a part, empty for the whole.
    prefix: String,
    line: usize,
    map: IndexMap<String, Node>,
    /// Where each is written, also after it was read.
    lines: BTreeMap<String, usize>,
    /// Those that could not be evaluated, which is told already.
    broken: BTreeSet<String>,
    /// Whether a part is no map, which is told already.
    is_unreadable: bool,
    faults: Vec<Fault>,
}

impl Properties {
    /// Evaluates what a resource says, except for what is inert.
    pub(super) fn of(
        id: &str,
        resource: &Resource,
        inert: InertProperties,
        evaluator: &mut Evaluator<'_>,
    ) -> Self {
        let subject = format!("resource `{id}` ({})", resource.kind);
        let mut map = IndexMap::new();
        let mut broken = BTreeSet::new();
        let mut faults = Vec::new();
        for (name, node) in &resource.properties {
            if inert.iter().any(|(inert, _)| inert == name) {
                continue;
            }
            match evaluator.evaluate(node) {
                Ok(Some(node)) => {
                    map.insert(
                        name.clone(),
                        if is_document(name) { node.read_text() } else { node },
                    );
                }
                Ok(None) => {}
                Err(mut fault) => {
                    broken.insert(name.clone());
                    fault.message = format!("property `{name}`: {}", fault.message);
                    faults.push(fault.within(&subject));
                }
            }
        }
        let lines = lines_of(&map);
        Self {
            subject,
            prefix: String::new(),
            line: resource.line,
            map,
            lines,
            broken,
            is_unreadable: false,
            faults,
        }
    }

    /// A part of these properties: the faults of a part are handed back with [`Properties::absorb`].
    fn part(&self, prefix: String, node: &Node) -> Self {
        let mut part = Self {
            subject: self.subject.clone(),
            prefix,
            line: node.line,
            map: IndexMap::new(),
            lines: BTreeMap::new(),
            broken: BTreeSet::new(),
            is_unreadable: false,
            faults: Vec::new(),
        };
        match &node.value {
            Value::Map(map) => {
                part.map.clone_from(map);
                part.lines = lines_of(map);
            }
            _ => {
                part.is_unreadable = true;
                let name = part.prefix.trim_end_matches('.').to_owned();
                part.faults.push(part.fault(
                    node.line,
                    format!("property `{name}` must be a map, not {}", node.kind()),
                ));
            }
        }
        part
    }

    /// The part with this name, when it is there.
    pub(super) fn section(&mut self, name: &str) -> Option<Self> {
        let node = self.map.shift_remove(name)?;
        Some(self.part(format!("{}{name}.", self.prefix), &node))
    }

    /// The maps of a list.
    pub(super) fn sections(&mut self, name: &str) -> Vec<Self> {
        let items = self.list(name);
        let prefix = |index: usize| format!("{}{name}[{index}].", self.prefix);
        items.iter().enumerate().map(|(index, node)| self.part(prefix(index), node)).collect()
    }

    /// Ends reading a part: what nobody read is refused.
    pub(super) fn absorb(&mut self, part: Self) {
        self.faults.extend(part.finish());
    }

    /// Ends reading a part without looking at the rest of it.
    pub(super) fn forsake(&mut self, part: Self) {
        self.faults.extend(part.abandon());
    }

    /// Ends reading: what nobody read is refused.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        let left: Vec<(String, usize)> =
            self.map.iter().map(|(name, node)| (name.clone(), node.line)).collect();
        for (name, line) in left {
            let message = format!("property `{}{name}` is not supported by the stage", self.prefix);
            let fault = self.fault(line, message).left_out_on_request();
            self.faults.push(fault);
        }
        self.faults
    }

    /// Ends reading without looking at the rest, after a fault that leaves no sense in it.
    pub(super) fn abandon(self) -> Vec<Fault> {
        self.faults
    }

    /// Reports a fault of these properties.
    pub(super) fn refuse(&mut self, name: &str, message: &str) {
        let line = self.lines.get(name).map_or(self.line, |line| *line);
        let fault = self.fault(line, format!("property `{}{name}` {message}", self.prefix));
        self.faults.push(fault);
    }

    /// Reports that the stage does not have what a property asks for; the rest can stand without it.
    pub(super) fn lacks(&mut self, name: &str, message: &str) {
        self.refuse(name, message);
        if let Some(fault) = self.faults.last_mut() {
            fault.can_be_left_out = true;
        }
    }

    fn fault(&self, line: usize, message: String) -> Fault {
        Fault::new(self.subject.clone(), message).at(line)
    }

    /// Removes and returns a property.
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        self.map.shift_remove(name)
    }

    /// Passes over properties that are known to be without effect here.
    pub(super) fn skip(&mut self, names: &[&str]) {
        for name in names {
            self.map.shift_remove(*name);
        }
    }

    /// A property as JSON.
    pub(super) fn json(&mut self, name: &str) -> Option<Json> {
        self.take(name).map(|node| node.to_json())
    }

    /// A text property.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let node = self.take(name)?;
        let text = node.to_text();
        if text.is_none() {
            let message =
                format!("property `{}{name}` must be a string, not {}", self.prefix, node.kind());
            self.faults.push(self.fault(node.line, message));
        }
        text
    }

    /// A text property that must be there; empty text stands in for it after the fault.
    pub(super) fn required_text(&mut self, name: &str) -> String {
        if !self.map.contains_key(name) {
            if !self.broken.contains(name) && !self.is_unreadable {
                self.refuse(name, "is missing");
            }
            return String::new();
        }
        self.text(name).unwrap_or_default()
    }

    /// An integer property within a range.
    pub(super) fn integer(&mut self, name: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let node = self.take(name)?;
        let number = node
            .to_text()
            .and_then(|text| text.parse::<u32>().ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!(
                "property `{}{name}` must be an integer from {} to {}",
                self.prefix,
                range.start(),
                range.end()
            );
            self.faults.push(self.fault(node.line, message));
        }
        number
    }

    /// A boolean property.
    pub(super) fn flag(&mut self, name: &str) -> Option<bool> {
        let text = self.take(name)?;
        match text.to_text().as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => {
                let message = format!("property `{}{name}` must be true or false", self.prefix);
                self.faults.push(self.fault(text.line, message));
                None
            }
        }
    }

    /// A list property; a single value is taken as a list of one, as CloudFormation does.
    pub(super) fn list(&mut self, name: &str) -> Vec<Node> {
        match self.take(name) {
            None => Vec::new(),
            Some(Node { value: Value::List(items), .. }) => items,
            Some(node) => vec![node],
        }
    }

    /// A list of text.
    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let items = self.list(name);
        let texts: Option<Vec<String>> = items.iter().map(Node::to_text).collect();
        texts.unwrap_or_else(|| {
            self.refuse(name, "must be a list of strings");
            Vec::new()
        })
    }

    /// A map from text to text.
    pub(super) fn text_map(&mut self, name: &str) -> std::collections::BTreeMap<String, String> {
        let Some(node) = self.take(name) else { return Default::default() };
        let map = node.as_map().map(|map| {
            map.iter().map(|(key, node)| Some((key.clone(), node.to_text()?))).collect()
        });
        match map {
            Some(Some(map)) => map,
            _ => {
                let message = format!("property `{}{name}` must be a map of strings", self.prefix);
                self.faults.push(self.fault(node.line, message));
                Default::default()
            }
        }
    }
}

/// Whether CloudFormation takes a property as an object or as the text of one.
fn is_document(name: &str) -> bool {
    const NAMES: [&str; 8] = [
        "Body",
        "EventPattern",
        "FilterPolicy",
        "Policy",
        "PolicyDocument",
        "RedriveAllowPolicy",
        "RedrivePolicy",
        "Schema",
    ];
    NAMES.contains(&name)
}

fn lines_of(map: &IndexMap<String, Node>) -> BTreeMap<String, usize> {
    map.iter().map(|(name, node)| (name.clone(), node.line)).collect()
}
