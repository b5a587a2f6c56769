//! Random types, random changes of them, and random values.
//!
//! Everything is drawn from a string of bytes, so that the test framework can make a failing case smaller; a string
//! that has run out draws the simplest thing.

use codegen::model::{
    Additional, Bound, EnumType, Field, ListType, MapType, Name, NumberRules, Origin, Scalar,
    ScalarKind, Service, StructType, TextFormat, TextRules, TypeDef, TypeId, TypeKind, TypeRef,
    UnionTag, UnionType, UnionVariant, UsedTypes,
};
use codegen::source::{FileId, Span};

/// Draws choices from bytes.
pub(super) struct Dice<'a> {
    bytes: std::slice::Iter<'a, u8>,
    n_places: u32,
}

impl<'a> Dice<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.iter(), n_places: 0 }
    }

    /// A number below `n`; 0 when nothing is left.
    pub(super) fn below(&mut self, n: usize) -> usize {
        usize::from(self.bytes.next().copied().unwrap_or(0)) % n.max(1)
    }

    pub(super) fn chance(&mut self, of: usize) -> bool {
        of > 0 && self.below(of) == of - 1
    }

    pub(super) fn pick<'b, T: ?Sized>(&mut self, from: &[&'b T]) -> &'b T {
        from[self.below(from.len())]
    }

    /// A place of its own for each thing, as real contracts have.
    fn origin(&mut self) -> Origin {
        self.n_places += 1;
        let span = Span { file: FileId(0), start: self.n_places, end: self.n_places + 1 };
        Origin { pointer: String::new(), span }
    }
}

/// A service that holds nothing but types.
pub(super) fn service(types: Vec<TypeDef>) -> Service {
    let origin = Origin { pointer: String::new(), span: Span::default() };
    Service {
        used: UsedTypes::default(),
        name: name("world"),
        title: String::new(),
        version: String::new(),
        docs: Default::default(),
        notes: vec![],
        origin,
        types,
        schemas: Default::default(),
        tables: vec![],
        errors: Default::default(),
        hosts: vec![],
        operations: vec![],
        cors: None,
        schemes: vec![],
        sends: vec![],
        receives: vec![],
        functions: vec![],
    }
}

fn name(text: &str) -> Name {
    let same = || text.to_owned();
    Name { wire: same(), snake: same(), pascal: same(), kebab: same(), screaming: same() }
}

pub(super) const FIELDS: [&str; 4] = ["a", "b", "c", "d"];
/// Names that no contract ever names.
pub(super) const STRANGERS: [&str; 2] = ["x0", "x1"];
pub(super) const WORDS: [&str; 8] = ["ba", "a", "b", "ab", "abc", "", "abcdef", "1"];
const PATTERNS: [&str; 4] = ["a", "^a", "^[a-c]*$", ".*"];
const DECIMALS: [&str; 8] = ["0", "1", "2", "5", "0.5", "-3", "2.50", "10"];

/// Draws a service with types and the type to look at.
pub(super) fn draw_world(dice: &mut Dice<'_>) -> (Service, TypeRef) {
    let mut types = Vec::new();
    for index in 0..1 + dice.below(4) {
        let kind = draw_kind(dice, index);
        let origin = dice.origin();
        types.push(TypeDef {
            name: name(&format!("T{index}")),
            docs: Default::default(),
            origin,
            kind,
            sensitive: false,
            example: None,
            request_form_of: None,
            schema: None,
        });
    }
    let root = TypeRef::Named(TypeId(types.len() - 1));
    (service(types), root)
}

fn draw_kind(dice: &mut Dice<'_>, index: usize) -> TypeKind {
    match dice.below(6) {
        0 => TypeKind::Newtype(draw_scalar(dice)),
        1 => TypeKind::Enum(EnumType { variants: draw_words(dice), transitions: None }),
        2 | 3 => TypeKind::Struct(draw_struct(dice, index)),
        4 => TypeKind::Union(draw_union(dice, index)),
        _ => TypeKind::Alias(draw_ref(dice, index, 2)),
    }
}

