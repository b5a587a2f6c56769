//! Resources: an operation that creates something, the one that reads it, and what else works on it.

use crate::model::{
    Content, Method, Operation, OperationReference, Segment, Service, Status, System, TypeKind,
    TypeRef,
};

/// Something that can be created and read.
#[derive(Debug, Clone)]
pub(super) struct Resource<'a> {
    pub(super) service: &'a Service,
    /// Creates it.
    pub(super) create: OperationReference,
    pub(super) creator: &'a Operation,
    /// Reads it.
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

/// Where the key of a new thing is known from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum From {
    /// A JSON pointer into the response of the request that creates it.
    Response(String),
    /// This property of the request, which is also its key.
    Request(String),
    /// The path of the request.
    Path,
}

impl<'a> Resource<'a> {
    /// The resources below which it is made, the uppermost first: one for each parameter in the path of the request that
    /// creates it. `None` where one of them is not known.
    pub(super) fn above<'r>(&self, all: &'r [Resource<'a>]) -> Option<Vec<&'r Resource<'a>>> {
        let (segments, own) = (&self.creator.path.segments, self.reader.path.shape());
        let ends = (0..segments.len()).filter(|at| !segments[*at].parameters().is_empty());
        let shapes = ends.map(|at| segments[..=at].iter().map(Segment::shape).collect::<Vec<_>>());
        let find = |shape: Vec<String>| {
            let is_it = |one: &&Resource<'_>| {
                one.service.name == self.service.name && one.reader.path.shape() == shape
            };
            all.iter().find(is_it)
        };
        shapes.filter(|shape| *shape != own).map(find).collect()
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
    let is_taken = |way: &dyn Fn(&Resource<'_>) -> String, one: &Resource<'_>| {
        all.iter().filter(|other| way(other) == way(one)).count() > 1
    };
    let name = |one: &Resource<'_>| {
        let way = ways.iter().find(|way| !is_taken(*way, one)).unwrap_or(&ways[3]);
        super::document::plain(&way(one))
    };
    all.iter().map(name).collect()
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
    let posted: Vec<OperationReference> =
        found.iter().filter(|one| one.creator.method == Method::Post).map(|one| one.read).collect();
    found.retain(|one| one.creator.method == Method::Post || !posted.contains(&one.read));
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
    let (read, reader, key, from) = all().find_map(|(index, reader)| {
        let (key, from) = reads(service, creator, reader)?;
        Some((reference(index), reader, key, from))
    })?;
    let on = |path: &Operation, method: Method| -> Vec<OperationReference> {
        let same = all().filter(|(index, one)| {
            one.method == method
                && one.path.shape() == path.path.shape()
                && reference(*index) != create
        });
        same.map(|(index, _)| reference(index)).collect()
    };
    let list =
        if creator.path.shape() == reader.path.shape() { vec![] } else { on(creator, Method::Get) };
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

/// Whether the path of an operation is that of a resource, and then words.
fn is_below(operation: &Operation, reader: &Operation) -> bool {
    let (path, above) = (&operation.path.segments, &reader.path.segments);
    let is_word = |segment: &Segment| matches!(segment, Segment::Literal(_));
    matches!(operation.method, Method::Get | Method::Post)
        && path.len() > above.len()
        && operation.path.shape().starts_with(&reader.path.shape())
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

/// Whether an operation reads what another one creates: by which parameter, and from where it is known.
fn reads(service: &Service, creator: &Operation, reader: &Operation) -> Option<(String, From)> {
    if reader.method != Method::Get {
        return None;
    }
    let parameters: Vec<&str> = reader.path.parameters().collect();
    let (key, parents) = parameters.split_last()?;
    // What is above it is known when it is created.
    let above: Vec<&str> = creator.path.parameters().collect();
    if creator.method == Method::Put && creator.path.shape() == reader.path.shape() {
        return Some(((*key).to_owned(), From::Path));
    }
    if creator.method == Method::Put || above != parents {
        return None;
    }
    let sent = creator.body.as_ref().and_then(|body| body.described());
    let sent = sent.map(|content| names(service, &content.ty)).unwrap_or_default();
    let is_sent = |name: &str| sent.iter().any(|one| one == name);
    if let Some(pointer) = linked(creator, &reader.id.wire, key) {
        let name = pointer.trim_start_matches('/').to_owned();
        let from = if is_sent(&name) { From::Request(name) } else { From::Response(pointer) };
        return Some(((*key).to_owned(), from));
    }
    let table = |operation: &Operation| operation.binding.as_ref().map(|binding| binding.table);
    let is_next = reader.path.segments.len() == creator.path.segments.len() + 1
        && reader.path.shape().starts_with(&creator.path.shape());
    let is_stored = table(creator).is_some() && table(creator) == table(reader);
    if !is_next && !is_stored {
        return None;
    }
    if is_sent(key) {
        return Some(((*key).to_owned(), From::Request((*key).to_owned())));
    }
    let answer = success(creator).map(|content| names(service, &content.ty)).unwrap_or_default();
    let candidates = [*key, "id"];
    let name = candidates.into_iter().find(|name| answer.iter().any(|one| one == name))?;
    Some(((*key).to_owned(), From::Response(format!("/{name}"))))
}

/// The pointer by which a link of the creating operation gives a parameter of the reading one.
fn linked(creator: &Operation, reader: &str, key: &str) -> Option<String> {
    let responses = creator.responses.iter().filter(|response| response.is_success());
    let mut links = responses.flat_map(|response| &response.links);
    links.find_map(|link| {
        let given = link.parameters.iter().filter(|_| link.operation_id == reader);
        let mut given = given.filter(|(name, _)| name.trim_start_matches("path.") == key);
        let (_, expression) = given.next()?;
        expression.strip_prefix("$response.body#").map(str::to_owned)
    })
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
