//! Where the keys of a bound operation come from.

use super::super::names;
use super::super::schema::Access;
use super::Binder;
use crate::diag::catalog::{bindings as binding_fault, shape::nearest, tables as fault};
use crate::lower::Reported;
use crate::model::{
    KeyAttribute, KeySource, Name, Parameter, ParameterLocation, ScalarKind, Segment,
};
use crate::source::Span;

impl Binder<'_, '_> {
    /// The parameter that a key attribute comes from: of the same name, or of a name that says the same. `id` says
    /// the same as `productId` where the item is a product, and behind `/product/`.
    pub(super) fn parameter_for(
        &self,
        key: &KeyAttribute,
        place: impl Fn(usize, &Parameter) -> bool,
    ) -> Option<usize> {
        /// Takes a parameter's name, the key's, the item's, and what stands before the parameter.
        type Fits = fn(&str, &str, &str, &str) -> bool;
        let fits: [Fits; 4] = [
            |name, key, _, _| name == key,
            |name, key, _, _| name.eq_ignore_ascii_case(key),
            |name, key, item, _| {
                let full = |short: &str| names::joined(&[item, short]);
                names::joined(&[name]) == full(key) || full(name) == names::joined(&[key])
            },
            |name, key, _, folder| {
                !folder.is_empty() && names::joined(&[folder, name]) == names::joined(&[key])
            },
        ];
        fits.into_iter().find_map(|fits| {
            self.parameters().iter().enumerate().position(|(at, p)| {
                let folder = self.folder_of(p);
                place(at, p) && fits(&p.name.wire, &key.name.wire, self.item, folder)
            })
        })
    }

    /// What stands before a path parameter: `product` in `/product/{id}`; nothing for any other.
    fn folder_of(&self, parameter: &Parameter) -> &str {
        let mut folder = "";
        for segment in &self.draft.operation.path.segments {
            match segment {
                Segment::Parameter(name)
                    if *name == parameter.name.wire
                        && parameter.location == ParameterLocation::Path =>
                {
                    return folder;
                }
                Segment::Parameter(_) | Segment::Mixed(_) => folder = "",
                Segment::Literal(text) => folder = text.as_str(),
            }
        }
        ""
    }

    /// The parameter that `key` of the binding names for an attribute, wherever it travels.
    fn named_key(&self, key: &KeyAttribute) -> Result<Option<usize>, Reported> {
        let Some(named) = self.node.at(&["key", &key.name.wire]) else { return Ok(None) };
        self.parameter_named(named).map(Some).ok_or(Reported)
    }

    /// The parameter that a node of the binding names.
    pub(super) fn parameter_named(&self, named: &crate::parse::Node) -> Option<usize> {
        let name = named.text()?;
        let known = || self.parameters().iter().map(|one| one.name.wire.as_str());
        let at = known().position(|known| known == name);
        if at.is_none() {
            let near = nearest(name, known());
            self.scope.sink.report(binding_fault::no_parameter(named.span, name, near));
        }
        at
    }

    /// That `key` of the binding names only attributes of the key that is used.
    pub(super) fn check_named_keys(&self, keys: &[&KeyAttribute]) -> Option<()> {
        let mut sound = true;
        for entry in self.node.get("key").into_iter().flat_map(crate::parse::Node::entries) {
            if !keys.iter().any(|key| key.name.wire == entry.key) {
                let known: Vec<&str> = keys.iter().map(|key| key.name.wire.as_str()).collect();
                self.scope.sink.report(binding_fault::no_such_key(
                    entry.key_span,
                    &entry.key,
                    &known,
                ));
                sound = false;
            }
        }
        sound.then_some(())
    }

    /// That a parameter holds what a key attribute holds.
    pub(super) fn fits_key(&self, at: usize, key: &KeyAttribute, is_list: bool) -> Option<()> {
        let parameter = &self.parameters()[at];
        let ty = match is_list {
            true => self.item_of_list(&parameter.ty),
            false => Some(&parameter.ty),
        };
        let scalar = ty.and_then(|ty| self.types.scalar_of(ty));
        if scalar.is_some_and(|scalar| super::operand::comparable(scalar, key.scalar)) {
            return Some(());
        }
        let expected = super::operand::words(key.scalar);
        let expected = if is_list {
            format!("an array whose items are each {expected}")
        } else {
            expected.to_owned()
        };
        self.scope.sink.report(binding_fault::key_of_other_type(
            parameter.origin.span,
            &parameter.name.wire,
            &key.name.wire,
            &expected,
            self.node.span,
        ));
        None
    }

