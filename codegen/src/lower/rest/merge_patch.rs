//! Bodies that are merge patches (RFC 7396): by their media type, or because a bound operation merges them.

use super::Drafted;
use crate::lower::schema::Types;
use crate::model::{Codec, Content, Operation, TypeRef};
use crate::parse::Node;

const MERGE_PATCH: &str = "application/merge-patch+json";

/// Gives the bodies that are merge patches types that fill in no defaults; `stored` are the uses of types besides requests
/// and responses.
pub(crate) fn settle_patches(
    types: &mut Types<'_>,
    drafted: &mut [Drafted<'_>],
    stored: Vec<TypeRef>,
) {
    let is_merged = |node: &Node| {
        node.at(&["x-dynamodb", "action"]).is_some_and(|action| action.text() == Some("patch"))
    };
    let has_patch = |Drafted { operation, node }: &Drafted<'_>| {
        let mut contents = operation.body.iter().flat_map(|body| &body.contents);
        contents.any(|content| is_patch(content, is_merged(node)))
    };
    if !drafted.iter().any(has_patch) {
        return;
    }
    let mut patches: Vec<&mut TypeRef> = vec![];
    let mut others = stored;
    for Drafted { operation, node } in drafted {
        let is_merged = is_merged(node);
        let Operation { parameters, body, responses, .. } = operation;
        others.extend(parameters.iter().map(|parameter| parameter.ty.clone()));
        for response in &*responses {
            others.extend(response.headers.iter().map(|header| header.ty.clone()));
            others.extend(response.contents.iter().map(|content| content.ty.clone()));
        }
        for content in body.iter_mut().flat_map(|body| &mut body.contents) {
            match is_patch(content, is_merged) {
                true => patches.push(&mut content.ty),
                false => others.push(content.ty.clone()),
            }
        }
    }
    types.leave_out_defaults(patches, others);
}

fn is_patch(content: &Content, is_merged: bool) -> bool {
    content.codec == Codec::Json && (is_merged || content.media_type == MERGE_PATCH)
}
