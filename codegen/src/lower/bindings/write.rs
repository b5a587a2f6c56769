//! The actions that write.

use super::super::schema::Access;
use super::{Binder, operand};
use crate::diag::catalog::{bindings as binding_fault, shape::nearest, slips, tables as fault};
use crate::lower::Reported;
use crate::model::{
    BoundAction, Change, Field, Guard, Name, Operand, ScalarKind, TypeKind, TypeRef,
};
use crate::parse::{Node, Value};

impl Binder<'_, '_> {
    /// The properties of the items, each with the way it travels.
    pub(super) fn item_fields(&self) -> Vec<(&Field, Access)> {
        self.types.fields(self.table.item).unwrap_or_default()
    }

    pub(super) fn is_key(&self, name: &Name) -> bool {
        let key = &self.table.key;
        std::iter::once(&key.partition).chain(&key.sort).any(|attribute| attribute.name == *name)
    }

    /// Required properties that no client may set, and for which neither the contract nor the service has a value.
    fn unset(&self) -> Vec<&Field> {
        let is_unset = |field: &Field| {
            field.required
                && field.default.is_none()
                && field.generated.is_none()
                && !field.version
                && !self.is_key(&field.name)
        };
        let fields = self.item_fields().into_iter();
        let read_only = fields.filter(|(_, access)| *access == Access::Read);
        read_only.map(|(field, _)| field).filter(|field| is_unset(field)).collect()
    }

    /// Whether the items have properties that only the service sets, or attributes that only others know: a new body
    /// must not wipe them out.
    fn keeps(&self) -> bool {
        let own = |(field, access): &(&Field, Access)| {
            (*access == Access::Read || field.version) && !self.is_key(&field.name)
        };
        self.table.existing.is_some() || self.item_fields().iter().any(own)
    }

    /// What a method of the trait must give for a new item.
    pub(super) fn asks(&self, action: &BoundAction) -> Vec<Name> {
        match action {
            BoundAction::Create { .. } | BoundAction::Upsert { .. } => {
                self.unset().into_iter().map(|field| field.name.clone()).collect()
            }
            _ => vec![],
        }
    }

    pub(super) fn create(&self) -> Option<BoundAction> {
        self.takes_item()?;
        self.answers_item(true)?;
        let key = self.key_beside_body().ok()?;
        let mut generated_key = None;
        for (name, scalar, access, span) in self.key_fields() {
            if access != Access::Read || self.is_in_path(key.as_ref(), &name) {
                continue;
            }
            if scalar != ScalarKind::Uuid || generated_key.is_some() {
                let why =
                    "a read-only key is read from the path, or generated if its `format` is `uuid`";
                self.scope.sink.report(fault::key_not_in_body(
                    self.span(),
                    self.action,
                    &name.wire,
                    span,
                    why,
                ));
                return None;
            }
            generated_key = Some(name);
        }
        let asked = match self.node.get("onConditionFailed") {
            Some(node) => Some(self.refusal(node)?),
            None => self.refuses_with(409).then_some(409),
        };
        if asked.is_none() && generated_key.is_none() {
            self.needs(409, "it is returned when the key already exists")?;
        }
        self.check_headers()?;
        Some(BoundAction::Create { on_exists: asked, generated_key, key, location: None })
    }

    /// A generated body knows what to put into `Location` and `ETag`, and no other header.
    fn check_headers(&self) -> Option<()> {
        let success = self.success()?;
        let is_known = |name: &str| {
            name.eq_ignore_ascii_case("location")
                || (name.eq_ignore_ascii_case("etag") && self.table.version.is_some())
        };
        let mut headers = success.headers.iter().filter(|header| header.required);
        let unfilled = headers.find(|header| !is_known(&header.name.wire));
        if let Some(header) = unfilled {
            self.scope.sink.report(fault::header_unfilled(success.origin.span, &header.name.wire));
            return None;
        }
        Some(())
    }

