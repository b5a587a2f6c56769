//! Schemas into types.
//!
//! Owns the types of one service while they are made: which schema is which type, what each use of one adds to
//! it (`nullable`, `readOnly`, `default`, …), and the names of all. A schema that something refers to is a type
//! of the name it has there; one that is written in place is named after where it stands.

mod beside;
mod children;
mod claims;
mod dynamic;
mod endless;
mod exact;
mod finish;
mod finite;
mod hidden;
mod members;
mod merged;
mod null;
mod object;
mod parts;
mod patches;
mod plain;
mod presence;
mod scalar;
mod tags;
mod union;
mod used;
pub(crate) mod values;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use claims::Claim;
pub(crate) use members::Members;
pub(crate) use object::Access;
pub(crate) use parts::{is_null, stands_for, takes_nothing, type_names};
pub(crate) use used::Use;

use crate::diag::catalog::{bindings as binding_fault, schema as fault};
use crate::lower::{Scope, docs::docs, names};
use crate::model::{
    Additional, Docs, Field, ListType, MapType, Origin, ScalarKind, TypeId, TypeKind, TypeRef,
};
use crate::parse::{Dialect, Node, Value};
use crate::source::Span;
use merged::TypeOrigin;
use parts::Parts;
use plain::Root;

/// The name of a definition, and all that it is among.
type Definition = (String, BTreeMap<String, serde_json::Value>);

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
    /// The examples of fields, each with the place of the field.
    examples: Vec<(Span, Span)>,
    /// Examples that do not fit their schemas: nothing is shown of them.
    refused_examples: BTreeSet<Span>,
    /// The enumerations whose `x-transitions` name states that there are not, which was reported.
    states_left_out: BTreeSet<Span>,
    /// The schemas with an `allOf`, by the places of its parts; nothing before someone asks.
    wholes: OnceCell<BTreeMap<Span, Vec<&'a Node>>>,
    /// The schemas that decide about the values of others; nothing before someone asks.
    deciding: Rc<OnceCell<beside::Deciding<'a>>>,
    /// The schemas that values were held to before the types were complete: a name, and the definitions that it is in.
    judges: RefCell<BTreeMap<Span, Definition>>,
}

