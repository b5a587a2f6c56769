//! Resources: an operation that creates something, the one that reads it, and what else works on it.

use std::collections::{BTreeMap, BTreeSet};

pub(super) use super::key::From;
use super::key::{Wanted, reads};
use crate::model::{
    Content, Method, Operation, OperationReference, Segment, Service, Status, System, TypeKind,
    TypeRef, starts_like,
};

/// Something that can be created and read.
#[derive(Debug, Clone)]
pub(super) struct Resource<'a> {
    pub(super) service: &'a Service,
    /// Creates it.
    pub(super) create: OperationReference,
    pub(super) creator: &'a Operation,
    /// Reads it; where nothing does, changes or deletes it.
    pub(super) read: OperationReference,
    pub(super) reader: &'a Operation,
    /// The path parameter that is its key, and from where it is known.
    pub(super) key: String,
    pub(super) from: From,
    pub(super) list: Vec<OperationReference>,
    pub(super) update: Vec<OperationReference>,
    pub(super) delete: Option<OperationReference>,
    /// What reads or does something below its path.
    pub(super) below: Vec<OperationReference>,
    /// What it is called: the last word of its path, with more where another one has that.
    pub(super) name: String,
}

impl<'a> Resource<'a> {
    /// Whether an operation reads it.
    pub(super) fn is_readable(&self) -> bool {
        self.reader.method == Method::Get
    }

    /// The resources below which it is made, the uppermost first: one for each parameter in the path of the request that
    /// creates it. `None` where one of them is not known.
    pub(super) fn above<'r>(&self, all: &'r [Resource<'a>]) -> Option<Vec<&'r Resource<'a>>> {
        let segments = &self.creator.path.segments;
        let is_at = |one: &Resource<'_>, path: &[Segment]| {
            let own = &one.reader.path.segments;
            own.len() == path.len() && starts_like(own, path)
        };
        let ends = (0..segments.len()).filter(|at| !segments[*at].parameters().is_empty());
        let paths = ends.map(|at| &segments[..=at]).filter(|path| !is_at(self, path));
        let find = |path: &[Segment]| {
            all.iter().find(|one| one.service.name == self.service.name && is_at(one, path))
        };
        paths.map(find).collect()
    }
}

/// The words of a path, or the name of the operation where it has none.
fn words(reader: &Operation) -> Vec<&str> {
    let words: Vec<&str> = reader.path.segments.iter().filter_map(Segment::literal).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    if words.is_empty() { vec![&reader.id.wire] } else { words }
}