    pub(super) fn put(&self) -> Option<BoundAction> {
        if self.table.existing.is_some() {
            let report = fault::put_loses_others(self.span(), self.table.origin.span);
            self.scope.sink.report(report);
            return None;
        }
        self.takes_item()?;
        self.answers_item(true)?;
        for (name, _, access, span) in self.key_fields() {
            if access == Access::Read {
                let why = "it is `readOnly`, so clients do not send it; use `upsert`, which reads it from the path";
                self.scope.sink.report(fault::key_not_in_body(
                    self.span(),
                    self.action,
                    &name.wire,
                    span,
                    why,
                ));
                return None;
            }
        }
        let lost = self.item_fields().into_iter().find(|(field, access)| {
            let is_lost = field.required && field.default.is_none();
            (field.version || (*access == Access::Read && is_lost)) && !self.is_key(&field.name)
        });
        if let Some((field, _)) = lost {
            let place = field.origin.span;
            self.scope.sink.report(binding_fault::put_loses(self.span(), &field.name.wire, place));
            return None;
        }
        Some(BoundAction::Put { key: self.key_beside_body().ok()? })
    }

    pub(super) fn upsert(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.takes_item()?;
        self.answers_upsert()?;
        Some(BoundAction::Upsert { key: key? })
    }

    pub(super) fn replace(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is returned when the item does not exist")?;
        self.takes_item()?;
        self.answers_item(true)?;
        Some(BoundAction::Replace { key: key?, keeps: self.keeps() })
    }

    pub(super) fn delete(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.takes_nothing()?;
        self.answers_nothing()?;
        let must_exist = self.response(404).is_some();
        Some(BoundAction::Delete { key: key?, must_exist })
    }

    pub(super) fn patch(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is returned when the item does not exist")?;
        self.takes_patch()?;
        self.answers_item(true)?;
        Some(BoundAction::Patch { key: key?, fixed: self.fixed() })
    }

    /// The body is an object of properties that the items have and clients may change.
    fn takes_patch(&self) -> Option<()> {
        let body = self.draft.operation.body.as_ref();
        let content = body.filter(|body| body.required).and_then(|body| match &*body.contents {
            [only] if only.codec == crate::model::Codec::Json => Some(only),
            _ => None,
        });
        let id = content.and_then(|content| self.types.id_of(&content.ty));
        let sent = id.and_then(|id| Some((id, self.types.fields(id)?)));
        let Some((id, sent)) = sent else {
            let at = body.map_or(self.span(), |body| body.origin.span);
            self.scope.sink.report(binding_fault::body_no_patch(at, self.item));
            return None;
        };
        let body = body?;
        if let Some(content) = content.filter(|one| one.media_type == "application/json-patch+json")
        {
            self.scope.sink.report(slips::json_patch(body.origin.span, &content.media_type));
            return None;
        }
        if self.types.node(id).span == self.types.node(self.table.item).span {
            self.scope.sink.report(binding_fault::patch_is_item(body.origin.span, self.item));
            return None;
        }
        let fields = self.item_fields();
        let mut sound = true;
        for (field, _) in sent {
            let name = &field.name.wire;
            let Some((own, access)) = fields.iter().find(|(own, _)| own.name.wire == *name) else {
                let near = nearest(name, fields.iter().map(|(own, _)| own.name.wire.as_str()));
                let place = self.types.node(self.table.item).span;
                self.scope.sink.report(fault::key_unknown(field.origin.span, name, near, place));
                sound = false;
                continue;
            };
            let why = if self.is_key(&own.name) {
                "it is a key, which cannot change"
            } else if own.version || *access == Access::Read {
                "only the service sets it"
            } else if matches!(field.ty, TypeRef::Nullable(_))
                && own.required
                && !matches!(own.ty, TypeRef::Nullable(_))
            {
                "`null` would remove it, but it is required in every item"
            } else {
                continue;
            };
            let report =
                binding_fault::patch_of_fixed(field.origin.span, name, why, own.origin.span);
            self.scope.sink.report(report);
            sound = false;
        }
        sound.then_some(())
    }