fn draw_words(dice: &mut Dice<'_>) -> Vec<Name> {
    let mut words: Vec<_> = (0..1 + dice.below(3)).map(|_| name(dice.pick(&WORDS))).collect();
    words.sort();
    words.dedup();
    words
}

fn draw_scalar(dice: &mut Dice<'_>) -> Scalar {
    use ScalarKind::{Boolean, Date, Decimal, Double, Int32, Int64, String, Uuid};
    let kinds = [String, Int64, Int32, Decimal, Double, Boolean, Uuid, Date];
    let kind = kinds[dice.below(kinds.len())];
    let mut scalar = Scalar { kind, text: TextRules::default(), number: NumberRules::default() };
    for _ in 0..dice.below(3) {
        change_scalar(dice, &mut scalar);
    }
    scalar
}

/// Changes one constraint of a scalar.
fn change_scalar(dice: &mut Dice<'_>, scalar: &mut Scalar) {
    let length = |dice: &mut Dice<'_>| dice.chance(2).then(|| dice.below(5) as u64);
    let bound = |dice: &mut Dice<'_>| {
        let value = dice.pick(&DECIMALS).to_owned();
        dice.chance(2).then(|| Bound { value, exclusive: dice.chance(2) })
    };
    match scalar.kind {
        ScalarKind::String => match dice.below(4) {
            0 => scalar.text.max_length = length(dice),
            1 => scalar.text.min_length = length(dice),
            2 => scalar.text.pattern = dice.chance(2).then(|| dice.pick(&PATTERNS).to_owned()),
            _ => scalar.text.format = dice.chance(2).then_some(TextFormat::EMAIL),
        },
        ScalarKind::Int32
        | ScalarKind::Int64
        | ScalarKind::Integer
        | ScalarKind::Double
        | ScalarKind::Decimal => {
            let whole = scalar.kind.is_integer();
            match dice.below(4) {
                0 => scalar.number.minimum = bound(dice),
                1 => scalar.number.maximum = bound(dice),
                2 => {
                    let steps = ["1", "2", "5", "0.5", "0.25", "10"];
                    scalar.number.multiple_of =
                        dice.chance(2).then(|| dice.pick(&steps).to_owned());
                }
                _ if whole => {
                    let values = [0, 1, 2, 5, 10, -3];
                    scalar.number.one_of =
                        (0..dice.below(3)).map(|_| values[dice.below(values.len())]).collect();
                }
                _ => {}
            }
        }
        _ => {}
    }
}

fn draw_struct(dice: &mut Dice<'_>, index: usize) -> StructType {
    let mut fields = Vec::new();
    for each in FIELDS.iter().take(1 + dice.below(FIELDS.len())) {
        if !dice.chance(3) {
            fields.push(draw_field(dice, index, each));
        }
    }
    let named = |fields: &[Field], text: &str| fields.iter().any(|field| field.name.wire == text);
    let ignored =
        if dice.chance(5) && !named(&fields, "d") { vec!["d".to_owned()] } else { vec![] };
    StructType {
        fields,
        additional: draw_additional(dice, index),
        ignored,
        min_properties: dice.chance(8).then(|| dice.below(3) as u64),
        max_properties: dice.chance(8).then(|| dice.below(5) as u64),
    }
}

fn draw_additional(dice: &mut Dice<'_>, index: usize) -> Additional {
    match dice.below(4) {
        0 | 1 => Additional::Open,
        2 => Additional::Refused,
        _ => Additional::Typed(draw_ref(dice, index, 1)),
    }
}

fn draw_field(dice: &mut Dice<'_>, index: usize, text: &str) -> Field {
    let required = dice.chance(2);
    // An optional property may lead back to its own type.
    let ty = if !required && dice.chance(6) {
        TypeRef::Boxed(Box::new(TypeRef::Named(TypeId(index))))
    } else {
        draw_ref(dice, index, 2)
    };
    Field {
        name: name(text),
        docs: Default::default(),
        origin: dice.origin(),
        ty,
        required,
        default: None,
        example: None,
        generated: None,
        owner: None,
        version: false,
        sensitive: false,
    }
}

