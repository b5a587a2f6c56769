//! The form of contract objects: which keys they have, of what kind, and what becomes of each.
//!
//! Owns the check of a tree against the tables of [`super::keywords`]: wrong kinds, missing and unknown keys,
//! keys that are not honoured. What it checked and what failed is remembered, so that later stages read a node
//! without asking again and stay silent below one that failed. Follows no reference; it lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::Dialect;
use super::effect;
use super::every;
use super::keywords::ours;
use super::node::{Entry, Node, Value};
use crate::diag::{Sink, catalog::shape as fault};
use crate::source::{FileId, Span};

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
pub(in crate::parse) const SCHEMA: &str = "schema";

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
    /// The node that holds `$ref`.
    pub node: &'a Node,
    /// What its target must be.
    pub shape: &'static Shape,
    /// Whether it is `$dynamicRef`, which stands beside others.
    pub is_dynamic: bool,
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
    dialects: BTreeMap<FileId, Dialect>,
}

impl<'a> Checked<'a> {
    /// Nothing yet, of these files.
    #[must_use]
    pub fn of(trees: &BTreeMap<FileId, Node>) -> Self {
        Self { dialects: Dialect::of_files(trees), ..Self::default() }
    }

    /// The dialect of JSON Schema in a file.
    #[must_use]
    pub fn dialect(&self, file: FileId) -> Dialect {
        self.dialects.get(&file).copied().unwrap_or(Dialect::Draft7)
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
            sound &= self.dialect(node.span.file).check(node, sink);
            effect::check(node, sink);
            if node.text_at("$dynamicRef").is_some() {
                self.sites.push(Site { node, shape, is_dynamic: true });
            }
        }
        for entry in entries.iter().filter(|entry| reference.is_none() || entry.key != "$ref") {
            sound &= self.entry(entry, shape, sink);
        }
        // A key that is misspelt has been reported, and is not missing besides.
        let slips: Vec<&str> = entries.iter().filter_map(|entry| slip_of(entry, shape)).collect();
        for key in shape.required {
            if node.get(key).is_none() && !slips.contains(key) {
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
        for entry in node.entries().iter().filter(|entry| entry.key != "$ref") {
            if !counts && !entry.key.starts_with("x-") {
                sink.report(fault::beside_ref(entry.named(), shape.name));
            }
        }
        self.sites.push(Site { node, shape, is_dynamic: false });
        true
    }

    fn entry(&mut self, entry: &'a Entry, shape: &'static Shape, sink: &Sink) -> bool {
        let Some(field) = shape.fields.iter().find(|field| field.key == entry.key) else {
            return unknown(entry, shape, sink);
        };
        match field.usage {
            Usage::Honoured if entry.key == "required" && is_misplaced_flag(entry, field) => {
                sink.report(fault::required_is_list(entry.value.span));
                return false;
            }
            Usage::Honoured => {}
            Usage::Ignored(why) => {
                sink.report(fault::ignored_key(entry.named(), shape.name, why));
            }
            Usage::Noted(why) => sink.report(fault::noted_key(entry.named(), shape.name, why)),
            Usage::Refused(advice) => {
                sink.report(fault::refused_key(entry.named(), shape.name, advice));
                return false;
            }
        }
        self.form(&entry.value, field.form, sink)
    }

    /// Whether a value has a form. A failure inside of an object below is that object's own: it does not spread.
    fn form(&mut self, node: &'a Node, form: Form, sink: &Sink) -> bool {
        let expected = match (form, &node.value) {
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
                return every(entries, |entry| self.form(&entry.value, *value, sink));
            }
            (Form::Patterned(value), Value::Map(entries)) => {
                let own = entries.iter().filter(|entry| !entry.key.starts_with("x-"));
                return every(own, |entry| self.form(&entry.value, *value, sink));
            }
            (Form::Object(shape), Value::Map(_)) => {
                self.object(node, shape, sink);
                return true;
            }
            (Form::Text, _) => "a string".to_owned(),
            (Form::Flag, _) => "`true` or `false`".to_owned(),
            (Form::Number, _) => "a number".to_owned(),
            (Form::Count, _) => "an integer of 0 or more".to_owned(),
            (Form::Choice(choices), _) => format!("one of {}", fault::listed(choices)),
            (Form::List(_), _) => "a list".to_owned(),
            (Form::Map(_) | Form::Patterned(_), _) => "a mapping".to_owned(),
            (Form::Object(shape), _) => format!("a mapping ({})", shape.name),
        };
        sink.report(fault::wrong_kind(node.found(), &expected, correction(node, form)));
        false
    }
}

