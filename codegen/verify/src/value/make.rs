//! Values that obey a type.

use codegen::model::{
    ListType, Origin, Scalar, ScalarKind, Service, StructType, TypeId, TypeKind, TypeRef, UnionTag,
    UnionType,
};
use serde_json::{Map, Value, json};

use super::conform::{Sender, violations};
use super::dice::Dice;
use super::{number, text};

/// How much of a type a value has.
#[derive(Debug)]
pub enum Fill<'d> {
    /// What is required.
    Least,
    /// Everything that is named, and an item in every list.
    Full,
    /// Whatever the dice say.
    Drawn(&'d mut Dice),
}

/// The nesting at which whatever may be left out is.
const MAX_DEPTH: usize = 8;

/// A value that a client may send for a type, if one is near at hand. Examples of the contract come first.
#[must_use]
pub fn make(service: &Service, ty: &TypeRef, mut fill: Fill<'_>) -> Option<Value> {
    let mut maker = Maker { service, fill: &mut fill, within: Vec::new() };
    maker.value(ty)
}

struct Maker<'m, 'd> {
    service: &'m Service,
    fill: &'m mut Fill<'d>,
    /// The named types around the value that is made.
    within: Vec<TypeId>,
}

impl Maker<'_, '_> {
    /// Whether an optional part that holds this type is made.
    fn wants(&mut self, ty: &TypeRef) -> bool {
        let endless = self.within.len() >= MAX_DEPTH || self.repeats(ty);
        match self.fill {
            _ if endless => false,
            Fill::Least => false,
            Fill::Full => true,
            Fill::Drawn(dice) => dice.one_in(2),
        }
    }