/// One type in the making.
#[derive(Clone)]
struct Slot<'a> {
    /// What it should be called, and whether the contract says so.
    wanted: String,
    named: bool,
    node: &'a Node,
    docs: Docs,
    /// What every use of it adds, once it is asked for.
    used: OnceCell<Use<'a>>,
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
            examples: vec![],
            refused_examples: BTreeSet::new(),
            states_left_out: BTreeSet::new(),
            wholes: OnceCell::new(),
            deciding: Rc::default(),
            judges: RefCell::default(),
        }
    }

    /// The type of a schema. `hint` names it where it is written in place. `None` when it failed, which has been
    /// reported.
    pub(crate) fn lower(&mut self, node: &'a Node, hint: &str) -> Option<Use<'a>> {
        let used = self.lower_all(&[node], hint);
        self.complete(used)
    }

    /// As [`Types::lower`], where nothing but its type keeps a sensitive value out of logs.
    pub(crate) fn lower_alone(&mut self, node: &'a Node, hint: &str) -> Option<Use<'a>> {
        let used = self.lower(node, hint)?;
        Some(self.hidden(used, node, hint))
    }

    /// The same use by a type that hides a sensitive value itself.
    fn hidden(&mut self, used: Use<'a>, node: &'a Node, hint: &str) -> Use<'a> {
        let is_null_too = matches!(used.ty, TypeRef::Nullable(_));
        let inner = without_null(used.ty.clone());
        let hides = |id: TypeId| self.slots[id.0].sensitive;
        if !used.sensitive || matches!(inner, TypeRef::Named(id) if hides(id)) {
            return used;
        }
        let ty = self.hiding(inner, node, hint);
        Use { ty: if is_null_too { nullable(ty) } else { ty }, ..used }
    }

    /// A type that hides its value.
    fn hiding(&mut self, inner: TypeRef, node: &'a Node, hint: &str) -> TypeRef {
        let id = self.reserve(node, hint.to_owned(), false);
        let slot = &mut self.slots[id.0];
        (slot.kind, slot.sensitive) = (Some(TypeKind::Alias(inner)), true);
        TypeRef::Named(id)
    }

    /// The type of a text whose schema describes more than the text; it hides what is sensitive in there.
    pub(crate) fn text_of(&mut self, node: &'a Node, hint: &str) -> TypeRef {
        let string = TypeRef::Scalar(ScalarKind::String);
        if self.holds_sensitive(node) { self.hiding(string, node, hint) } else { string }
    }

    /// Whether a schema is or holds something sensitive.
    pub(crate) fn holds_sensitive(&self, node: &'a Node) -> bool {
        hidden::holds(self.scope, std::iter::once(node))
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
        self.check_claims();
        let is_made = |id: &TypeId| self.slots[id.0].kind.is_some();
        let used = used.filter(|used| sound && finish::named_in(&used.ty).iter().all(is_made))?;
        Some(Use { default: self.fitting_default(&used), ..used })
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
        self.lower_parts(&parts, TypeOrigin::Node(node), hint)
    }

    /// The type of merged schemas; `place` is what a later use is told by.
    fn lower_parts(
        &mut self,
        parts: &Parts<'a>,
        place: TypeOrigin<'a>,
        hint: &str,
    ) -> Option<Use<'a>> {
        let kind = parts.kind(self.scope)?;
        let exact = exact::expresses(self.scope, parts, &kind);
        let slot =
            (kind.is_composite() || !exact).then(|| self.reserve_in_place(parts, &place, hint));
        if let Some(slot) = slot.filter(|_| !exact) {
            self.check_first(slot, parts, &kind);
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
        parts.with_own_values().for_each(|node| self.claim(node, &made.ty, &parts.roots));
        Some(made)
    }

    /// Notes that values are checked against the schemas before they are read, because the type does not express them.
    fn check_first(&mut self, id: TypeId, parts: &Parts<'a>, kind: &parts::Kind<'a>) {
        let is_any = matches!(kind, parts::Kind::Anything);
        let hides = is_any && hidden::holds(self.scope, parts.nodes());
        let slot = &mut self.slots[id.0];
        slot.check.clone_from(&parts.roots);
        slot.sensitive |= hides;
    }

    fn reserve_in_place(
        &mut self,
        parts: &Parts<'a>,
        place: &TypeOrigin<'a>,
        hint: &str,
    ) -> TypeId {
        let first = match place {
            TypeOrigin::Node(node) => Some(*node),
            TypeOrigin::Merged(_) | TypeOrigin::None => parts.nodes().next(),
        };
        let id = self.reserve(first.unwrap_or(&NOWHERE), hint.to_owned(), false);
        match place {
            TypeOrigin::Node(node) => _ = self.known.insert(node.span, id),
            TypeOrigin::Merged(places) => _ = self.merged.insert(places.clone(), id),
            TypeOrigin::None => {}
        }
        id
    }

    /// The type of a schema that stands elsewhere under a name.
    fn lower_reference(&mut self, node: &'a Node) -> Option<Use<'a>> {
        let target = self.scope.docs.next(node)?;
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
        let is_name = target.reference().is_some() && !parts::says_more(self.scope, target);
        if let Some(inner) = wrapped(target).or_else(|| is_name.then_some(target)) {
            let inner = self.lower_all(&[inner], &wanted)?;
            self.slots[id.0].kind = Some(TypeKind::Alias(without_null(inner.ty)));
            self.slots[id.0].sensitive |= inner.sensitive;
        } else {
            let parts = Parts::of(self.scope, &[target])?;
            let kind = parts.kind(self.scope)?;
            if !exact::expresses(self.scope, &parts, &kind) {
                self.check_first(id, &parts, &kind);
            }
            let made = self.make(&parts, kind, &wanted, Some(id))?;
            self.fill(id, made, &parts);
        }
        let ty = self.use_of(id, target).ty;
        self.claim(target, &ty, &[Root { node: target, chosen: false }]);
        Some(())
    }

    /// A use of a type by its schema.
    fn use_of(&self, id: TypeId, node: &'a Node) -> Use<'a> {
        let used = self.slots[id.0].used.get_or_init(|| {
            let ty = TypeRef::Named(id);
            let ty = if null::takes_null(self.scope, node, false) { nullable(ty) } else { ty };
            let above = self.scope.docs.builds_on(node).into_iter().rev();
            let used = above.fold(Use::plain(ty), |used, node| Use::of(node, used));
            Use { docs: Docs::default(), ..used }
        });
        Use { sensitive: used.sensitive || self.slots[id.0].sensitive, ..used.clone() }
    }

    fn reserve(&mut self, node: &'a Node, wanted: String, named: bool) -> TypeId {
        let sensitive = parts::is_marked(self.scope, node, "x-sensitive");
        self.slots.push(Slot {
            wanted,
            named,
            node,
            docs: docs(node),
            used: OnceCell::new(),
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
        parts.roots.iter().for_each(|root| null::check_refused(self.scope, root.node));
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
        let (item, meaning, example) = match parts.items.as_slice() {
            [] => (TypeRef::Json, vec![], None),
            _ if differs => (TypeRef::Json, vec![], None),
            nodes => {
                let used = self.lower_all(nodes, &names::joined(&[hint, "item"]))?;
                let example = self.scalar_example(&used);
                (used.ty, used.docs.meaning, example)
            }
        };
        parts.check_range(self.scope, "minItems", "maxItems")?;
        Some(Made::Plain(TypeRef::List(Box::new(ListType {
            item,
            min_items: parts.least_count("minItems"),
            max_items: most_items(parts),
            unique: parts.any_flag("uniqueItems"),
            example,
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

    /// The schemas that say which values a type has, behind their references.
    pub(crate) fn schemas_of(&self, id: TypeId) -> impl Iterator<Item = &'a Node> {
        let slot = self.id_of(&TypeRef::Named(id)).map(|id| &self.slots[id.0]);
        let roots = slot.into_iter().flat_map(|slot| &slot.roots);
        roots.flat_map(|root| self.scope.docs.links(root.node))
    }

    /// A name for a type that has none, after what it stands for.
    pub(crate) fn alias_of(&mut self, ty: TypeRef, wanted: &str, node: &'a Node) -> TypeId {
        let id = self.reserve(node, wanted.to_owned(), false);
        self.slots[id.0].kind = Some(TypeKind::Alias(ty));
        id
    }

    /// Whether the transitions of an enumeration are all that its contract wanted to say.
    pub(crate) fn has_all_states(&self, id: TypeId) -> bool {
        !self.states_left_out.contains(&self.node(id).span)
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

/// How many elements there may be: as many as `prefixItems` lists before the first that is refused. Where `items: false`
/// refuses all others, that is the next one.
fn most_items(parts: &Parts<'_>) -> Option<u64> {
    let is_never = |node: &Node| matches!(node.value, Value::Flag(false));
    let of_tuple = |node: &Node| {
        let listed = node.get("prefixItems")?.items();
        let refused = listed.iter().position(is_never);
        let is_closed = node.get("items").is_some_and(is_never);
        refused.or(is_closed.then_some(listed.len())).map(|most| most as u64)
    };
    parts.nodes().filter_map(of_tuple).chain(parts.greatest_count("maxItems")).min()
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
        let is_of_type = ["x-dynamodb-table", "x-transitions"].contains(&key);
        SAYS_OF_THE_USE.contains(&key) || (key.starts_with("x-") && !is_of_type)
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