    pub(super) fn update(&self) -> Option<BoundAction> {
        let key = self.key_source();
        self.needs(404, "it is returned when the item does not exist")?;
        self.answers_item(true)?;
        let mut changes = vec![];
        let mut sound = true;
        for entry in self.node.get("set").into_iter().flat_map(Node::entries) {
            let change = self.changed(&entry.key, entry.key_span).and_then(|field| {
                let operand = self.set_value(&entry.value, field)?;
                self.check_state(&entry.value, field);
                Some(Change::Set(field.name.clone(), operand))
            });
            sound &= change.is_some();
            changes.extend(change);
        }
        for entry in self.node.get("add").into_iter().flat_map(Node::entries) {
            let change = self.changed(&entry.key, entry.key_span).and_then(|field| {
                let operand = self.amount(&entry.value, field)?;
                Some(Change::Add(field.name.clone(), operand))
            });
            sound &= change.is_some();
            changes.extend(change);
        }
        for node in self.node.get("remove").into_iter().flat_map(Node::items) {
            let change = self.changed(node.text()?, node.span).and_then(|field| {
                if field.required {
                    let place = field.origin.span;
                    let name = &field.name.wire;
                    self.scope.sink.report(binding_fault::required_removed(node.span, name, place));
                    return None;
                }
                self.check_kept(node, field)?;
                Some(Change::Remove(field.name.clone()))
            });
            sound &= change.is_some();
            changes.extend(change);
        }
        if changes.is_empty() && sound {
            self.scope.sink.report(binding_fault::changes_nothing(self.span(), self.action));
            return None;
        }
        sound &= self.changes_once(&changes);
        if !sound {
            return None;
        }
        self.body_used(&changes)?;
        self.check_across(&changes);
        Some(BoundAction::Update { key: key?, changes })
    }

    /// A property that the contract says to change.
    fn changed(&self, name: &str, span: crate::source::Span) -> Option<&Field> {
        let fields = self.item_fields();
        let Some((field, _)) = fields.iter().find(|(field, _)| field.name.wire == name) else {
            let near = nearest(name, fields.iter().map(|(field, _)| field.name.wire.as_str()));
            let place = self.types.node(self.table.item).span;
            self.scope.sink.report(fault::key_unknown(span, name, near, place));
            return None;
        };
        let why = match () {
            () if self.is_key(&field.name) => "it is a key, which cannot change",
            () if field.version => "it is the version, which is counted automatically",
            () => return Some(field),
        };
        self.scope.sink.report(binding_fault::patch_of_fixed(span, name, why, field.origin.span));
        None
    }

