//! Schemas into types.
//!
//! Owns the types of one service while they are made: which schema is which type, what each use of one adds to
//! it (`nullable`, `readOnly`, `default`, …), and the names of all. A schema that something refers to is a type
//! of the name it has there; one that is written in place is named after where it stands.

mod children;
mod dynamic;
mod exact;
mod finish;
mod finite;
mod merged;
mod null;
mod object;
mod parts;
mod plain;
mod scalar;
mod union;
pub(crate) mod values;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

pub(crate) use object::Access;

use crate::diag::Sink;
use crate::diag::catalog::{bindings as binding_fault, schema as fault};
use crate::lower::{Scope, docs::docs, names};
use crate::model::{
    Additional, Docs, Field, ListType, MapType, Origin, ScalarKind, TypeId, TypeKind, TypeRef,
};
use crate::parse::{Dialect, Node, Value};
use crate::source::Span;
use crate::values::tree;
use merged::Place;
use parts::Parts;
use plain::{Definitions, Root};

/// The types of one service in the making.
#[derive(Clone)]
pub(crate) struct Types<'a> {
    scope: Scope<'a>,
    /// Which type a schema became, by its place.
    known: BTreeMap<Span, TypeId>,
    /// Which type several schemas became that hold at once, by the places of all.
    merged: BTreeMap<Vec<Span>, TypeId>,
    slots: Vec<Slot<'a>>,
    /// Types that something named and that are still to be made. They wait here rather than being made on the
    /// spot, so that types which lead to each other in a long chain do not pile up on the stack.
    pending: VecDeque<TypeId>,
    /// Values to look at when the types are there.
    claims: Vec<Claim<'a>>,
    /// Those that fit their type, which does not express all that their schema says.
    judged_later: Vec<Claim<'a>>,
    /// The defaults of fields, each with the place of the field.
    defaults: Vec<(Span, Span)>,
    /// Defaults that do not fit their schemas: there is none in their place.
    refused_defaults: BTreeSet<Span>,
}

/// A value that a schema says to be one of its own.
#[derive(Clone)]
struct Claim<'a> {
    value: &'a Node,
    ty: TypeRef,
    /// The schemas that the value is said to fit.
    roots: Vec<Root<'a>>,
    /// A default, which takes the place of what is left out where it fits; an example only shows.
    is_default: bool,
}

/// One type in the making.
#[derive(Clone)]
struct Slot<'a> {
    /// What it should be called, and whether the contract says so.
    wanted: String,
    named: bool,
    node: &'a Node,
    docs: Docs,
    sensitive: bool,
    /// `None` while it is being made, and when it failed.
    kind: Option<TypeKind>,
    /// Which fields travel one way only, as `kind` lists them.
    access: Vec<Access>,
    /// The schemas that say which values there are.
    roots: Vec<Root<'a>>,
    /// Those to check a value against before it is read, where the type does not express them.
    check: Vec<Root<'a>>,
}

/// One use of a schema: its type, and what the use adds.
#[derive(Debug, Clone)]
pub(crate) struct Use<'a> {
    /// The type; [`TypeRef::Nullable`] where `null` is a value.
    pub(crate) ty: TypeRef,
    pub(crate) docs: Docs,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) sensitive: bool,
    pub(crate) default: Option<&'a Node>,
    pub(crate) example: Option<&'a Node>,
}

/// What a schema comes to before it has a name.
enum Made {
    /// Something that needs none.
    Plain(TypeRef),
    /// Something that does.
    Named(TypeKind, Vec<Access>),
}

impl<'a> Types<'a> {
    pub(crate) fn new(scope: Scope<'a>) -> Self {
        Self {
            scope,
            known: BTreeMap::new(),
            merged: BTreeMap::new(),
            slots: vec![],
            pending: VecDeque::new(),
            claims: vec![],
            judged_later: vec![],
            defaults: vec![],
            refused_defaults: BTreeSet::new(),
        }
    }

