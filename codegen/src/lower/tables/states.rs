//! Where the items of a table have states (`x-transitions`): the properties whose stored value a condition can name,
//! and those within lists, maps and alternatives, which no condition reaches.

use crate::lower::schema::Types;
use crate::model::{Additional, StatePath, TypeId, TypeKind, TypeRef};

/// A property with states that no condition reaches.
#[derive(Debug, Clone)]
pub(crate) struct Loose {
    /// The property of the item that it is in.
    pub(crate) property: String,
    /// The property in the words of the contract: `lines[].status`.
    pub(crate) path: String,
    /// The enumeration.
    pub(crate) states: TypeId,
}

/// The states of an item.
pub(super) fn states(types: &Types<'_>, item: TypeId) -> (Vec<StatePath>, Vec<Loose>) {
    let mut search = Search { types, found: vec![], loose: vec![], within: vec![] };
    search.object(item, &[], false);
    (search.found, search.loose)
}

struct Search<'t, 'a> {
    types: &'t Types<'a>,
    found: Vec<StatePath>,
    loose: Vec<Loose>,
    /// The types that are being looked into.
    within: Vec<TypeId>,
}

impl Search<'_, '_> {
    /// `path` leads to the value; `is_loose` says that a condition cannot follow it.
    fn value(&mut self, ty: &TypeRef, path: &[String], nullable: bool, is_loose: bool) {
        match ty {
            TypeRef::Nullable(inner) => self.value(inner, path, true, is_loose),
            TypeRef::Boxed(inner) => self.value(inner, path, nullable, is_loose),
            TypeRef::List(list) => self.value(&list.item, &with(path, "[]"), false, true),
            TypeRef::Map(map) => self.value(&map.value, &with(path, "*"), false, true),
            TypeRef::Named(id) => self.named(*id, path, nullable, is_loose),
            TypeRef::Scalar(_) | TypeRef::Json => {}
        }
    }

    fn named(&mut self, id: TypeId, path: &[String], nullable: bool, is_loose: bool) {
        let types = self.types;
        match types.kind(id) {
            Some(TypeKind::Enum(kind)) if kind.transitions.is_some() => {
                let states = types.id_of(&TypeRef::Named(id)).unwrap_or(id);
                self.state(states, path, nullable, is_loose);
            }
            Some(TypeKind::Struct(_)) => self.object(id, path, is_loose),
            Some(TypeKind::Alias(ty)) => self.value(ty, path, nullable, is_loose),
            Some(TypeKind::Union(union)) if !self.within.contains(&id) => {
                self.within.push(id);
                for variant in &union.variants {
                    self.value(&variant.ty, path, nullable, true);
                }
                self.within.pop();
            }
            _ => {}
        }
    }

    fn object(&mut self, id: TypeId, path: &[String], is_loose: bool) {
        let id = self.types.id_of(&TypeRef::Named(id)).unwrap_or(id);
        let times = self.within.iter().filter(|one| **one == id).count();
        // An object within itself is looked into once more: its states are at any depth.
        if times > 1 {
            return;
        }
        let Some(TypeKind::Struct(object)) = self.types.kind(id) else { return };
        self.within.push(id);
        for field in &object.fields {
            self.value(&field.ty, &with(path, &field.name.wire), false, is_loose || times > 0);
        }
        if let Additional::Typed(ty) = &object.additional {
            self.value(ty, &with(path, "*"), false, true);
        }
        self.within.pop();
    }

    fn state(&mut self, states: TypeId, path: &[String], nullable: bool, is_loose: bool) {
        if !is_loose {
            self.found.push(StatePath { path: path.to_vec(), states, nullable });
            return;
        }
        let property = path.first().cloned().unwrap_or_default();
        let path = path.join(".").replace(".[]", "[]");
        if !self.loose.iter().any(|one| one.path == path) {
            self.loose.push(Loose { property, path, states });
        }
    }
}

fn with(path: &[String], name: &str) -> Vec<String> {
    path.iter().cloned().chain([name.to_owned()]).collect()
}