    /// That no property changes twice.
    fn changes_once(&self, changes: &[Change]) -> bool {
        let names: Vec<&Name> = changes.iter().map(Change::name).collect();
        let twice = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name));
        if let Some((_, name)) = twice {
            self.scope.sink.report(binding_fault::changed_twice(self.node.span, &name.wire));
        }
        twice.is_none()
    }

    /// The value that a property gets.
    fn set_value(&self, node: &Node, field: &Field) -> Option<Operand> {
        let is_listed = |text: &str| {
            self.choice(&field.ty).is_some_and(|of| of.variants.iter().any(|one| one.wire == text))
        };
        match node.text() {
            Some("$now") => {
                if self.types.scalar_of(&field.ty) == Some(ScalarKind::DateTime) {
                    return Some(Operand::Now);
                }
                let (name, place) = (&field.name.wire, field.origin.span);
                self.scope.sink.report(binding_fault::now_of_other_type(node.span, name, place));
                None
            }
            Some(text) if text.starts_with(':') => {
                let (operand, own, _) = self.named(&text[1..], Some(&field.ty), node.span)?;
                let is_null = matches!(own, TypeRef::Nullable(_));
                if is_null
                    || !self.same_values(operand::not_null(&field.ty), operand::not_null(&own))
                {
                    let (name, place) = (&field.name.wire, field.origin.span);
                    self.scope
                        .sink
                        .report(binding_fault::value_of_other_type(node.span, text, name, place));
                    return None;
                }
                Some(operand)
            }
            Some(text) if text.starts_with('$') && !is_listed(text) => {
                let Some(literal) = text.strip_prefix("$$") else {
                    self.scope.sink.report(slips::unknown_dollar(node.span, text));
                    return None;
                };
                let value = Value::Text(format!("${literal}"));
                self.literal(&value, &field.ty, node.span, binding_fault::bad_value)
            }
            _ => self.literal(&node.value, &field.ty, node.span, binding_fault::bad_value),
        }
    }

    /// Whether every value of one type is one of the other.
    fn same_values(&self, to: &TypeRef, from: &TypeRef) -> bool {
        if to == from {
            return true;
        }
        // What only the schema says of one type, the other need not keep.
        let id = self.types.id_of(to);
        if id.is_some_and(|id| self.types.is_judged(id)) {
            return id == self.types.id_of(from);
        }
        let kind = |ty: &TypeRef| self.types.id_of(ty).and_then(|id| self.types.kind(id));
        match (kind(to), kind(from), from) {
            (Some(TypeKind::Newtype(to)), Some(TypeKind::Newtype(from)), _) => to == from,
            (Some(TypeKind::Enum(to)), Some(TypeKind::Enum(from)), _) => {
                let has = |wire: &str| to.variants.iter().any(|variant| variant.wire == wire);
                from.variants.iter().all(|variant| has(&variant.wire))
            }
            (Some(TypeKind::Alias(to)), _, _) => self.same_values(&to.clone(), from),
            (_, Some(TypeKind::Alias(from)), _) => self.same_values(to, &from.clone()),
            (None, Some(TypeKind::Newtype(from)), _) => *to == TypeRef::Scalar(from.kind),
            (None, Some(TypeKind::Enum(_)), _) => *to == TypeRef::Scalar(ScalarKind::String),
            _ => false,
        }
    }

    /// A body of an update is taken apart by its properties; one that nothing uses is an error.
    fn body_used(&self, changes: &[Change]) -> Option<()> {
        let Some(body) = &self.draft.operation.body else { return Some(()) };
        let fields = body
            .json()
            .and_then(|body| self.types.id_of(&body.ty))
            .and_then(|id| self.types.fields(id));
        let Some(fields) = fields.filter(|_| body.required) else {
            self.scope.sink.report(binding_fault::body_no_values(body.origin.span, self.action));
            return None;
        };
        let guard = self.guard().ok().flatten().and_then(|guard| guard.term);
        let values = guard.iter().flat_map(|term| term.values.iter().map(|(_, value)| value));
        let used: Vec<&Operand> =
            changes.iter().filter_map(Change::operand).chain(values).collect();
        let is_used = |name: &Name| {
            used.iter().any(|value| matches!(value, Operand::Body(known) if known == name))
        };
        let mut sound = true;
        for (field, access) in fields {
            if access != Access::Read && !is_used(&field.name) {
                self.scope.sink.report(binding_fault::body_property_unused(
                    field.origin.span,
                    self.action,
                    &field.name.wire,
                    self.node.span,
                ));
                sound = false;
            }
        }
        sound.then_some(())
    }

    /// The condition and the answer when it fails, as the contract says them and as the action needs them.
    pub(super) fn guard_of(&self, action: &BoundAction) -> Result<Option<Guard>, Reported> {
        let why = self.may_be_refused(action);
        let (condition, answer) =
            (self.node.entry("condition"), self.node.entry("onConditionFailed"));
        match (condition, answer, why) {
            (None, Some(answer), Some(_)) => {
                let status = self.refusal(&answer.value).ok_or(Reported)?;
                Ok(Some(Guard { term: None, status }))
            }
            (None, None, Some(why)) => {
                self.needs(409, why).ok_or(Reported)?;
                Ok(Some(Guard { term: None, status: 409 }))
            }
            _ if matches!(action, BoundAction::Create { .. }) => Ok(None),
            _ => self.guard(),
        }
    }

    /// The condition, with the answer for when it fails.
    fn guard(&self) -> Result<Option<Guard>, Reported> {
        let (condition, answer) =
            (self.node.entry("condition"), self.node.entry("onConditionFailed"));
        let (condition, answer) = match (condition, answer) {
            (None, None) => return Ok(None),
            (Some(condition), Some(answer)) => (condition, answer),
            (Some(entry), None) => {
                let (found, missing) = ("condition", "onConditionFailed");
                self.scope.sink.report(fault::condition_alone(entry.key_span, found, missing));
                return Err(Reported);
            }
            (None, Some(entry)) => {
                let (found, missing) = ("onConditionFailed", "condition");
                self.scope.sink.report(fault::condition_alone(entry.key_span, found, missing));
                return Err(Reported);
            }
        };
        let status = self.refusal(&answer.value);
        let term = self.condition_term(&condition.value).ok_or(Reported)?;
        Ok(Some(Guard { term: Some(term), status: status.ok_or(Reported)? }))
    }
}