fn draw_union(dice: &mut Dice<'_>, index: usize) -> UnionType {
    let tag = match dice.below(3) {
        0 => UnionTag::First,
        1 => UnionTag::ExactlyOne,
        _ => UnionTag::Property(name("a")),
    };
    let n_variants = 1 + dice.below(3);
    let variants = (0..n_variants)
        .map(|place| UnionVariant::new(name(WORDS[place]), draw_ref(dice, index, 1)))
        .collect();
    UnionType { tag, variants }
}

/// Draws a use of one of the first `index` types, or of a type without a name.
fn draw_ref(dice: &mut Dice<'_>, index: usize, depth: usize) -> TypeRef {
    let inner = |dice: &mut Dice<'_>| draw_ref(dice, index, depth.saturating_sub(1));
    match dice.below(if depth == 0 { 4 } else { 8 }) {
        0 | 1 if index > 0 => TypeRef::Named(TypeId(dice.below(index))),
        0 => TypeRef::Scalar(ScalarKind::String),
        1 => TypeRef::Scalar(ScalarKind::Int32),
        2 => TypeRef::Scalar(ScalarKind::Int64),
        3 => TypeRef::Scalar(ScalarKind::Decimal),
        4 => TypeRef::Nullable(Box::new(inner(dice))),
        5 => {
            let item = inner(dice);
            let bound = |dice: &mut Dice<'_>| dice.chance(3).then(|| dice.below(3) as u64);
            let (min_items, max_items) = (bound(dice), bound(dice));
            TypeRef::List(Box::new(ListType {
                item,
                min_items,
                max_items,
                unique: dice.chance(3),
                example: None,
                meaning: vec![],
            }))
        }
        6 => {
            let value = inner(dice);
            TypeRef::Map(Box::new(MapType { value, min_properties: None, max_properties: None }))
        }
        _ => TypeRef::Json,
    }
}

/// Changes a few things of a world.
pub(super) fn mutate(dice: &mut Dice<'_>, service: &mut Service) {
    for _ in 0..1 + dice.below(2) {
        let index = service.types.len() - 1 - dice.below(service.types.len());
        let mut kind = service.types[index].kind.clone();
        mutate_kind(dice, &mut kind, index);
        service.types[index].kind = kind;
    }
}

fn mutate_kind(dice: &mut Dice<'_>, kind: &mut TypeKind, index: usize) {
    if dice.chance(10) {
        *kind = draw_kind(dice, index);
        return;
    }
    match kind {
        TypeKind::Newtype(scalar) if dice.chance(6) => {
            scalar.kind = match scalar.kind {
                ScalarKind::Int32 => ScalarKind::Int64,
                ScalarKind::Int64 => [ScalarKind::Int32, ScalarKind::Decimal][dice.below(2)],
                ScalarKind::Uuid => ScalarKind::String,
                _ => ScalarKind::Double,
            };
            if !scalar.kind.is_integer() {
                scalar.number.one_of.clear();
            }
        }
        TypeKind::Newtype(scalar) => {
            if scalar.kind == ScalarKind::String && dice.chance(5) {
                *kind = TypeKind::Enum(EnumType { variants: draw_words(dice), transitions: None });
            } else {
                change_scalar(dice, scalar);
            }
        }
        TypeKind::Enum(of) => match dice.below(3) {
            0 => of.variants.push(name("abc")),
            1 if of.variants.len() > 1 => drop(of.variants.pop()),
            _ => {
                *kind = TypeKind::Newtype(Scalar {
                    kind: ScalarKind::String,
                    text: TextRules {
                        max_length: Some(dice.below(4) as u64),
                        ..Default::default()
                    },
                    number: NumberRules::default(),
                });
            }
        },
        TypeKind::Struct(of) => mutate_struct(dice, of, index),
        TypeKind::Union(of) => mutate_union(dice, of, index),
        TypeKind::Alias(ty) => {
            if dice.chance(4) {
                let ty = ty.clone();
                let variants = vec![
                    UnionVariant::new(name("a"), ty),
                    UnionVariant::new(name("b"), draw_ref(dice, index, 1)),
                ];
                let tag = if dice.chance(2) { UnionTag::ExactlyOne } else { UnionTag::First };
                *kind = TypeKind::Union(UnionType { tag, variants });
            } else {
                mutate_ref(dice, ty, index);
            }
        }
    }
}