/// Names of resources: the last word of each path; with the service or all words of the path where that is not enough.
fn names_of(all: &[Resource<'_>]) -> Vec<String> {
    let last =
        |one: &Resource<'_>| words(one.reader).last().copied().unwrap_or_default().to_owned();
    let of_service = |one: &Resource<'_>| format!("{}-{}", one.service.name.wire, last(one));
    let whole =
        |one: &Resource<'_>| format!("{}-{}", one.service.name.wire, words(one.reader).join("-"));
    let by_operation = |one: &Resource<'_>| format!("{}-{}", whole(one), one.creator.id.wire);
    let ways: [&dyn Fn(&Resource<'_>) -> String; 4] = [&last, &of_service, &whole, &by_operation];
    let mut names: Vec<Option<String>> = vec![None; all.len()];
    for (index, way) in ways.iter().enumerate() {
        let spelled: Vec<String> = all.iter().map(way).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in &spelled {
            *counts.entry(name).or_default() += 1;
        }
        let is_last = index + 1 == ways.len();
        for (name, spelled) in names.iter_mut().zip(&spelled).filter(|(name, _)| name.is_none()) {
            if is_last || counts[spelled.as_str()] == 1 {
                *name = Some(super::document::plain(spelled));
            }
        }
        if names.iter().all(Option::is_some) {
            break;
        }
    }
    names.into_iter().flatten().collect()
}

/// The resources of a system, each once for its creating operation.
pub(super) fn resources(system: &System) -> Vec<Resource<'_>> {
    let mut found: Vec<Resource<'_>> = vec![];
    for (at, service) in system.services.iter().enumerate() {
        for (index, creator) in service.operations.iter().enumerate() {
            let create = OperationReference { service: at, operation: index };
            found.extend(resource(service, create, creator));
        }
    }
    // What a POST creates, a PUT to the same path replaces.
    let posted: BTreeSet<OperationReference> =
        found.iter().filter(|one| is_post(one.creator)).map(|one| one.read).collect();
    found.retain(|one| is_post(one.creator) || !posted.contains(&one.read));
    let names = names_of(&found);
    for (resource, name) in found.iter_mut().zip(names) {
        resource.name = name;
    }
    found
}

fn resource<'a>(
    service: &'a Service,
    create: OperationReference,
    creator: &'a Operation,
) -> Option<Resource<'a>> {
    if !may_create(creator) {
        return None;
    }
    let all = || service.operations.iter().enumerate();
    let reference = |operation| OperationReference { service: create.service, operation };
    let find = |wanted: Wanted| {
        all().find_map(|(index, reader)| {
            let (key, from) = reads(service, creator, reader, wanted)?;
            Some((reference(index), reader, key, from))
        })
    };
    let (read, reader, key, from) =
        find(Wanted::Read).or_else(|| find(Wanted::Changed).filter(|_| is_post(creator)))?;
    let on = |path: &Operation, method: Method| -> Vec<OperationReference> {
        let same = all().filter(|(index, one)| {
            one.method == method && one.path.is_like(&path.path) && reference(*index) != create
        });
        same.map(|(index, _)| reference(index)).collect()
    };
    let list = if creator.path.is_like(&reader.path) { vec![] } else { on(creator, Method::Get) };
    Some(Resource {
        service,
        create,
        creator,
        read,
        reader,
        key,
        from,
        list,
        update: [on(reader, Method::Put), on(reader, Method::Patch)].concat(),
        delete: on(reader, Method::Delete).first().copied(),
        below: all()
            .filter(|(_, one)| is_below(one, reader))
            .map(|(at, _)| reference(at))
            .collect(),
        name: String::new(),
    })
}

fn is_post(operation: &Operation) -> bool {
    operation.method == Method::Post
}

/// Whether the path of an operation is that of a resource, and then words.
fn is_below(operation: &Operation, reader: &Operation) -> bool {
    let (path, above) = (&operation.path.segments, &reader.path.segments);
    let is_word = |segment: &Segment| matches!(segment, Segment::Literal(_));
    matches!(operation.method, Method::Get | Method::Post)
        && path.len() > above.len()
        && operation.path.is_below(&reader.path)
        && path[above.len()..].iter().all(is_word)
}

/// Whether an operation may make something under a key that is new.
fn may_create(operation: &Operation) -> bool {
    let missing = |response: &crate::model::Response| response.status == Status::Code(404);
    match operation.method {
        Method::Post => true,
        Method::Put => !operation.responses.iter().any(missing),
        _ => false,
    }
}

/// The JSON of a success.
pub(super) fn success(operation: &Operation) -> Option<&Content> {
    operation.responses.iter().filter(|one| one.is_success()).find_map(|one| one.json())
}

/// The properties of an object.
pub(super) fn names(service: &Service, ty: &TypeRef) -> Vec<String> {
    const MAX_DEPTH: usize = 16;
    let mut ty = ty;
    for _ in 0..MAX_DEPTH {
        match ty {
            TypeRef::Named(id) => match &service.type_def(*id).kind {
                TypeKind::Struct(kind) => {
                    return kind.fields.iter().map(|field| field.name.wire.clone()).collect();
                }
                TypeKind::Alias(inner) => ty = inner,
                _ => return vec![],
            },
            TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => ty = inner,
            _ => return vec![],
        }
    }
    vec![]
}