    /// The type of a schema. `hint` names it where it is written in place. `None` when it failed, which has been
    /// reported.
    pub(crate) fn lower(&mut self, node: &'a Node, hint: &str) -> Option<Use<'a>> {
        let used = self.lower_all(&[node], hint);
        self.complete(used)
    }

    /// The type of a schema that stands under a name.
    pub(crate) fn lower_named(&mut self, target: &'a Node) -> Option<Use<'a>> {
        let used = self.name(target);
        self.complete(used)
    }

    /// Makes the types that were only named so far; passes the use on when all of them could be made.
    fn complete(&mut self, used: Option<Use<'a>>) -> Option<Use<'a>> {
        let mut sound = true;
        while let Some(id) = self.pending.pop_front() {
            sound &= self.define(id).is_some();
        }
        let n_refused = self.refused_defaults.len();
        for claim in std::mem::take(&mut self.claims) {
            let fits = match self.check_claim(&claim) {
                true if !self.is_checked(&claim.ty) => true,
                true if claim.is_default => self.judge(std::slice::from_ref(&claim)),
                true => {
                    self.judged_later.push(claim);
                    continue;
                }
                false => false,
            };
            if !fits && claim.is_default {
                self.refused_defaults.insert(claim.value.span);
            }
        }
        if self.refused_defaults.len() > n_refused {
            self.drop_refused_defaults();
        }
        let is_made = |id: &TypeId| self.slots[id.0].kind.is_some();
        let used = used.filter(|used| sound && finish::named_in(&used.ty).iter().all(is_made))?;
        Some(Use { default: self.fitting_default(&used), ..used })
    }

    /// The default of a use, unless it does not fit.
    fn fitting_default(&self, used: &Use<'a>) -> Option<&'a Node> {
        used.default.filter(|node| !self.refused_defaults.contains(&node.span))
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

    /// The type that fits all of the schemas at once.
    fn lower_all(&mut self, nodes: &[&'a Node], hint: &str) -> Option<Use<'a>> {
        let [node] = nodes else { return self.lower_merged(nodes, hint) };
        match node.value {
            Value::Flag(true) => return Some(Use::plain(TypeRef::Json)),
            Value::Flag(false) if self.scope.docs.dialect(node) == Dialect::OpenApi30 => {
                self.scope.sink.report(fault::nothing_fits(node.span));
                return None;
            }
            _ if node.reference().is_some() && !parts::says_more(self.scope, node) => {
                let used = self.lower_reference(node)?;
                let alone = self.scope.docs.dialect(node).refers_alone();
                return Some(if alone { used } else { Use::of(node, used) });
            }
            _ => {}
        }
        if self.scope.docs.failed(node) {
            return None;
        }
        if let Some(inner) = wrapped(node) {
            let used = Use::of(node, self.lower_all(&[inner], hint)?);
            self.claim(node, &used.ty, &[Root { node, chosen: false }]);
            return Some(used);
        }
        // A schema in place is met once for each way that leads to it; the first one makes the type.
        if let Some(id) = self.known.get(&node.span).copied() {
            return Some(self.use_of(id, node));
        }
        let parts = Parts::of(self.scope, nodes)?;
        self.lower_parts(&parts, Place::Node(node), hint)
    }

    /// The type of merged schemas; `place` is what a later use is told by.
    fn lower_parts(&mut self, parts: &Parts<'a>, place: Place<'a>, hint: &str) -> Option<Use<'a>> {
        let kind = parts.kind(self.scope)?;
        let exact = exact::expresses(self.scope, parts, &kind);
        let slot =
            (kind.is_composite() || !exact).then(|| self.reserve_in_place(parts, &place, hint));
        if let Some(slot) = slot.filter(|_| !exact) {
            self.slots[slot.0].check.clone_from(&parts.roots);
        }
        let made = self.make(parts, kind, hint, slot)?;
        let ty = match (made, slot) {
            (Made::Plain(ty), None) => ty,
            (made, slot) => {
                let slot = slot.unwrap_or_else(|| self.reserve_in_place(parts, &place, hint));
                self.fill(slot, made, parts);
                TypeRef::Named(slot)
            }
        };
        let made = self.use_merged(parts, ty);
        parts.nodes().for_each(|node| self.claim(node, &made.ty, &parts.roots));
        Some(made)
    }

    fn reserve_in_place(&mut self, parts: &Parts<'a>, place: &Place<'a>, hint: &str) -> TypeId {
        let first = match place {
            Place::Node(node) => Some(*node),
            Place::Merged(_) | Place::None => parts.nodes().next(),
        };
        let id = self.reserve(first.unwrap_or(&NOWHERE), hint.to_owned(), false);
        match place {
            Place::Node(node) => _ = self.known.insert(node.span, id),
            Place::Merged(places) => _ = self.merged.insert(places.clone(), id),
            Place::None => {}
        }
        id
    }

    /// The type of a schema that stands elsewhere under a name.
    fn lower_reference(&mut self, node: &'a Node) -> Option<Use<'a>> {
        let target = self.scope.docs.target(node)?;
        self.name(target)
    }

    /// A use of a schema that stands under a name. Its type is made later.
    fn name(&mut self, target: &'a Node) -> Option<Use<'a>> {
        if matches!(target.value, Value::Flag(_)) {
            return self.lower_all(&[target], "");
        }
        if let Some(id) = self.known.get(&target.span).copied() {
            return Some(self.use_of(id, target));
        }
        if self.scope.docs.failed(target) {
            return None;
        }
        let id = self.reserve(target, self.scope.docs.name_of(target), true);
        self.known.insert(target.span, id);
        self.pending.push_back(id);
        Some(self.use_of(id, target))
    }

    /// Makes a type that was only named so far.
    fn define(&mut self, id: TypeId) -> Option<()> {
        let (target, wanted) = (self.slots[id.0].node, self.slots[id.0].wanted.clone());
        if let Some(inner) = wrapped(target) {
            let inner = self.lower_all(&[inner], &wanted)?;
            self.slots[id.0].kind = Some(TypeKind::Alias(without_null(inner.ty)));
            self.slots[id.0].sensitive |= inner.sensitive;
        } else {
            let parts = Parts::of(self.scope, &[target])?;
            let kind = parts.kind(self.scope)?;
            if !exact::expresses(self.scope, &parts, &kind) {
                self.slots[id.0].check.clone_from(&parts.roots);
            }
            let made = self.make(&parts, kind, &wanted, Some(id))?;
            self.fill(id, made, &parts);
        }
        let ty = self.use_of(id, target).ty;
        self.claim(target, &ty, &[Root { node: target, chosen: false }]);
        Some(())
    }

    /// Takes note of what a schema itself says of its values.
    fn claim(&mut self, node: &'a Node, ty: &TypeRef, roots: &[Root<'a>]) {
        let mut claim = |value: &'a Node, is_default| {
            self.claims.push(Claim { value, ty: ty.clone(), roots: roots.to_vec(), is_default });
        };
        let examples = node.get("examples").into_iter().flat_map(Node::items);
        node.get("example").into_iter().chain(examples).for_each(|value| claim(value, false));
        node.get("default").into_iter().for_each(|value| claim(value, true));
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
            let why = "it has more than the 17 digits of a double";
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

    /// Holds examples to what their schemas say beyond types.
    fn judge_claims(&mut self) {
        let claims = std::mem::take(&mut self.judged_later);
        if !claims.is_empty() {
            self.judge(&claims);
        }
    }

    /// Holds values to what their schemas say beyond types; whether all fit. What does not is reported.
    fn judge(&self, claims: &[Claim<'a>]) -> bool {
        let mut fit = true;
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
            if let Some(tree::Fault { pointer, keyword }) = fault {
                let why = match pointer.as_str() {
                    "" => format!("it violates `{keyword}`"),
                    pointer => format!("`{pointer}` violates `{keyword}`"),
                };
                self.report_misfit(claim, claim.value.span, &why);
                fit = false;
            }
        }
        fit
    }

    /// A use of a type by its schema.
    fn use_of(&self, id: TypeId, node: &'a Node) -> Use<'a> {
        let ty = TypeRef::Named(id);
        let ty = if null::takes_null(self.scope, node, false) { nullable(ty) } else { ty };
        let plain = Use { sensitive: self.slots[id.0].sensitive, ..Use::plain(ty) };
        Use { docs: Docs::default(), ..Use::of(node, plain) }
    }

    fn reserve(&mut self, node: &'a Node, wanted: String, named: bool) -> TypeId {
        let sensitive = parts::is_sensitive(self.scope, node);
        self.slots.push(Slot {
            wanted,
            named,
            node,
            docs: docs(node),
            sensitive,
            kind: None,
            access: vec![],
            roots: vec![],
            check: vec![],
        });
        TypeId(self.slots.len() - 1)
    }

    fn fill(&mut self, id: TypeId, made: Made, parts: &Parts<'a>) {
        let slot = &mut self.slots[id.0];
        (slot.kind, slot.access) = match made {
            Made::Plain(ty) => (Some(TypeKind::Alias(without_null(ty))), vec![]),
            Made::Named(kind, access) => (Some(kind), access),
        };
        slot.sensitive |= parts.sensitive;
        slot.roots.clone_from(&parts.roots);
    }

    fn make(
        &mut self,
        parts: &Parts<'a>,
        kind: parts::Kind<'a>,
        hint: &str,
        slot: Option<TypeId>,
    ) -> Option<Made> {
        let made = match kind {
            parts::Kind::Anything => Some(Made::Plain(TypeRef::Json)),
            parts::Kind::Scalar(scalar) => self.make_scalar(parts, scalar),
            parts::Kind::List => self.make_list(parts, hint),
            parts::Kind::Map => self.make_map(parts, hint),
            parts::Kind::Struct => self.make_struct(parts, hint),
            parts::Kind::Untyped => self.make_untyped(parts, hint),
            parts::Kind::Union(union) => self.make_union(parts, union, hint, slot),
            parts::Kind::Several(types) => self.make_mixture(parts, &types, hint),
        }?;
        let states = parts.values("x-transitions").next();
        if let (Some(node), false) = (states, matches!(made, Made::Named(TypeKind::Enum(_), _))) {
            self.scope.sink.report(binding_fault::transitions_without_enum(node.span));
            return None;
        }
        Some(made)
    }

    fn make_list(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Made> {
        // Where places differ, the items have no type in common.
        let differs = parts.values("prefixItems").next().is_some()
            || parts.items.iter().any(|node| matches!(node.value, Value::List(_)));
        let (item, meaning) = match parts.items.as_slice() {
            [] => (TypeRef::Json, vec![]),
            _ if differs => (TypeRef::Json, vec![]),
            nodes => {
                let used = self.lower_all(nodes, &names::joined(&[hint, "item"]))?;
                (used.ty, used.docs.meaning)
            }
        };
        parts.check_range(self.scope, "minItems", "maxItems")?;
        Some(Made::Plain(TypeRef::List(Box::new(ListType {
            item,
            min_items: parts.least_count("minItems"),
            max_items: parts.greatest_count("maxItems"),
            unique: parts.any_flag("uniqueItems"),
            meaning,
        }))))
    }

    /// An object that names no property of its own.
    fn make_map(&mut self, parts: &Parts<'a>, hint: &str) -> Option<Made> {
        parts.check_range(self.scope, "minProperties", "maxProperties")?;
        let value = match self.additional(parts, hint)? {
            Additional::Typed(ty) => ty,
            Additional::Open | Additional::Refused => TypeRef::Json,
        };
        Some(Made::Plain(TypeRef::Map(Box::new(MapType {
            value,
            min_properties: parts.least_count("minProperties"),
            max_properties: parts.greatest_count("maxProperties"),
        }))))
    }

    /// The scalar that a use comes down to, through names and `nullable`.
    pub(crate) fn scalar_of(&self, ty: &TypeRef) -> Option<ScalarKind> {
        let mut ty = ty;
        // A name leads to another one at most as often as there are names.
        for _ in 0..=2 * self.slots.len() {
            match ty {
                TypeRef::Scalar(kind) => return Some(*kind),
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
                TypeRef::Named(id) => match self.slots[id.0].kind.as_ref()? {
                    TypeKind::Newtype(scalar) => return Some(scalar.kind),
                    TypeKind::Enum(_) => return Some(ScalarKind::String),
                    TypeKind::Alias(inner) => ty = inner,
                    TypeKind::Struct(_) | TypeKind::Union(_) => return None,
                },
                TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Json => return None,
            }
        }
        None
    }

    /// Whether a value of the type can be written as text: a scalar, or a list of scalars.
    pub(crate) fn is_text(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::List(list) => self.scalar_of(&list.item).is_some(),
            TypeRef::Named(id) => match self.slots[id.0].kind.as_ref() {
                Some(TypeKind::Alias(TypeRef::List(list))) => self.scalar_of(&list.item).is_some(),
                _ => self.scalar_of(ty).is_some(),
            },
            _ => self.scalar_of(ty).is_some(),
        }
    }

    /// The named type that a use is, through names of names.
    pub(crate) fn id_of(&self, ty: &TypeRef) -> Option<TypeId> {
        let TypeRef::Named(id) = ty else { return None };
        let mut id = *id;
        for _ in 0..self.slots.len() {
            match self.slots[id.0].kind.as_ref()? {
                TypeKind::Alias(TypeRef::Named(inner)) => id = *inner,
                _ => break,
            }
        }
        Some(id)
    }

    /// What a name is another name for.
    pub(crate) fn alias(&self, id: TypeId) -> Option<&TypeRef> {
        match self.slots[id.0].kind.as_ref()? {
            TypeKind::Alias(ty) => Some(ty),
            _ => None,
        }
    }

    /// The fields of an object, each with the way it travels.
    pub(crate) fn fields(&self, id: TypeId) -> Option<Vec<(&Field, Access)>> {
        let TypeKind::Struct(kind) = self.slots[id.0].kind.as_ref()? else { return None };
        Some(kind.fields.iter().zip(self.slots[id.0].access.iter().copied()).collect())
    }

    /// What a type is called in the contracts.
    pub(crate) fn wanted(&self, id: TypeId) -> &str {
        &self.slots[id.0].wanted
    }

    /// The schemas that became types, in the order in which they were met.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = &'a Node> {
        self.slots.iter().map(|slot| slot.node)
    }

    /// Looks at the schemas that nothing refers to, so that a fault in one is told before it is used.
    pub(crate) fn check_unused(&self, documents: &[Option<&'a Node>]) {
        let mut copy = self.clone();
        copy.judged_later.clear();
        for document in documents.iter().flatten() {
            for entry in document.at(&["components", "schemas"]).into_iter().flat_map(Node::entries)
            {
                if !self.known.contains_key(&entry.value.span)
                    && entry.value.get("schemaFormat").is_none()
                {
                    let _ = copy.lower_named(&entry.value);
                }
            }
        }
        copy.check_finite();
        copy.judge_claims();
    }

    /// Whether the schema of a type says more than the type expresses.
    pub(crate) fn is_judged(&self, id: TypeId) -> bool {
        !self.slots[id.0].check.is_empty()
    }

    /// What a type is, when it is made; through names of names.
    pub(crate) fn kind(&self, id: TypeId) -> Option<&TypeKind> {
        self.slots[self.id_of(&TypeRef::Named(id))?.0].kind.as_ref()
    }

    /// A name for a type that has none, after what it stands for.
    pub(crate) fn alias_of(&mut self, ty: TypeRef, wanted: &str, node: &'a Node) -> TypeId {
        let id = self.reserve(node, wanted.to_owned(), false);
        self.slots[id.0].kind = Some(TypeKind::Alias(ty));
        id
    }

    /// The schema that a type was made of.
    pub(crate) fn node(&self, id: TypeId) -> &'a Node {
        self.slots[id.0].node
    }

    /// Where a type is declared.
    fn origin(&self, node: &Node) -> Origin {
        self.scope.origin(node.span)
    }
}

impl<'a> Use<'a> {
    fn plain(ty: TypeRef) -> Self {
        Self {
            ty,
            docs: Docs::default(),
            read_only: false,
            write_only: false,
            sensitive: false,
            default: None,
            example: None,
        }
    }

    /// What a schema adds to the type that it stands for.
    fn of(node: &'a Node, target: Self) -> Self {
        let mut own = docs(node);
        let mut meaning = std::mem::take(&mut own.meaning);
        let is_own = |key: &str| meaning.iter().any(|(known, _)| known == key);
        let more = target.docs.meaning.iter().filter(|(key, _)| !is_own(key)).cloned();
        let more: Vec<_> = more.collect();
        meaning.extend(more);
        let own = if own == Docs::default() { target.docs } else { own };
        let default = node.get("default").filter(|value| is_default_of(value, &target.ty));
        Self {
            ty: target.ty,
            docs: Docs { meaning, ..own },
            read_only: target.read_only || node.is_set("readOnly"),
            write_only: target.write_only || node.is_set("writeOnly"),
            sensitive: target.sensitive || node.is_set("x-sensitive"),
            default: default.or(target.default),
            example: node.get("example").or(target.example),
        }
    }
}

/// Whether a value of `default` is one: `null` is none where it is no value of the type.
fn is_default_of(value: &Node, ty: &TypeRef) -> bool {
    value.value != Value::Null || matches!(ty, TypeRef::Nullable(_) | TypeRef::Json)
}

/// The schema that another one is, but for what it says of this use: `allOf` with one member and no constraint.
fn wrapped(node: &Node) -> Option<&Node> {
    const SAYS_OF_THE_USE: &[&str] = &[
        "allOf",
        "description",
        "title",
        "nullable",
        "readOnly",
        "writeOnly",
        "deprecated",
        "default",
        "example",
        "examples",
        "externalDocs",
        "xml",
        "$comment",
    ];
    let plain = |key: &str| {
        SAYS_OF_THE_USE.contains(&key) || (key.starts_with("x-") && key != "x-dynamodb-table")
    };
    match node.get("allOf").map(Node::items) {
        Some([inner]) if node.entries().iter().all(|entry| plain(&entry.key)) => Some(inner),
        _ => None,
    }
}

/// A type as a name stands for it: whether `null` is among its values is said where the name is used.
fn without_null(ty: TypeRef) -> TypeRef {
    match ty {
        TypeRef::Nullable(inner) => *inner,
        ty => ty,
    }
}

/// A type with `null` among its values.
pub(super) fn nullable(ty: TypeRef) -> TypeRef {
    match ty {
        TypeRef::Nullable(_) | TypeRef::Json => ty,
        ty => TypeRef::Nullable(Box::new(ty)),
    }
}

/// What stands for a place that no contract has; only a union without schemas, which is refused, leads here.
static NOWHERE: Node =
    Node { span: Span { file: crate::source::FileId(0), start: 0, end: 0 }, value: Value::Null };