fn mutate_struct(dice: &mut Dice<'_>, of: &mut StructType, index: usize) {
    let place = dice.below(of.fields.len().max(1));
    match dice.below(9) {
        0 => {
            let new = dice.pick(&FIELDS);
            let taken = |of: &StructType| of.fields.iter().any(|field| field.name.wire == *new);
            if !taken(of) {
                of.ignored.retain(|ignored| ignored != new);
                of.fields.push(draw_field(dice, index, new));
            }
        }
        1 if !of.fields.is_empty() => drop(of.fields.remove(place)),
        2 if !of.fields.is_empty() => {
            // A property that leads back to its own type stays optional, or no value would end.
            let field = &mut of.fields[place];
            field.required = !field.required && !matches!(field.ty, TypeRef::Boxed(_));
        }
        3 if !of.fields.is_empty() => mutate_ref(dice, &mut of.fields[place].ty, index),
        4 => of.additional = draw_additional(dice, index),
        5 if !of.fields.is_empty() => {
            let field = of.fields.remove(place);
            of.ignored = vec![field.name.wire];
        }
        6 => of.ignored.clear(),
        7 => of.min_properties = dice.chance(2).then(|| dice.below(3) as u64),
        8 => of.max_properties = dice.chance(2).then(|| dice.below(4) as u64),
        _ => of.fields.push(draw_field(dice, index, "e")),
    }
    let mut seen = Vec::new();
    of.fields.retain(|field| {
        let new = !seen.contains(&field.name.wire);
        seen.push(field.name.wire.clone());
        new
    });
}

fn mutate_union(dice: &mut Dice<'_>, of: &mut UnionType, index: usize) {
    let place = dice.below(of.variants.len());
    match dice.below(5) {
        0 => {
            let ty = draw_ref(dice, index, 1);
            of.variants.push(UnionVariant::new(name(&format!("v{}", of.variants.len())), ty));
        }
        1 if of.variants.len() > 1 => drop(of.variants.remove(place)),
        2 => mutate_ref(dice, &mut of.variants[place].ty, index),
        3 => of.variants[place].name = name("other"),
        _ => {
            of.tag = match &of.tag {
                UnionTag::First => UnionTag::ExactlyOne,
                UnionTag::Property(tag) if dice.chance(2) => {
                    UnionTag::Property(name(if tag.wire == "a" { "b" } else { "a" }))
                }
                _ => UnionTag::First,
            }
        }
    }
}

fn mutate_ref(dice: &mut Dice<'_>, ty: &mut TypeRef, index: usize) {
    match ty {
        TypeRef::Nullable(inner) if dice.chance(2) => *ty = (**inner).clone(),
        TypeRef::List(list) if !dice.chance(4) => match dice.below(4) {
            0 => list.min_items = dice.chance(2).then(|| dice.below(3) as u64),
            1 => list.max_items = dice.chance(2).then(|| dice.below(3) as u64),
            2 => list.unique = !list.unique,
            _ => mutate_ref(dice, &mut list.item, index),
        },
        TypeRef::Map(map) if !dice.chance(4) => mutate_ref(dice, &mut map.value, index),
        TypeRef::Boxed(_) => {}
        _ => match dice.below(3) {
            0 => *ty = TypeRef::Nullable(Box::new(ty.clone())),
            1 => *ty = TypeRef::Json,
            _ => *ty = draw_ref(dice, index, 1),
        },
    }
}