/// What to write instead of a value of another kind, where what was meant is plain to see.
fn correction(node: &Node, form: Form) -> Option<String> {
    let is_plain =
        |text: &str| !text.is_empty() && !text.contains(['[', ']', '{', '}', '#', ':', '\n']);
    match (form, &node.value) {
        (Form::Text | Form::Choice(_), Value::Number(text)) => {
            Some(format!("for a string, write `'{text}'`"))
        }
        (Form::Text | Form::Choice(_), Value::Flag(flag)) => {
            Some(format!("for a string, write `'{flag}'`"))
        }
        (Form::Text, Value::Map(_)) => node.reference().map(|(path, _)| {
            format!(
                "write the text here, or bundle the document first: only some tools insert `{path}`"
            )
        }),
        (Form::Count | Form::Number, Value::Text(text)) => {
            let text = text.replace('_', "");
            let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
            let digits = &text[..text.len() - rest.len()];
            let is_amount = rest.chars().all(|char| char.is_ascii_alphabetic() || char == ' ');
            (is_amount && !digits.is_empty())
                .then(|| format!("write the number without quotes and unit: `{digits}`"))
        }
        (Form::Flag, Value::Text(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" | "on" => Some("write `true`".to_owned()),
            "false" | "no" | "off" => Some("write `false`".to_owned()),
            _ => None,
        },
        (Form::List(_), Value::Text(text)) => {
            is_plain(text).then(|| format!("write a list: `[{text}]`"))
        }
        (Form::List(_), Value::Map(entries)) => {
            let is_slip = entries.iter().any(|entry| entry.key.starts_with('-'));
            let help = if is_slip {
                "write a space after each `-`"
            } else {
                "start each element with `- `"
            };
            Some(help.to_owned())
        }
        (Form::Map(_) | Form::Patterned(_) | Form::Object(_), Value::Null) => Some(
            "nothing is written below this key; its content must be indented further".to_owned(),
        ),
        (Form::Object(shape), Value::Text(text)) if shape.name == "response" => {
            Some(format!("write a mapping:\ndescription: {text}"))
        }
        (Form::Object(shape), Value::Text(text))
            if shape.referable && is_plain(text) && !text.contains(' ') =>
        {
            let place = match shape.name {
                "channel" => "channels",
                "schema" => "components/schemas",
                "message" => "components/messages",
                "parameter" => "components/parameters",
                _ => return None,
            };
            Some(format!("refer to it: `$ref: '#/{place}/{text}'`"))
        }
        _ => None,
    }
}

/// `required: true` on a property, which OpenAPI says on the object in a list.
fn is_misplaced_flag(entry: &Entry, field: &Field) -> bool {
    matches!((&entry.value.value, field.form), (Value::Flag(_), Form::List(_)))
}

/// The key that was meant by one that a shape does not know.
fn slip_of(entry: &Entry, shape: &Shape) -> Option<&'static str> {
    let known = || shape.fields.iter().map(|field| field.key);
    let key = entry.key.as_str();
    let is_unknown = !key.starts_with("x-") && known().all(|one| one != key);
    if is_unknown { fault::nearest(key, known()) } else { None }
}

/// Says what there is to say of a key that a shape does not know; whether the object can be used nevertheless.
fn unknown(entry: &Entry, shape: &Shape, sink: &Sink) -> bool {
    let key = entry.key.as_str();
    let known = || shape.fields.iter().map(|field| field.key);
    if key.starts_with("x-amazon-apigateway-") {
        sink.report(fault::gateway_extension(entry.named()));
        return true;
    }
    if key.starts_with("x-") {
        if let Some(place) = ours::place_of(key) {
            let is_common = ours::is_common(key, shape.name);
            sink.report(fault::misplaced_extension(entry.named(), shape.name, place, is_common));
            return is_common;
        }
        let Some((changes, near)) = fault::resembling(key, ours::names()) else { return true };
        // One letter in six is a slip; what differs more may be somebody else's.
        let is_slip = changes * 6 <= near.len();
        sink.report(fault::mistaken_extension(entry.named(), near, is_slip));
        return !is_slip;
    }
    let near = fault::nearest(key, known());
    if near.is_some() || shape.ours {
        sink.report(fault::unknown_key(
            entry.named(),
            shape.name,
            near,
            shape.ours.then(|| known().collect()),
        ));
        return false;
    }
    sink.report(fault::foreign_key(entry.named(), shape.name));
    true
}

/// A key that is honoured.
pub(super) const fn honoured(key: &'static str, form: Form) -> Field {
    Field { key, form, usage: Usage::Honoured }
}

/// A key without effect; `why` says so to whoever wrote it.
pub(super) const fn ignored(key: &'static str, why: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Ignored(why) }
}

/// A key that is left to other tools; `why` says so to whoever wrote it.
pub(super) const fn noted(key: &'static str, why: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Noted(why) }
}

/// A key that is an error; `advice` says what to do.
pub(super) const fn refused(key: &'static str, advice: &'static str) -> Field {
    Field { key, form: Form::Any, usage: Usage::Refused(advice) }
}
