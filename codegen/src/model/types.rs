//! Types: what JSON a value may be, and the name it has in Rust.

use super::{Docs, Name, Origin, Owner};

/// The index of a type in [`Service::types`](super::Service::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A type with a name of its own: an entry of `components/schemas`, a schema of a shared file, or a schema that
/// was written in place and named after where it stands (`ProductDescription`).
#[derive(Debug, Clone, PartialEq)]
pub struct TypeDef {
    /// Its name, unique in the service.
    pub name: Name,
    /// What it means.
    pub docs: Docs,
    /// Where its schema stands.
    pub origin: Origin,
    /// What it is.
    pub kind: TypeKind,
    /// `x-sensitive: true`: kept out of logs, `Debug` and reports.
    pub sensitive: bool,
    /// The schema's `example`, or the first of its `examples`, if it has one that fits.
    pub example: Option<serde_json::Value>,
    /// Set on the request form of a type that has `readOnly` or `writeOnly` properties: the type it is a form
    /// of. The request form lacks the read-only properties (which are ignored when a client sends them), the
    /// base type lacks the write-only ones.
    pub request_form_of: Option<TypeId>,
    /// The schema in [`Service::schemas`](super::Service::schemas) that a value is checked against before it is read,
    /// where the type does not express all of it.
    pub schema: Option<String>,
}

/// The kinds of named type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeKind {
    /// A JSON object with known properties (`allOf` is already merged).
    Struct(StructType),
    /// A string of a closed set.
    Enum(EnumType),
    /// `oneOf` or `anyOf`.
    Union(UnionType),
    /// A scalar with constraints, which becomes a type that cannot hold a bad value.
    Newtype(Scalar),
    /// Another name for a list, a map, any JSON, an unconstrained scalar or a named type.
    Alias(TypeRef),
}

/// One use of a type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeRef {
    /// A named type of the same service.
    Named(TypeId),
    /// A scalar without constraints: `String`, `bool`, `i64`, `Uuid`, …
    Scalar(ScalarKind),
    /// `type: array`
    List(Box<ListType>),
    /// `type: object` with only `additionalProperties`: any keys, values of one type.
    Map(Box<MapType>),
    /// Any JSON value: an empty schema.
    Json,
    /// `nullable: true` around any of the above.
    Nullable(Box<TypeRef>),
    /// The same type on the heap, where a type would otherwise contain itself.
    Boxed(Box<TypeRef>),
}

impl TypeRef {
    /// The type of the elements, where it is a list.
    #[must_use]
    pub fn item(&self) -> Option<&Self> {
        match self {
            Self::List(list) => Some(&list.item),
            Self::Nullable(inner) | Self::Boxed(inner) => inner.item(),
            _ => None,
        }
    }
}

/// `type: array` (JSON Schema validation, section 6.4).
#[derive(Debug, Clone, PartialEq)]
pub struct ListType {
    /// The type of each element.
    pub item: TypeRef,
    /// `minItems`
    pub min_items: Option<u64>,
    /// `maxItems`
    pub max_items: Option<u64>,
    /// `uniqueItems: true`
    pub unique: bool,
    /// The example of an element, where its type has no name to have it.
    pub example: Option<serde_json::Value>,
    /// What the contract says of the meaning of each element, and nothing checks.
    pub meaning: Vec<(String, String)>,
}

/// An object with free keys.
#[derive(Debug, Clone, PartialEq)]
pub struct MapType {
    /// The type of each value.
    pub value: TypeRef,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}

/// A scalar with its constraints.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// What it is without the constraints.
    pub kind: ScalarKind,
    /// For strings.
    pub text: TextRules,
    /// For numbers.
    pub number: NumberRules,
}

/// The scalars that JSON and its usual formats have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    /// `type: string`
    String,
    /// `type: boolean`
    Boolean,
    /// `type: integer`, `format: int32`
    Int32,
    /// `type: integer`, `format: int64`, or no format and bounds within 64 bits
    Int64,
    /// `type: integer` without such bounds: up to 38 digits
    Integer,
    /// `type: number`, `format: float` or `double` or no format
    Double,
    /// `type: number`, `format: decimal`: exact, up to 38 digits
    Decimal,
    /// `type: string`, `format: decimal`: the same as a text
    DecimalString,
    /// `format: uuid` (RFC 9562)
    Uuid,
    /// `format: date-time` (RFC 3339, section 5.6)
    DateTime,
    /// `format: date` (RFC 3339 `full-date`)
    Date,
    /// `format: byte`: base64 (RFC 4648, section 4)
    Bytes,
}

impl ScalarKind {
    /// Whether JSON writes it as a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        matches!(self, Self::Int32 | Self::Int64 | Self::Integer)
    }

    /// The least and the greatest number of an integer type with a fixed width.
    #[must_use]
    pub fn range(self) -> Option<(i64, i64)> {
        match self {
            Self::Int32 => Some((i32::MIN.into(), i32::MAX.into())),
            Self::Int64 => Some((i64::MIN, i64::MAX)),
            _ => None,
        }
    }

    /// Whether JSON writes it as a number.
    #[must_use]
    pub fn is_number(self) -> bool {
        self.is_integer() || matches!(self, Self::Double | Self::Decimal)
    }
}