    /// Whether a type is around the value already.
    fn repeats(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Named(id) => self.within.contains(id),
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => self.repeats(inner),
            TypeRef::List(list) => self.repeats(&list.item),
            TypeRef::Map(map) => self.repeats(&map.value),
            TypeRef::Scalar(_) | TypeRef::Json => false,
        }
    }

    fn value(&mut self, ty: &TypeRef) -> Option<Value> {
        match ty {
            TypeRef::Named(id) => {
                // Only what is required leads here again and again, and that has no value.
                if self.within.len() > 4 * MAX_DEPTH {
                    return None;
                }
                self.within.push(*id);
                let value = self.named(*id);
                self.within.pop();
                value
            }
            TypeRef::Scalar(kind) => self.scalar(&Scalar {
                kind: *kind,
                text: Default::default(),
                number: Default::default(),
            }),
            TypeRef::List(list) => self.list(list),
            TypeRef::Map(map) => {
                let least = map.min_properties.unwrap_or(0);
                let most = map.max_properties.unwrap_or(u64::MAX);
                let n = least.max(u64::from(self.wants(&map.value))).min(most);
                let mut entries = Map::new();
                for at in 0..n.min(1000) {
                    entries.insert(format!("key{at}"), self.value(&map.value)?);
                }
                Some(Value::Object(entries))
            }
            TypeRef::Json => Some(json!({ "any": "thing" })),
            TypeRef::Nullable(inner) => {
                let is_null = match self.fill {
                    Fill::Drawn(dice) => dice.one_in(4),
                    Fill::Least | Fill::Full => false,
                };
                if is_null { Some(Value::Null) } else { self.value(inner) }
            }
            TypeRef::Boxed(inner) => self.value(inner),
        }
    }

    fn named(&mut self, id: TypeId) -> Option<Value> {
        let def = self.service.type_def(id);
        let is_whole = matches!(def.kind, TypeKind::Struct(_) | TypeKind::Union(_));
        let from_example = match self.fill {
            Fill::Drawn(dice) => dice.one_in(3),
            // An example of an object says what is usual, not everything that may be there.
            Fill::Least | Fill::Full => !is_whole,
        };
        if from_example && let Some(example) = self.example(id) {
            return Some(example);
        }
        let made = match &def.kind {
            TypeKind::Struct(object) => self.object(object),
            TypeKind::Enum(choice) => {
                let at = match self.fill {
                    Fill::Drawn(dice) => dice.below(choice.variants.len()),
                    _ => 0,
                };
                choice.variants.get(at).map(|one| json!(one.wire))
            }
            TypeKind::Union(union) => self.union(union),
            TypeKind::Newtype(scalar) => self.scalar(scalar),
            TypeKind::Alias(ty) => self.value(ty),
        };
        let origin = &def.origin;
        let fits = |value: &Value| self.fits(&TypeRef::Named(id), origin, value);
        made.filter(fits).or_else(|| self.example(id))
    }

    /// The contract's own example, if it is one.
    fn example(&self, id: TypeId) -> Option<Value> {
        let def = self.service.type_def(id);
        let fits = |value: &&Value| self.fits(&TypeRef::Named(id), &def.origin, value);
        def.example.as_ref().filter(fits).cloned()
    }

    fn fits(&self, ty: &TypeRef, origin: &Origin, value: &Value) -> bool {
        violations(self.service, Sender::Client, ty, origin, value).is_empty()
    }

    fn object(&mut self, object: &StructType) -> Option<Value> {
        let mut entries = Map::new();
        let least = object.min_properties.unwrap_or(0);
        for field in &object.fields {
            let short = (entries.len() as u64) < least && !self.repeats(&field.ty);
            if !field.required && !self.wants(&field.ty) && !short {
                continue;
            }
            match self.value(&field.ty) {
                Some(value) => {
                    entries.insert(field.name.wire.clone(), value);
                }
                None if field.required => return None,
                None => {}
            }
        }
        if let Some(most) = object.max_properties {
            let optional = object.fields.iter().rev().filter(|field| !field.required);
            for field in optional {
                if entries.len() as u64 > most {
                    entries.remove(&field.name.wire);
                }
            }
        }
        Some(Value::Object(entries))
    }

    fn union(&mut self, union: &UnionType) -> Option<Value> {
        let start = match self.fill {
            Fill::Drawn(dice) => dice.below(union.variants.len()),
            _ => 0,
        };
        let n = union.variants.len();
        let order = (0..n).filter_map(|at| union.variants.get((start + at) % n));
        order.into_iter().find_map(|variant| {
            let mut value = self.value(&variant.ty)?;
            if let (UnionTag::Property(tag), Value::Object(entries)) = (&union.tag, &mut value)
                && !variant.is_default
            {
                entries.insert(tag.wire.clone(), json!(variant.name.wire));
            }
            Some(value)
        })
    }

    fn list(&mut self, list: &ListType) -> Option<Value> {
        let least = list.min_items.unwrap_or(0);
        let most = list.max_items.unwrap_or(u64::MAX);
        let more = match self.fill {
            Fill::Drawn(dice) => dice.below(4) as u64,
            Fill::Full => 1,
            Fill::Least => 0,
        };
        let n = if self.repeats(&list.item) { least } else { least.max(more).min(most) };
        if list.unique && (2..=64).contains(&n) {
            let mut items = Vec::new();
            for _ in 0..4 * n {
                let item = self.value(&list.item)?;
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            items.truncate(usize::try_from(n).unwrap_or(usize::MAX));
            // Fewer will do where the type has no more, or the dice gave none.
            if items.len() as u64 >= least {
                return Some(Value::Array(items));
            }
        }
        list_of(list, n, || self.value(&list.item))
    }

    fn scalar(&mut self, scalar: &Scalar) -> Option<Value> {
        let share = match self.fill {
            Fill::Drawn(dice) => Some(u32::try_from(dice.below(1001)).unwrap_or(0)),
            _ => None,
        };
        match scalar.kind {
            ScalarKind::Boolean => Some(json!(share.is_none_or(|share| share < 500))),
            ScalarKind::Int32
            | ScalarKind::Int64
            | ScalarKind::Integer
            | ScalarKind::Double
            | ScalarKind::Decimal => match share.filter(|_| scalar.number.one_of.is_empty()) {
                Some(share) => number::drawn(scalar, share),
                None => number::sample(scalar),
            },
            ScalarKind::DecimalString => {
                number::sample(scalar).map(|number| Value::from(number.to_string()))
            }
            ScalarKind::String if share.is_some() => {
                let least = scalar.text.min_length.unwrap_or(0);
                let most = scalar.text.max_length.unwrap_or(least + 40).min(least + 200);
                let way = most.saturating_sub(least) * u64::from(share.unwrap_or(0)) / 1000;
                let drawn = text::of_length(scalar, least + way);
                drawn.or_else(|| text::sample(scalar)).map(Value::from)
            }
            _ => text::sample(scalar).map(Value::from),
        }
    }
}

/// A list of so many items, each another one where they have to be.
pub(super) fn list_of(
    list: &ListType,
    n: u64,
    mut item: impl FnMut() -> Option<Value>,
) -> Option<Value> {
    let mut items: Vec<Value> = Vec::new();
    for at in 0..n {
        let mut next = item()?;
        if list.unique && items.contains(&next) {
            next = other(next, at).filter(|next| !items.contains(next))?;
        }
        items.push(next);
    }
    Some(Value::Array(items))
}

/// A value like this one, and not the same.
fn other(value: Value, at: u64) -> Option<Value> {
    match value {
        Value::Number(number) => number.as_i64().map(|number| json!(number + at.cast_signed())),
        Value::String(text) => {
            // In place of its end, so that it keeps its length: `text`, `tex1`, `tex2`.
            let digits = at.to_string();
            let kept = text.chars().count().saturating_sub(digits.len());
            Some(text.chars().take(kept).chain(digits.chars()).collect::<String>().into())
        }
        _ => None,
    }
}
