//! The form of contract objects: which keys they have, of what kind, and what becomes of each.
//!
//! Owns the check of a tree against the tables of [`super::keywords`]: wrong kinds, missing and unknown keys,
//! keys that are not honoured. What it checked and what failed is remembered, so that later stages read a node
//! without asking again and stay silent below one that failed. Follows no reference; it lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::correction::{correction, in_unit};
use super::dialect::{Dialect, Dialects, Links};
use super::keywords::{openapi::HEADER, ours};
use super::misplaced::{self, Stray};
use super::node::{Entry, Node, Value};
use super::unknown::{meant_as_ref, slip_of, unknown};
use super::{effect, every, swallowed, versions};
use crate::diag::{Sink, catalog::misplaced as misplaced_fault, catalog::shape as fault};
use crate::source::{FileId, SourceMap, Span};

/// A kind of object that a contract may hold.
#[derive(Debug)]
pub struct Shape {
    /// What it is called: `operation`.
    pub name: &'static str,
    /// The keys it knows.
    pub fields: &'static [Field],
    /// The keys it must have.
    pub required: &'static [&'static str],
    /// Whether `$ref` may stand in its place.
    pub referable: bool,
    /// Whether keys of its own count beside `$ref`.
    pub beside_ref: bool,
    /// Whether it is one of ours, where a key that nobody knows is always an error.
    pub ours: bool,
}

/// A key of an object.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What it must hold.
    pub form: Form,
    /// What becomes of it.
    pub usage: Usage,
}

/// What the shape of a schema is called.
pub(crate) const SCHEMA: &str = "schema";

/// The keys below which schemas have names.
const NAMES_OF_SCHEMAS: [&str; 4] = ["properties", "schemas", "definitions", "$defs"];

