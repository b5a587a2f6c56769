//! Media types of bodies: matched by name.

use super::finding::{Report, Site};
use super::rest::Kept;
use crate::inclusion::Change;
use crate::inclusion::{Form, Here};
use crate::model::{Codec, Content, Unserved};

/// Media types of the same name together; then those that only one side has.
pub(super) fn paired<'a>(
    old: &'a [Content],
    new: &'a [Content],
) -> Vec<(Option<&'a Content>, Option<&'a Content>)> {
    let named = |list: &'a [Content], name: &str| list.iter().find(|one| one.media_type == name);
    let kept = old.iter().map(|one| (Some(one), named(new, &one.media_type)));
    let added = new.iter().filter(|one| named(old, &one.media_type).is_none());
    kept.chain(added.map(|one| (None, Some(one)))).collect()
}

/// The changes of what one media type holds.
pub(super) fn compare(kept: &Kept<'_>, old: &Content, new: &Content, here: Here) -> Vec<Change> {
    let form = if old.codec == Codec::Text { Form::Text } else { Form::Json };
    kept.walker(form).compare(&old.ty, &new.ty, here)
}

/// Whether both write what they hold in the same way.
pub(super) fn is_written_alike(old: &Content, new: &Content) -> bool {
    match (&old.codec, &new.codec) {
        (Codec::Form(old), Codec::Form(new)) => old.styles == new.styles,
        (Codec::Multipart(old), Codec::Multipart(new)) => {
            let kinds = |form: &crate::model::Multipart| -> Vec<(String, bool)> {
                let is_file = |part: &crate::model::Part| {
                    matches!(part.kind, crate::model::PartKind::File(_))
                };
                form.parts.iter().map(|part| (part.name.wire.clone(), is_file(part))).collect()
            };
            let (old, new) = (kinds(old), kinds(new));
            let same = |(name, is_file): &(String, bool)| {
                new.iter()
                    .find(|(other, _)| other == name)
                    .is_none_or(|(_, other)| other == is_file)
            };
            old.iter().all(same)
        }
        (Codec::Json, Codec::Json)
        | (Codec::Text, Codec::Text)
        | (Codec::Binary, Codec::Binary) => true,
        _ => false,
    }
}

/// Media types that nothing serves: the contract promised them all the same. `ids` are the rules for one that is gone
/// and for one whose description changed, which nothing else compares.
pub(super) fn compare_unserved(
    report: &mut Report,
    site: &Site,
    old: (&[Content], &[Unserved]),
    new: (&[Content], &[Unserved]),
    [removed, changed]: [&'static str; 2],
) {
    for before in old.1 {
        let name = &before.media_type;
        match new.1.iter().find(|after| after.media_type == *name) {
            Some(after) if after.written != before.written => {
                report.add(changed, site, name, name);
            }
            Some(_) => {}
            None if new.0.iter().any(|content| content.media_type == *name) => {}
            None => report.add(removed, site, name, listed(new.0)),
        }
    }
}

/// The names of media types, for people.
pub(super) fn listed(contents: &[Content]) -> String {
    contents.iter().map(|content| content.media_type.as_str()).collect::<Vec<_>>().join("`, `")
}