/// String constraints (JSON Schema validation, section 6.3) and checked formats.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextRules {
    /// `minLength`, in Unicode scalar values
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode scalar values
    pub max_length: Option<u64>,
    /// `pattern`, not anchored unless it anchors itself; known to be one of ECMA-262
    pub pattern: Option<String>,
    /// A `format` that is checked but has no Rust type of its own
    pub format: Option<TextFormat>,
}

pub use scalars::format::TextFormat;

/// Number constraints (JSON Schema validation, section 6.2), each in the decimal notation of the contract so that
/// no digit is lost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberRules {
    /// The least value
    pub minimum: Option<Bound>,
    /// The greatest value
    pub maximum: Option<Bound>,
    /// `multipleOf`, greater than zero
    pub multiple_of: Option<String>,
    /// For integers: `enum` with numbers; empty when any value will do
    pub one_of: Vec<i64>,
}

/// One end of a range.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The number as the contract writes it: `0.01`
    pub value: String,
    /// Whether the number itself is outside
    pub exclusive: bool,
}

/// A JSON object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub struct StructType {
    /// The properties, in contract order.
    pub fields: Vec<Field>,
    /// What becomes of properties that the contract does not name.
    pub additional: Additional,
    /// Names of properties that a client may send and that are ignored: the read-only ones, on a request form.
    pub ignored: Vec<String>,
    /// `minProperties`
    pub min_properties: Option<u64>,
    /// `maxProperties`
    pub max_properties: Option<u64>,
}

/// `additionalProperties` of an object with known properties.
#[derive(Debug, Clone, PartialEq)]
pub enum Additional {
    /// Absent or `true`: kept as they are, in a map.
    Open,
    /// `false`: a violation.
    Refused,
    /// A schema: kept, in a map.
    Typed(TypeRef),
}

/// One property.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// What it means.
    pub docs: Docs,
    /// Where it is declared.
    pub origin: Origin,
    /// What it holds; [`TypeRef::Nullable`] when `null` is a value of its own.
    pub ty: TypeRef,
    /// Whether it must be there.
    pub required: bool,
    /// What the contract gives as its usual value; see [`Self::fallback`].
    pub default: Option<serde_json::Value>,
    /// The `example` of the property, or the first of its `examples`, where it fits.
    pub example: Option<serde_json::Value>,
    /// `x-generated`: what a generated body fills it with, where no client may set it.
    pub generated: Option<Generated>,
    /// `x-owner`: what a claim of the caller must equal.
    pub owner: Option<Owner>,
    /// `x-version`: it counts the changes of the object, whose entity tag it is.
    pub version: bool,
    /// `x-sensitive: true` here or on its type.
    pub sensitive: bool,
}

impl Field {
    /// Whether the contract only requires the property, and does not describe it.
    #[must_use]
    pub fn is_only_required(&self) -> bool {
        self.origin.pointer.rsplit('/').nth(1) == Some("required")
    }

    /// What the property holds where it is left out. A required one is never left out: its default only fills values that
    /// are made here.
    #[must_use]
    pub fn fallback(&self) -> Option<&serde_json::Value> {
        self.default.as_ref().filter(|_| !self.required)
    }
}

/// What a service makes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generated {
    /// `uuid`: a random UUID.
    Uuid,
    /// `now`: the instant at which the item is made.
    Now,
    /// `updated`: the instant of the last write.
    Updated,
    /// `version`: 1, as the first of its kind.
    Version,
}

/// A string of a closed set.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumType {
    /// The values, in contract order.
    pub variants: Vec<Name>,
    /// `x-transitions`: what each value may become, by their spelling in the contract; nothing where every value may
    /// become every other.
    pub transitions: Option<Vec<(String, Vec<String>)>>,
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionType {
    /// How a value tells which variant it is.
    pub tag: UnionTag,
    /// The variants, in contract order.
    pub variants: Vec<UnionVariant>,
}

/// How a union tells its variants apart.
#[derive(Debug, Clone, PartialEq)]
pub enum UnionTag {
    /// `discriminator`: the value of this property names the variant.
    Property(Name),
    /// `oneOf` without one: exactly one variant must fit.
    ExactlyOne,
    /// `anyOf`: the first variant that fits.
    First,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct UnionVariant {
    /// Its name in Rust; `wire` is the discriminator's value.
    pub name: Name,
    /// Further values of the discriminator that name it: then it holds the value itself.
    pub also: Vec<String>,
    /// Whether it is what an object is whose discriminator is missing, or names no other one (`defaultMapping`).
    pub is_default: bool,
    /// Whether the contract has no name for it, so that its place names it.
    pub is_numbered: bool,
    /// What it holds.
    pub ty: TypeRef,
}

impl UnionVariant {
    /// An alternative with one name.
    #[must_use]
    pub fn new(name: Name, ty: TypeRef) -> Self {
        Self { name, also: vec![], is_default: false, is_numbered: false, ty }
    }

    /// The values of the discriminator that name it.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.wire.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

impl UnionType {
    /// The alternative that a value of the discriminator names, or else the default.
    #[must_use]
    pub fn by_tag(&self, tag: &str) -> Option<&UnionVariant> {
        let named = self.variants.iter().find(|variant| variant.tags().any(|known| known == tag));
        named.or_else(|| self.default())
    }

    /// The alternative of an object that names none.
    #[must_use]
    pub fn default(&self) -> Option<&UnionVariant> {
        self.variants.iter().find(|variant| variant.is_default)
    }
}
