//! Which problem documents (RFC 9457) are the runtime's own, and whether what the runtime says fits a schema.
//!
//! Owns samples of what the runtime makes: whether all of them fit is decided by the schema, not by the media type.

use serde_json::{Map, Value as Json, json};

use crate::lower::schema::Types;
use crate::model::{Additional, ProblemField, Response, Status, TypeId, TypeKind, TypeRef};

/// Marks the bodies of responses that the runtime's own document stands for.
pub(super) fn mark(types: &Types<'_>, response: &mut Response) {
    let statuses = statuses(response.status);
    for content in response.contents.iter_mut().filter(|content| content.is_problem_media()) {
        let is_own = says_more(types, &content.ty, MAX_NESTED)
            || types.id_of(&content.ty).is_some_and(|id| {
                types.node(id).get("x-error").is_some() || !fits(types, id, &statuses, document)
            });
        content.problem = !is_own;
    }
}

/// How deep unions may nest that are asked for their properties.
const MAX_NESTED: usize = 8;

/// Whether a schema has properties that the runtime's document never has.
fn says_more(types: &Types<'_>, ty: &TypeRef, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    match ty {
        TypeRef::Json => false,
        TypeRef::Map(map) => map.value != TypeRef::Json,
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => says_more(types, inner, depth),
        TypeRef::Scalar(_) | TypeRef::List(_) => true,
        TypeRef::Named(id) => match types.kind(*id) {
            Some(TypeKind::Struct(object)) => {
                let is_known = |name: &str| ProblemField::MEMBERS.contains(&name);
                object.fields.iter().any(|field| !is_known(&field.name.wire))
                    || matches!(&object.additional, Additional::Typed(ty) if *ty != TypeRef::Json)
            }
            Some(TypeKind::Union(union)) => {
                union.variants.iter().any(|one| says_more(types, &one.ty, depth))
            }
            Some(TypeKind::Alias(ty)) => says_more(types, ty, depth),
            _ => true,
        },
    }
}

/// Whether everything that the runtime makes at these statuses fits a schema.
pub(super) fn fits(
    types: &Types<'_>,
    id: TypeId,
    statuses: &[u16],
    make: impl Fn(&Sample) -> Json,
) -> bool {
    let node = types.node(id);
    statuses.iter().all(|status| {
        [false, true].into_iter().all(|is_invalid| {
            let sample = Sample { status: *status, is_invalid };
            types.admits(node, &make(&sample))
        })
    })
}

/// The statuses of a response that the runtime answers with, or else any that it covers.
pub(super) fn statuses(status: Status) -> Vec<u16> {
    match status {
        Status::Code(code) => vec![code],
        Status::Range(range) => vec![u16::from(range) * 100],
        Status::Default => vec![400, 500],
    }
}

/// A problem that the runtime tells of.
pub(super) struct Sample {
    status: u16,
    /// Whether a request violates its contract, so that there are violations.
    is_invalid: bool,
}

impl Sample {
    fn member(&self, field: &ProblemField) -> Option<Json> {
        let (pointer, detail) = ("/body/name", "found nothing, expected a string of this length");
        Some(match field {
            ProblemField::Title => json!("Unprocessable Content"),
            ProblemField::Detail => json!("the request violates the contract in 100 places"),
            ProblemField::Status => json!(self.status),
            ProblemField::StatusText => json!(self.status.to_string()),
            ProblemField::Code => json!("unprocessable_content"),
            ProblemField::Type => json!("about:blank"),
            ProblemField::Instance => json!("/things/0190b5a4-3d5e-7c3e-8a58-0a1b2c3d4e5f"),
            ProblemField::RequestId => json!("0190b5a4-3d5e-7c3e-8a58-0a1b2c3d4e5f"),
            ProblemField::Violations(at, why) if self.is_invalid => {
                json!([{ at.as_str(): pointer, why.as_str(): detail }])
            }
            ProblemField::ViolationTexts if self.is_invalid => {
                json!([format!("{pointer}: {detail}")])
            }
            ProblemField::Violations(..) | ProblemField::ViolationTexts => return None,
            ProblemField::Literal(json) => serde_json::from_str(json).ok()?,
        })
    }

    /// An object whose properties take what an error's do.
    pub(super) fn object(&self, fields: &[(String, ProblemField)]) -> Json {
        let members =
            fields.iter().filter_map(|(name, field)| Some((name.clone(), self.member(field)?)));
        Json::Object(members.collect::<Map<String, Json>>())
    }
}

/// The runtime's own document.
fn document(sample: &Sample) -> Json {
    sample.object(&own_fields())
}

fn own_fields() -> Vec<(String, ProblemField)> {
    let members = [
        ("type", ProblemField::Type),
        ("title", ProblemField::Title),
        ("status", ProblemField::Status),
        ("detail", ProblemField::Detail),
        ("instance", ProblemField::Instance),
        ("requestId", ProblemField::RequestId),
        ("violations", ProblemField::Violations("pointer".to_owned(), "detail".to_owned())),
    ];
    members.map(|(name, field)| (name.to_owned(), field)).to_vec()
}
