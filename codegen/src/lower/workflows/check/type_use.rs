//! Places in types: what stands at the end of a pointer, and which kinds of JSON may stand there.

use crate::model::{Additional, Service, TypeId, TypeKind, TypeRef};

/// A use of a type, with the service whose it is.
#[derive(Clone, Copy)]
pub(super) struct TypeUse<'a> {
    service: &'a Service,
    ty: Used<'a>,
}

#[derive(Clone, Copy)]
enum Used<'a> {
    Named(TypeId),
    Plain(&'a TypeRef),
}

/// Kinds of JSON values, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const NUMBER: Self = Self(4);
    pub(super) const STRING: Self = Self(8);
    pub(super) const LIST: Self = Self(16);
    pub(super) const OBJECT: Self = Self(32);
    pub(super) const ALL: Self = Self(63);
    /// What travels as one text.
    pub(super) const SINGLE: Self = Self(2 | 4 | 8);

    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The same where values travel as text: any single value may be any other, and a list of one.
    pub(super) fn as_text(self) -> Self {
        let takes = Self::SINGLE.or(Self::LIST);
        if self.meets(takes) { self.or(takes) } else { self }
    }

    pub(super) fn is_nothing(self) -> bool {
        self.0 == 0
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What they are in words: `a string or null`.
    pub(super) fn in_words(self) -> String {
        const WORDS: [(Kinds, &str); 6] = [
            (Kinds::STRING, "a string"),
            (Kinds::NUMBER, "a number"),
            (Kinds::BOOLEAN, "a boolean"),
            (Kinds::LIST, "a list"),
            (Kinds::OBJECT, "an object"),
            (Kinds::NULL, "null"),
        ];
        let words: Vec<&str> =
            WORDS.iter().filter(|(kind, _)| kind.meets(self)).map(|(_, word)| *word).collect();
        words.join(" or ")
    }
}