/// What becomes of a key.
#[derive(Debug, Clone, Copy)]
pub enum Usage {
    /// It shapes what is generated, or documents it.
    Honoured,
    /// It has no effect, which is said; the text tells why.
    Ignored(&'static str),
    /// It is about something that this generator does not make, which is noted; the text tells why.
    Noted(&'static str),
    /// It is an error; the text tells what to do.
    Refused(&'static str),
}

/// What a value must be.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from zero.
    Count,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// A list.
    List(&'static Form),
    /// A mapping from names of the contract's own.
    Map(&'static Form),
    /// A mapping from patterned names (paths, statuses), among which extensions may stand.
    Patterned(&'static Form),
    /// An object of this shape.
    Object(&'static Shape),
    /// Decided by the value.
    Choose(fn(&Node) -> Form),
}

/// A reference that was met, and the shape that must stand at its end.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    /// The node that holds the reference.
    pub node: &'a Node,
    /// What its target must be.
    pub shape: &'static Shape,
    /// What it is.
    pub link: Link,
}

/// How a contract names another place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// `$ref`
    Reference,
    /// `$dynamicRef`, which stands beside others.
    Dynamic,
    /// A value of a discriminator's `mapping`, which is the node itself.
    Mapping,
}

/// What was checked.
#[derive(Debug, Default)]
pub struct Checked<'a> {
    /// The shape that each object was checked against.
    shapes: BTreeMap<Span, &'static str>,
    /// The objects that failed.
    failed: BTreeSet<Span>,
    /// The references that were met, in order.
    pub sites: Vec<Site<'a>>,
    /// The dialect of JSON Schema in each file.
    dialects: Dialects,
    /// The texts of the files, where there are any.
    sources: Option<&'a SourceMap>,
}

impl<'a> Checked<'a> {
    /// Nothing yet, of these files.
    #[must_use]
    pub fn of(sources: &'a SourceMap, trees: &BTreeMap<FileId, Node>, links: &Links) -> Self {
        Self {
            dialects: Dialect::of_files(trees, links),
            sources: Some(sources),
            ..Self::default()
        }
    }

    /// The dialect of JSON Schema in a file.
    #[must_use]
    pub fn dialect(&self, file: FileId) -> Dialect {
        self.dialects.of(file)
    }

    /// Whether an object failed, so that nothing more is to be said of it.
    #[must_use]
    pub fn failed(&self, node: &Node) -> bool {
        self.failed.contains(&node.span)
    }

    /// Marks an object as failed.
    pub fn fail(&mut self, node: &Node) {
        self.failed.insert(node.span);
    }

    /// The shape that an object was checked against.
    #[must_use]
    pub fn shape_of(&self, node: &Node) -> Option<&'static str> {
        self.shapes.get(&node.span).copied()
    }

    /// Checks a node and everything below it.
    pub fn check(&mut self, node: &'a Node, shape: &'static Shape, sink: &Sink) -> bool {
        self.object(node, shape, sink)
    }

    /// Reports keywords of schemas among the names of a file of schemas that is not a schema itself. It is one when a
    /// reference to a schema took one of its names.
    pub fn check_names(&mut self, tree: &'a Node, sink: &Sink) {
        let is_schema = ["$schema", "type", "definitions", "$defs"];
        let is_other = is_schema.iter().any(|key| tree.get(key).is_some());
        let is_named = |entry: &Entry| self.shape_of(&entry.value) == Some(SCHEMA);
        if is_other || self.shape_of(tree).is_some() || !tree.entries().iter().any(is_named) {
            return;
        }
        let mut above: Option<&Entry> = None;
        for entry in tree.entries() {
            let is_below = above.is_some_and(|above| misplaced::is_schema(&above.value));
            match misplaced::stray(entry, self.dialect(tree.span.file)) {
                Some(stray) if is_below && stray.is_structural => {
                    self.stray(entry, above, stray, sink);
                }
                _ => above = Some(entry),
            }
        }
    }

    fn object(&mut self, node: &'a Node, shape: &'static Shape, sink: &Sink) -> bool {
        if self.shapes.contains_key(&node.span) {
            return !self.failed(node);
        }
        self.shapes.insert(node.span, shape.name);
        if shape.name == SCHEMA && matches!(node.value, Value::Flag(_)) {
            return true;
        }
        let Value::Map(entries) = &node.value else {
            let expected = format!("a mapping ({})", shape.name);
            let help = correction(node, Form::Object(shape));
            sink.report(fault::wrong_kind(node.found(), &expected, help));
            self.fail(node);
            return false;
        };
        if let Some(entry) = meant_as_ref(node, shape) {
            sink.report(fault::unknown_key(entry.named(), shape.name, Some("$ref"), None));
            self.fail(node);
            return false;
        }
        let mut sound = true;
        let reference = node.entry("$ref").filter(|_| !shape.ours);
        let counts = shape.beside_ref || self.counts_beside(node, shape);
        if let Some(reference) = reference {
            if !shape.referable {
                sink.report(fault::no_ref_here(reference.named(), shape.name));
                self.fail(node);
                return false;
            }
            sound = self.reference(node, shape, counts, sink);
            if !counts {
                return sound;
            }
        }
        if shape.name == SCHEMA {
            sound &= self.dialects.check(node, sink);
            effect::check(node, sink);
            if node.text_at("$dynamicRef").is_some() {
                self.sites.push(Site { node, shape, link: Link::Dynamic });
            }
            let mapping =
                node.at(&["discriminator", "mapping"]).into_iter().flat_map(Node::entries);
            let mapped = mapping.filter(|one| one.value.text().is_some());
            self.sites.extend(mapped.map(|one| Site {
                node: &one.value,
                shape,
                link: Link::Mapping,
            }));
        }
        for entry in entries.iter().filter(|entry| reference.is_none() || entry.key != "$ref") {
            sound &= self.entry(entry, node, shape, sink);
        }
        self.swallowed(node, shape, sink);
        for key in shape.required.iter().filter(|key| node.get(key).is_none()) {
            // A key that is misspelt has been reported, and is not missing besides; nor is one that stands for it and is
            // not supported.
            let is_replaced = *key == "name" && node.get("arn").is_some();
            if !is_replaced && entries.iter().all(|entry| slip_of(entry, shape) != Some(key)) {
                sink.report(fault::missing_key(node.span, shape.name, key));
                sound = false;
            }
        }
        if !sound {
            self.fail(node);
        }
        sound
    }

    /// Whether a schema counts that stands beside its `$ref`.
    fn counts_beside(&self, node: &Node, shape: &Shape) -> bool {
        shape.name == SCHEMA && !self.dialect(node.span.file).refers_alone()
    }

    /// Whether a reference says the words of its target anew, as since OpenAPI 3.1.
    fn is_said_anew(&self, key: &str, node: &Node, shape: &Shape) -> bool {
        matches!(key, "summary" | "description")
            && shape.fields.iter().any(|field| field.key == key)
            && !self.dialect(node.span.file).refers_alone()
    }

    fn reference(
        &mut self,
        node: &'a Node,
        shape: &'static Shape,
        counts: bool,
        sink: &Sink,
    ) -> bool {
        if node.reference().is_none() {
            match node.get("$ref") {
                Some(Node { value: Value::Null, span }) => sink.report(fault::empty_ref(*span)),
                Some(target) => sink.report(fault::wrong_kind(target.found(), "a string", None)),
                None => {}
            }
            self.fail(node);
            return false;
        }
        let mut sound = true;
        for entry in node.entries().iter().filter(|entry| !counts && entry.key != "$ref") {
            sound &= self.beside(entry, node, shape, sink);
        }
        self.sites.push(Site { node, shape, link: Link::Reference });
        sound
    }

    /// A key beside a reference that stands alone. It is lost, but for what is said of a property and not of its schema.
    fn beside(
        &mut self,
        entry: &'a Entry,
        node: &'a Node,
        shape: &'static Shape,
        sink: &Sink,
    ) -> bool {
        let key = entry.key.as_str();
        if self.is_said_anew(key, node, shape) {
            return self.entry(entry, node, shape, sink);
        }
        if !key.starts_with("x-") {
            sink.report(fault::beside_ref(entry.named(), shape.name));
            return true;
        }
        if shape.name == SCHEMA && ours::counts_beside_ref(key) {
            return self.entry(entry, node, shape, sink);
        }
        if ours::place_of(key).is_none() {
            return unknown(entry, node, shape, sink);
        }
        let is_common = ours::is_common(key, shape.name) || key == "x-sunset";
        sink.report(match is_common {
            true => fault::beside_ref(entry.named(), shape.name),
            false => fault::extension_beside_ref(entry.named(), shape.name),
        });
        is_common
    }

    fn entry(
        &mut self,
        entry: &'a Entry,
        node: &'a Node,
        shape: &'static Shape,
        sink: &Sink,
    ) -> bool {
        let Some(field) = shape.fields.iter().find(|field| field.key == entry.key) else {
            return unknown(entry, node, shape, sink);
        };
        if self.dialect(entry.key_span.file) == Dialect::OpenApi30 {
            versions::check_key(entry, shape.name, sink);
        }
        if shape.name == "components" {
            check_names_of_components(&entry.value, sink);
        }
        match field.usage {
            Usage::Honoured if entry.key == "required" && is_misplaced_flag(entry, field) => {
                sink.report(fault::required_is_list(entry.value.span));
                return false;
            }
            Usage::Honoured => {}
            Usage::Ignored(_) if is_of_bytes(entry, node) => {}
            Usage::Ignored(why) => {
                sink.report(fault::ignored_key(entry.named(), shape.name, why));
            }
            Usage::Noted(why) => sink.report(fault::noted_key(entry.named(), shape.name, why)),
            Usage::Refused(advice) => {
                sink.report(fault::refused_key(entry.named(), shape.name, advice));
                return false;
            }
        }
        if let Some(help) = in_unit(shape.name, entry, field.form) {
            let expected = expected(field.form);
            sink.report(fault::wrong_kind(entry.value.found(), &expected, Some(help)));
            return false;
        }
        if let Some(stray) = misplaced::below(entry, node, shape, field.form) {
            sink.report(misplaced_fault::key_too_deep(stray.named(), &entry.key, shape.name));
            self.fail(&entry.value);
            return false;
        }
        match (field.form, &entry.value.value) {
            (Form::Map(item), Value::Map(entries))
                if NAMES_OF_SCHEMAS.contains(&field.key) && entry.value.reference().is_none() =>
            {
                self.named_schemas(entries, *item, sink)
            }
            (form, _) => self.form(&entry.value, form, sink),
        }
    }

    /// Checks schemas with their names, among which keywords may stand that were meant for the schema above.
    fn named_schemas(&mut self, entries: &'a [Entry], form: Form, sink: &Sink) -> bool {
        let (mut sound, mut above) = (true, None);
        for entry in entries {
            let dialect = self.dialect(entry.key_span.file);
            if let Some(stray) = misplaced::stray(entry, dialect) {
                sound &= self.stray(entry, above, stray, sink);
                continue;
            }
            above = Some(entry);
            if matches!(entry.value.value, Value::Flag(true)) && dialect == Dialect::OpenApi30 {
                sink.report(misplaced_fault::flag_as_schema(entry.named()));
                sound = false;
                continue;
            }
            sound &= self.form(&entry.value, form, sink);
        }
        sound
    }

    /// Reports a keyword among names; whether the schema above can be used nevertheless.
    fn stray(&mut self, entry: &Entry, above: Option<&Entry>, stray: Stray, sink: &Sink) -> bool {
        let name = above.map(|above| above.key.as_str());
        let (is_ours, flag) = (stray.is_ours, stray.flag);
        sink.report(misplaced_fault::keyword_as_name(entry.named(), name, is_ours, flag));
        if flag.is_none() {
            above.into_iter().for_each(|above| self.fail(&above.value));
        }
        flag.is_some()
    }

    /// Reports keys of an object that are the last lines of one of its texts.
    fn swallowed(&self, node: &Node, shape: &Shape, sink: &Sink) {
        let Some(sources) = self.sources else { return };
        for entry in node.entries() {
            let is_long = entry.value.text().is_some_and(|text| text.contains(':'));
            let is_text = || shape.fields.iter().any(|field| field.key == entry.key);
            if is_long && is_text() {
                let span = entry.value.span;
                let (text, range) =
                    (&sources.file(span.file).text, span.start as usize..span.end as usize);
                let found = swallowed::find(text.get(range).unwrap_or_default(), node, shape);
                for (at, key) in found {
                    let start = span.start + at;
                    let end = start + u32::try_from(key.len()).unwrap_or(0);
                    let place = Span { start, end, ..span };
                    sink.report(misplaced_fault::swallowed_key(place, key, &entry.key));
                }
            }
        }
    }

    /// Whether a value has a form. A failure inside of an object below is that object's own: it does not spread.
    fn form(&mut self, node: &'a Node, form: Form, sink: &Sink) -> bool {
        let wanted = match (form, &node.value) {
            (Form::Any, _)
            | (Form::Text, Value::Text(_))
            | (Form::Flag, Value::Flag(_))
            | (Form::Number, Value::Number(_)) => return true,
            (Form::Choose(choose), _) => return self.form(node, choose(node), sink),
            (Form::Count, Value::Number(_)) if node.count().is_some() => return true,
            (Form::Choice(choices), Value::Text(text)) => {
                if choices.contains(&text.as_str()) {
                    return true;
                }
                sink.report(fault::not_a_choice(node.span, text, choices));
                return false;
            }
            (Form::List(item), Value::List(items)) => {
                return every(items, |node| self.form(node, *item, sink));
            }
            (Form::Map(Form::Object(_) | Form::Choose(_)), Value::Map(_))
            | (Form::Patterned(_), Value::Map(_))
                if node.reference().is_some() =>
            {
                let reference = node.entry("$ref").map(Entry::named);
                reference.into_iter().for_each(|at| sink.report(fault::no_ref_here(at, "mapping")));
                return false;
            }
            (Form::Map(value), Value::Map(entries)) => {
                return every(entries, |entry| match (ours::place_of(&entry.key), *value) {
                    // An extension one level above its object is no name of one; headers may have any name.
                    (Some(place), Form::Object(shape))
                        if !shape.ours
                            && shape.name != HEADER.name
                            && !ours::is_everyday(&entry.key) =>
                    {
                        let at = entry.named();
                        sink.report(fault::misplaced_extension(at, shape.name, place, false));
                        false
                    }
                    _ => self.form(&entry.value, *value, sink),
                });
            }
            (Form::Patterned(value), Value::Map(entries)) => {
                let own = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
                return every(own, |entry| self.form(&entry.value, *value, sink));
            }
            (Form::Object(shape), Value::Map(_)) => {
                self.object(node, shape, sink);
                return true;
            }
            (form, _) => expected(form),
        };
        sink.report(fault::wrong_kind(node.found(), &wanted, correction(node, form)));
        false
    }
}

/// What a form asks for, in words.
fn expected(form: Form) -> String {
    match form {
        Form::Any | Form::Choose(_) => "another value".to_owned(),
        Form::Text => "a string".to_owned(),
        Form::Flag => "`true` or `false`".to_owned(),
        Form::Number => "a number".to_owned(),
        Form::Count => "an integer of 0 or more".to_owned(),
        Form::Choice(choices) => format!("one of {}", fault::listed(choices)),
        Form::List(_) => "a list".to_owned(),
        Form::Map(_) | Form::Patterned(_) => "a mapping".to_owned(),
        Form::Object(shape) => format!("a mapping ({})", shape.name),
    }
}

/// Reports names of components that a reference of other tools cannot have.
fn check_names_of_components(components: &Node, sink: &Sink) {
    let fits = |char: char| char.is_ascii_alphanumeric() || ".-_".contains(char);
    let is_odd = |entry: &&Entry| entry.key.is_empty() || !entry.key.chars().all(fits);
    for entry in components.entries().iter().filter(is_odd) {
        sink.report(fault::component_name(entry.named()));
    }
}

/// `required: true` on a property, which OpenAPI says on the object in a list.
fn is_misplaced_flag(entry: &Entry, field: &Field) -> bool {
    matches!((&entry.value.value, field.form), (Value::Flag(_), Form::List(_)))
}

/// A key that is honoured.
pub(super) const fn honoured(key: &'static str, form: Form) -> Field {
    Field { key, form, usage: Usage::Honoured }
}

/// A key without effect; `why` explains that to the author.
pub(super) const fn ignored(key: &'static str, why: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Ignored(why) }
}

/// A key that is left to other tools; `why` explains that to the author.
pub(super) const fn noted(key: &'static str, why: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Noted(why) }
}

/// Whether a key says that a string is a file of bytes, which forms and bodies honour. `contentMediaType` does without an
/// encoding, and of bytes there is nothing to decode.
fn is_of_bytes(entry: &Entry, schema: &Node) -> bool {
    const KINDS: [&str; 4] = ["application/octet-stream", "image/", "audio/", "video/"];
    let names = |kind: &&str| entry.value.text().is_some_and(|name| name.starts_with(*kind));
    entry.key == "contentMediaType"
        && schema.get("contentEncoding").is_none()
        && KINDS.iter().any(names)
}

/// A key that is an error; `advice` says what to do.
pub(super) const fn refused(key: &'static str, advice: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Refused(advice) }
}
