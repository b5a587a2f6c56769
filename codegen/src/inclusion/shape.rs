//! What a type comes down to once names, boxes and aliases are followed.
//!
//! Owns the views on the model that the walker compares. Changes nothing and compares nothing.

use crate::model::{
    Additional, Docs, EnumType, Field, ListType, MapType, Scalar, ScalarKind, Service, StructType,
    TextRules, TypeId, TypeKind, TypeRef, UnionType,
};
use crate::source::Span;
use std::borrow::Cow;

/// A type, looked through.
#[derive(Debug, Clone)]
pub(crate) struct Resolved<'a> {
    /// What values it has, `null` apart.
    pub(crate) shape: Shape<'a>,
    /// Whether `null` is a value.
    pub(crate) nullable: bool,
    /// The innermost named type on the way.
    pub(crate) named: Option<TypeId>,
    /// Where that stands.
    pub(crate) span: Option<Span>,
}

impl Resolved<'_> {
    /// Whether values are checked for what the type does not express.
    pub(crate) fn is_checked(&self, service: &Service) -> bool {
        self.named.is_some_and(|id| service.type_def(id).schema.is_some())
    }
}

/// What values a type has.
#[derive(Debug, Clone)]
pub(crate) enum Shape<'a> {
    Json,
    Object(Object<'a>),
    List(&'a ListType),
    Scalar(Cow<'a, Scalar>),
    Enum(&'a EnumType),
    Union(&'a UnionType),
}

/// An object, be it a struct or a map.
#[derive(Debug, Clone)]
pub(crate) struct Object<'a> {
    pub(crate) fields: &'a [Field],
    /// Whether it is one of free keys.
    pub(crate) is_map: bool,
    pub(crate) rest: Rest<'a>,
    pub(crate) ignored: &'a [String],
    pub(crate) min_properties: u64,
    pub(crate) max_properties: Option<u64>,
}

/// What becomes of properties that the contract does not name.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rest<'a> {
    Ignored,
    Refused,
    Typed(&'a TypeRef),
}

impl<'a> Object<'a> {
    pub(crate) fn field(&self, name: &str) -> Option<&'a Field> {
        self.fields.iter().find(|field| field.name.wire == name)
    }

    /// Whether the contract says no more of a property than that it must be there: its type is that of the others.
    pub(crate) fn only_requires(&self, field: &Field) -> bool {
        let is_other = matches!(self.rest, Rest::Typed(ty) if *ty == field.ty);
        is_other && field.required && field.docs == Docs::default()
    }

    pub(crate) fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|ignored| ignored == name)
    }

    fn of_struct(of: &'a StructType) -> Self {
        let rest = match &of.additional {
            Additional::Open => Rest::Ignored,
            Additional::Refused => Rest::Refused,
            Additional::Typed(ty) => Rest::Typed(ty),
        };
        Self {
            fields: &of.fields,
            is_map: false,
            rest,
            ignored: &of.ignored,
            min_properties: of.min_properties.unwrap_or(0),
            max_properties: of.max_properties,
        }
    }

    fn of_map(of: &'a MapType) -> Self {
        Self {
            fields: &[],
            is_map: true,
            rest: Rest::Typed(&of.value),
            ignored: &[],
            min_properties: of.min_properties.unwrap_or(0),
            max_properties: of.max_properties,
        }
    }
}

/// The kinds of JSON value. Two families have no value in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Text,
    Number,
    Boolean,
    List,
    Object,
}

impl Shape<'_> {
    /// The kind of JSON value; none when there are several.
    pub(crate) fn family(&self) -> Option<Family> {
        match self {
            Self::Json | Self::Union(_) => None,
            Self::Object(_) => Some(Family::Object),
            Self::List(_) => Some(Family::List),
            Self::Enum(_) => Some(Family::Text),
            Self::Scalar(scalar) => Some(match scalar.kind {
                ScalarKind::Boolean => Family::Boolean,
                ScalarKind::Int32 | ScalarKind::Int64 | ScalarKind::Integer => Family::Number,
                ScalarKind::Double | ScalarKind::Decimal => Family::Number,
                ScalarKind::String | ScalarKind::Uuid | ScalarKind::Bytes => Family::Text,
                ScalarKind::DecimalString => Family::Text,
                ScalarKind::DateTime | ScalarKind::Date => Family::Text,
            }),
        }
    }

    /// What a contract calls it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Json => "any JSON value",
            Self::Object(_) => "object",
            Self::List(_) => "array",
            Self::Enum(_) => "string",
            Self::Union(_) => "one of several",
            Self::Scalar(scalar) => match scalar.kind {
                ScalarKind::Boolean => "boolean",
                ScalarKind::Int32 => "integer (int32)",
                ScalarKind::Int64 => "integer (int64)",
                ScalarKind::Integer => "integer",
                ScalarKind::Double => "number",
                ScalarKind::Decimal => "number (decimal)",
                ScalarKind::DecimalString => "string (decimal)",
                ScalarKind::String => "string",
                ScalarKind::Uuid => "string (uuid)",
                ScalarKind::DateTime => "string (date-time)",
                ScalarKind::Date => "string (date)",
                ScalarKind::Bytes => "string (byte)",
            },
        }
    }
}

/// Looks through names, boxes and aliases. A chain of aliases that never ends counts as any JSON, so that a
/// fault elsewhere cannot hang a comparison.
pub(crate) fn resolve<'a>(service: &'a Service, ty: &'a TypeRef) -> Resolved<'a> {
    let (mut ty, mut nullable, mut named, mut span) = (ty, false, None, None);
    for _ in 0..=service.types.len().saturating_mul(2).saturating_add(8) {
        let shape = match ty {
            TypeRef::Boxed(inner) => {
                ty = inner;
                continue;
            }
            TypeRef::Nullable(inner) => {
                nullable = true;
                ty = inner;
                continue;
            }
            TypeRef::Named(id) => {
                let def = service.type_def(*id);
                (named, span) = (Some(*id), Some(def.origin.span));
                match &def.kind {
                    TypeKind::Alias(inner) => {
                        ty = inner;
                        continue;
                    }
                    TypeKind::Struct(of) => Shape::Object(Object::of_struct(of)),
                    TypeKind::Enum(of) => Shape::Enum(of),
                    TypeKind::Union(of) => Shape::Union(of),
                    TypeKind::Newtype(scalar) => Shape::Scalar(Cow::Borrowed(scalar)),
                }
            }
            TypeRef::Scalar(kind) => Shape::Scalar(Cow::Owned(bare(*kind))),
            TypeRef::List(list) => Shape::List(list),
            TypeRef::Map(map) => Shape::Object(Object::of_map(map)),
            TypeRef::Json => Shape::Json,
        };
        return Resolved { shape, nullable, named, span };
    }
    Resolved { shape: Shape::Json, nullable: true, named: None, span: None }
}

pub(super) fn bare(kind: ScalarKind) -> Scalar {
    Scalar { kind, text: TextRules::default(), number: Default::default() }
}