    /// The whole key, from the path (the sort key from a required query parameter too), or as `key` says.
    pub(super) fn key_source(&self) -> Option<KeySource> {
        let key = &self.table.key;
        let all: Vec<&KeyAttribute> = std::iter::once(&key.partition).chain(&key.sort).collect();
        self.check_named_keys(&all)?;
        let partition = self.one_key(&key.partition, None);
        let sort = key.sort.as_ref().map(|sort| self.one_key(sort, partition));
        let partition = partition?;
        let sort = match sort {
            Some(sort) => Some(sort?),
            None => None,
        };
        let source = KeySource { partition, sort };
        self.fits_key(source.partition, &key.partition, false)?;
        if let (Some(at), Some(sort)) = (source.sort, &key.sort) {
            self.fits_key(at, sort, false)?;
        }
        Some(source)
    }

    /// One attribute of the key; `partition` is the parameter of the other one.
    fn one_key(&self, key: &KeyAttribute, partition: Option<usize>) -> Option<usize> {
        if let Some(at) = self.named_key(key).ok()? {
            let parameter = &self.parameters()[at];
            if parameter.required || parameter.default.is_some() {
                return Some(at);
            }
            self.scope.sink.report(binding_fault::key_optional(
                parameter.origin.span,
                &parameter.name.wire,
                self.node.span,
            ));
            return None;
        }
        let is_sort = self.table.key.partition.name != key.name;
        let given = |at: usize, parameter: &Parameter| {
            partition != Some(at)
                && (parameter.location == ParameterLocation::Path
                    || (is_sort
                        && parameter.location == ParameterLocation::Query
                        && parameter.required))
        };
        let found = self.parameter_for(key, given);
        if found.is_none() {
            let place = match is_sort {
                true => "the path or a required query parameter",
                false => "the path",
            };
            let name = &key.name.wire;
            self.scope.sink.report(fault::no_key_parameter(self.span(), self.action, name, place));
        }
        found
    }

    /// The key in the path, where there is one: what the body has of it must be the same.
    pub(super) fn key_beside_body(&self) -> Result<Option<KeySource>, Reported> {
        let in_path = |_, parameter: &Parameter| parameter.location == ParameterLocation::Path;
        let key = &self.table.key;
        let Some(partition) = self.parameter_for(&key.partition, in_path) else { return Ok(None) };
        self.fits_key(partition, &key.partition, false).ok_or(Reported)?;
        let mut source = KeySource { partition, sort: None };
        if let Some(sort) = &key.sort {
            source.sort = self.parameter_for(sort, |at, one| in_path(at, one) && at != partition);
            source.sort.map_or(Some(()), |at| self.fits_key(at, sort, false)).ok_or(Reported)?;
        }
        Ok(Some(source))
    }

    /// Whether a key in the path has this attribute.
    pub(super) fn is_in_path(&self, key: Option<&KeySource>, attribute: &Name) -> bool {
        let own = &self.table.key;
        key.is_some_and(|source| {
            own.partition.name == *attribute
                || source.sort.is_some()
                    && own.sort.as_ref().is_some_and(|sort| sort.name == *attribute)
        })
    }

    /// What a key property does in a request: read-only ones cannot come from the body.
    pub(super) fn key_fields(&self) -> Vec<(Name, ScalarKind, Access, Span)> {
        let key = &self.table.key;
        let fields = self.types.fields(self.table.item).unwrap_or_default();
        let attributes = std::iter::once(&key.partition).chain(&key.sort);
        attributes
            .filter_map(|attribute| {
                let (field, access) =
                    fields.iter().find(|(field, _)| field.name == attribute.name)?;
                Some((field.name.clone(), attribute.scalar, *access, field.origin.span))
            })
            .collect()
    }
}
