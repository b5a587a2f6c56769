//! Defaults and examples: values that a schema says to be its own, held to what it asks of values.

use std::collections::BTreeSet;

use super::plain::{self, Definitions, Root};
use super::values;
use super::{Types, Use, finish};
use crate::diag::Sink;
use crate::diag::catalog::schema as fault;
use crate::lower::Scope;
use crate::model::{TypeKind, TypeRef};
use crate::parse::{Node, Value};
use crate::source::Span;
use crate::values::tree;

/// A value that a schema says to be one of its own.
#[derive(Clone)]
pub(super) struct Claim<'a> {
    value: &'a Node,
    ty: TypeRef,
    /// The schemas that the value is said to fit.
    roots: Vec<Root<'a>>,
    /// A default, which takes the place of what is left out where it fits; an example only shows.
    is_default: bool,
}

impl<'a> Types<'a> {
    /// The default of a use, unless it does not fit.
    pub(super) fn fitting_default(&self, used: &Use<'a>) -> Option<&'a Node> {
        used.default.filter(|node| !self.refused_defaults.contains(&node.span))
    }

    /// Where the default of a field is, by the place of the field.
    pub(super) fn default_of(&self, field: Span) -> Option<Span> {
        self.defaults.iter().rev().find(|(_, of)| *of == field).map(|(default, _)| *default)
    }

    /// Fields whose default turned out not to fit have none.
    fn drop_refused_defaults(&mut self) {
        let refused = self.defaults.iter().filter(|(at, _)| self.refused_defaults.contains(at));
        let without: BTreeSet<Span> = refused.map(|(_, field)| *field).collect();
        for kind in self.slots.iter_mut().filter_map(|slot| slot.kind.as_mut()) {
            let TypeKind::Struct(object) = kind else { continue };
            let fields = object.fields.iter_mut();
            fields.filter(|field| without.contains(&field.origin.span)).for_each(|field| {
                field.default = None;
            });
        }
    }

    /// Takes note of what a schema itself says of its values.
    pub(super) fn claim(&mut self, node: &'a Node, ty: &TypeRef, roots: &[Root<'a>]) {
        let mut claim = |value: &'a Node, is_default| {
            self.claims.push(Claim { value, ty: ty.clone(), roots: roots.to_vec(), is_default });
        };
        let examples = node.get("examples").into_iter().flat_map(Node::items);
        node.get("example").into_iter().chain(examples).for_each(|value| claim(value, false));
        node.get("default").into_iter().for_each(|value| claim(value, true));
    }

    /// Compares the values noted so far with their types. A default that does not fit is dropped; an example of a type that
    /// says less than its schema waits for [`Types::judge_claims`].
    pub(super) fn check_claims(&mut self) {
        let n_refused = self.refused_defaults.len();
        for claim in std::mem::take(&mut self.claims) {
            let fits = match self.check_claim(&claim) {
                true if !self.is_checked(&claim.ty) => true,
                true if claim.is_default => self.judge(std::slice::from_ref(&claim)).is_empty(),
                true => {
                    self.judged_later.push(claim);
                    continue;
                }
                false => false,
            };
            if !fits {
                let refused = match claim.is_default {
                    true => &mut self.refused_defaults,
                    false => &mut self.refused_examples,
                };
                refused.insert(claim.value.span);
            }
        }
        if self.refused_defaults.len() > n_refused {
            self.drop_refused_defaults();
        }
    }

    /// Whether a value fits its type; what does not is reported.
    fn check_claim(&self, claim: &Claim<'_>) -> bool {
        if claim.is_default && !is_default_of(claim.value, &claim.ty) {
            self.scope.sink.report(fault::no_default(claim.value.span));
            return false;
        }
        if claim.is_default
            && let Some(node) = values::rounded(claim.value).into_iter().next()
        {
            let why = "a default has no more than the 17 digits that a double keeps";
            self.scope.sink.report(fault::bad_default(node.span, why));
            return false;
        }
        let misfits = self.misfits(claim.value, &claim.ty, values::Direction::Both);
        misfits.iter().for_each(|misfit| self.report_misfit(claim, misfit.span, &misfit.why));
        misfits.is_empty()
    }

    fn report_misfit(&self, claim: &Claim<'_>, at: Span, why: &str) {
        self.scope.sink.report(match claim.is_default {
            true => fault::bad_default(at, why),
            false => fault::bad_example(at, why),
        });
    }

    /// Whether values of a type are checked by a schema, too.
    fn is_checked(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Scalar(_) | TypeRef::Json => false,
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.is_checked(inner),
            TypeRef::List(_) | TypeRef::Map(_) => true,
            TypeRef::Named(id) => {
                let slot = &self.slots[id.0];
                let leads_on = |kind: &TypeKind| match kind {
                    TypeKind::Newtype(_) | TypeKind::Enum(_) => false,
                    TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => true,
                };
                !slot.check.is_empty() || slot.kind.as_ref().is_some_and(leads_on)
            }
        }
    }

    /// Holds examples to what their schemas say beyond types. Fields whose example turned out not to fit have none.
    pub(super) fn judge_claims(&mut self) {
        let claims = std::mem::take(&mut self.judged_later);
        if !claims.is_empty() {
            let misfits = self.judge(&claims);
            self.refused_examples.extend(misfits);
        }
        let refused = self.examples.iter().filter(|(at, _)| self.refused_examples.contains(at));
        let without: BTreeSet<Span> = refused.map(|(_, field)| *field).collect();
        for kind in self.slots.iter_mut().filter_map(|slot| slot.kind.as_mut()) {
            let TypeKind::Struct(object) = kind else { continue };
            let fields = object.fields.iter_mut();
            fields.filter(|field| without.contains(&field.origin.span)).for_each(|field| {
                field.example = None;
            });
        }
    }

    /// The example of a schema, unless it does not fit.
    pub(super) fn fitting_example(&self, node: &Node) -> Option<serde_json::Value> {
        let found = example(node)?;
        (!self.refused_examples.contains(&found.span)).then(|| found.to_json())
    }

    /// The example of a use, unless it is the one that its type has under a name.
    pub(super) fn example_beside_type(&self, used: &Use<'a>) -> Option<&'a Node> {
        let of_type = finish::held(&used.ty).and_then(|id| example(self.slots[id.0].node));
        let known = of_type.map(|node| node.span);
        used.example.filter(|found| known != Some(found.span))
    }

    /// The example of a use whose type has no name to have it, unless it does not fit.
    pub(super) fn scalar_example(&self, used: &Use<'a>) -> Option<serde_json::Value> {
        let found = used.example.filter(|_| matches!(used.ty, TypeRef::Scalar(_)))?;
        let misfits = self.misfits(found, &used.ty, values::Direction::Both);
        misfits.is_empty().then(|| found.to_json())
    }

    /// Whether a value of the service fits a schema.
    pub(crate) fn admits(&self, schema: &'a Node, value: &serde_json::Value) -> bool {
        let mut known = self.judges.borrow_mut();
        let (name, definitions) = known.entry(schema.span).or_insert_with(|| {
            let silent = Sink::default();
            let mut definitions = Definitions::new(Scope { sink: &silent, ..self.scope });
            let root = Root { node: schema, chosen: false };
            let name = definitions.add(&[root], "value", plain::Way::Answered);
            (name, definitions.finish())
        });
        tree::fault(definitions, name, value).is_none()
    }

    /// Holds values to what their schemas say beyond types; those that do not fit are reported and returned.
    fn judge(&self, claims: &[Claim<'a>]) -> Vec<Span> {
        let mut misfits = vec![];
        // What is wrong with the schemas themselves is said where their checks are made.
        let silent = Sink::default();
        let mut definitions = Definitions::new(Scope { sink: &silent, ..self.scope });
        let names: Vec<String> = claims
            .iter()
            .map(|claim| definitions.add(&claim.roots, "value", plain::Way::Sent))
            .collect();
        let definitions = definitions.finish();
        for (claim, name) in claims.iter().zip(names) {
            let fault = tree::fault(&definitions, &name, &claim.value.to_json());
            if let Some(tree::ValueFault { pointer, keyword }) = fault {
                let why = match pointer.as_str() {
                    "" => format!("it violates `{keyword}`"),
                    pointer => format!("`{pointer}` violates `{keyword}`"),
                };
                self.report_misfit(claim, claim.value.span, &why);
                misfits.push(claim.value.span);
            }
        }
        misfits
    }
}

/// `example`, or the first of `examples`.
pub(super) fn example(node: &Node) -> Option<&Node> {
    node.get("example").or_else(|| node.get("examples")?.items().first())
}

/// Whether `default` gives a default: `null` gives none unless the type allows null.
pub(super) fn is_default_of(value: &Node, ty: &TypeRef) -> bool {
    value.value != Value::Null || matches!(ty, TypeRef::Nullable(_) | TypeRef::Json)
}