/// What stands one step below a place.
pub(super) enum Below<'a> {
    /// These places; one, but for unions.
    Here(Vec<TypeUse<'a>>),
    /// Nothing can stand there; these names can.
    Nothing(Vec<&'a str>),
    /// Anything may stand there.
    Anything,
}

/// How many names and unions are followed into each other: only types without end have more.
const MAX_DEPTH: usize = 64;

impl<'a> TypeUse<'a> {
    /// A use of a type.
    pub(super) fn of(service: &'a Service, ty: &'a TypeRef) -> Self {
        Self { service, ty: Used::Plain(ty) }
    }

    /// A type under a name.
    pub(super) fn of_id(service: &'a Service, id: TypeId) -> Self {
        Self { service, ty: Used::Named(id) }
    }

    /// Another use of a type of the same service.
    pub(super) fn with(self, ty: &'a TypeRef) -> Self {
        Self::of(self.service, ty)
    }

    /// The type without names, boxes and null around it, where it is a union all of its variants.
    pub(super) fn bare(self) -> Vec<Bare<'a>> {
        let mut found = vec![];
        self.collect(&mut found, 0);
        found
    }

    fn collect(self, found: &mut Vec<Bare<'a>>, depth: usize) {
        if depth > MAX_DEPTH || found.len() > MAX_DEPTH {
            return found.push(Bare::Json);
        }
        let ty = match self.ty {
            Used::Named(id) => return self.collect_named(id, found, depth),
            Used::Plain(ty) => ty,
        };
        match ty {
            TypeRef::Nullable(inner) => {
                found.push(Bare::Null);
                self.with(inner).collect(found, depth + 1);
            }
            TypeRef::Boxed(inner) => self.with(inner).collect(found, depth + 1),
            TypeRef::Named(id) => self.collect_named(*id, found, depth),
            TypeRef::Json => found.push(Bare::Json),
            TypeRef::Scalar(_) | TypeRef::List(_) | TypeRef::Map(_) => found.push(Bare::Plain(ty)),
        }
    }

    fn collect_named(self, id: TypeId, found: &mut Vec<Bare<'a>>, depth: usize) {
        match &self.service.type_def(id).kind {
            TypeKind::Alias(inner) => self.with(inner).collect(found, depth + 1),
            TypeKind::Union(union) => {
                for variant in &union.variants {
                    self.with(&variant.ty).collect(found, depth + 1);
                }
            }
            kind => found.push(Bare::Kind(kind)),
        }
    }

    /// The kinds of JSON that fit.
    pub(super) fn kinds(self) -> Kinds {
        let of = |bare: Bare<'_>| match bare {
            Bare::Null => Kinds::NULL,
            Bare::Json => Kinds::ALL,
            Bare::Plain(TypeRef::List(_)) => Kinds::LIST,
            Bare::Plain(TypeRef::Map(_)) | Bare::Kind(TypeKind::Struct(_)) => Kinds::OBJECT,
            Bare::Plain(TypeRef::Scalar(kind)) => of_scalar(*kind),
            Bare::Kind(TypeKind::Newtype(scalar)) => of_scalar(scalar.kind),
            Bare::Kind(TypeKind::Enum(_)) => Kinds::STRING,
            Bare::Plain(_) | Bare::Kind(_) => Kinds::ALL,
        };
        self.bare().into_iter().map(of).fold(Kinds(0), Kinds::or)
    }

    /// What stands one step below.
    pub(super) fn below(self, step: &str) -> Below<'a> {
        let (mut here, mut known) = (vec![], vec![]);
        for bare in self.bare() {
            match bare {
                Bare::Json => return Below::Anything,
                Bare::Plain(TypeRef::Map(map)) => here.push(self.with(&map.value)),
                Bare::Plain(TypeRef::List(list)) if is_index(step) => {
                    here.push(self.with(&list.item))
                }
                Bare::Kind(TypeKind::Struct(object)) => {
                    let field = object.fields.iter().find(|field| field.name.wire == step);
                    match (field, &object.additional) {
                        (Some(field), _) => here.push(self.with(&field.ty)),
                        (None, Additional::Typed(ty)) => here.push(self.with(ty)),
                        // What a contract does not name may be there, but nobody can rely on it.
                        (None, _) => {
                            known.extend(object.fields.iter().map(|field| field.name.wire.as_str()))
                        }
                    }
                }
                _ => {}
            }
        }
        if here.is_empty() { Below::Nothing(known) } else { Below::Here(here) }
    }

    /// What the members are of an object or a list, which a filter looks at; `None` where anything may be.
    pub(super) fn members(self) -> Option<Vec<Self>> {
        let mut found = vec![];
        for bare in self.bare() {
            match bare {
                Bare::Json => return None,
                Bare::Plain(TypeRef::Map(map)) => found.push(self.with(&map.value)),
                Bare::Plain(TypeRef::List(list)) => found.push(self.with(&list.item)),
                Bare::Kind(TypeKind::Struct(object)) => {
                    found.extend(object.fields.iter().map(|field| self.with(&field.ty)));
                    if let Additional::Typed(ty) = &object.additional {
                        found.push(self.with(ty));
                    }
                }
                _ => {}
            }
        }
        Some(found)
    }

    /// The property that most probably tells one from another: one that is called an ID, else the first that is required.
    pub(super) fn usual_key(self) -> Option<&'a str> {
        let fields = self.bare().into_iter().find_map(|bare| match bare {
            Bare::Kind(TypeKind::Struct(object)) => Some(&object.fields),
            _ => None,
        })?;
        let is_id = |name: &str| name.to_ascii_lowercase().ends_with("id");
        let required = || fields.iter().filter(|field| field.required);
        let found = required().find(|field| is_id(&field.name.wire)).or(required().next());
        found.or(fields.first()).map(|field| field.name.wire.as_str())
    }

    /// What stands below at a name that is known to be one.
    pub(super) fn named(self, name: &str) -> Vec<Self> {
        match self.below(name) {
            Below::Here(places) => places,
            _ => vec![],
        }
    }
}

/// Whether a step of a pointer is an index, which has no leading zeros (RFC 6901).
fn is_index(step: &str) -> bool {
    let is_digits = !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    is_digits && (step == "0" || !step.starts_with('0'))
}

/// A type without names around it.
pub(super) enum Bare<'a> {
    Null,
    Json,
    Plain(&'a TypeRef),
    Kind(&'a TypeKind),
}

fn of_scalar(kind: crate::model::ScalarKind) -> Kinds {
    use crate::model::ScalarKind;
    match kind {
        ScalarKind::Boolean => Kinds::BOOLEAN,
        kind if kind.is_number() => Kinds::NUMBER,
        _ => Kinds::STRING,
    }
}

/// What stands at the end of a pointer below several places: places, nothing known, or the step that leads nowhere with
/// the names that are there.
pub(super) fn follow<'a>(
    mut places: Vec<TypeUse<'a>>,
    pointer: &[String],
) -> Result<Option<Vec<TypeUse<'a>>>, (String, Vec<&'a str>)> {
    for step in pointer {
        let (mut here, mut known) = (vec![], vec![]);
        for place in &places {
            match place.below(step) {
                Below::Anything => return Ok(None),
                Below::Here(found) => here.extend(found),
                Below::Nothing(names) => known.extend(names),
            }
        }
        if here.is_empty() {
            return Err((step.clone(), known));
        }
        here.truncate(MAX_DEPTH);
        places = here;
    }
    Ok(Some(places))
}
