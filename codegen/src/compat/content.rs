//! Media types of bodies: matched by name.

use std::collections::BTreeSet;

use scalars::media::{essence, range_has};

use super::finding::{Findings, Site};
use super::rest::Kept;
use crate::inclusion::{self, Change, Here, Said};
use crate::model::{
    Codec, Content, Form, Multipart, Part, PartKind, Service, Style, TextShape, TypeRef, Unserved,
};

/// Who writes a body: the others, or the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Writer {
    Others,
    Service,
}

/// Media types of the same name together; then those that only one side has. A range stands for what it contains: a new
/// one takes what others wrote before, and an old one led readers to expect what is written now.
pub(super) fn paired<'a>(
    old: &'a [Content],
    new: &'a [Content],
    writer: Writer,
) -> Vec<(Option<&'a Content>, Option<&'a Content>)> {
    let named = |list: &'a [Content], name: &str| list.iter().find(|one| one.media_type == name);
    let around =
        |list: &'a [Content], name: &str| list.iter().find(|one| range_has(&one.media_type, name));
    let mut pairs = Vec::new();
    for one in old {
        let name = &one.media_type;
        let found = named(new, name).or_else(|| match writer {
            Writer::Others => around(new, name),
            Writer::Service => None,
        });
        let is_narrowed = || {
            writer == Writer::Service && new.iter().any(|other| range_has(name, &other.media_type))
        };
        if found.is_some() || !is_narrowed() {
            pairs.push((Some(one), found));
        }
    }
    for one in new.iter().filter(|one| named(old, &one.media_type).is_none()) {
        let from = match writer {
            Writer::Others => None,
            Writer::Service => around(old, &one.media_type),
        };
        pairs.push((from, Some(one)));
    }
    pairs
}

/// The changes of what one media type holds.
pub(super) fn compare(kept: &Kept<'_>, old: &Content, new: &Content, here: Here) -> Vec<Change> {
    let form = match old.codec {
        Codec::Text => inclusion::Form::Text,
        _ => inclusion::Form::Json,
    };
    let mut changes = kept.walker(form).compare(&old.ty, &new.ty, here);
    let (was, is) = (said(kept.old.service, &old.ty), said(kept.new.service, &new.ty));
    inclusion::compare_meanings(was, is, here, &mut changes);
    changes
}

/// What the schema of a body says of its meaning.
fn said<'a>(service: &'a Service, ty: &'a TypeRef) -> Said<'a> {
    let named = inclusion::resolve(service, ty).named;
    let meaning = named.map_or(&[][..], |id| &service.type_def(id).docs.meaning);
    Said { service, ty, meaning }
}

/// How others have to write a body that both sides have: the codec, the styles of a form's properties, the media types of
/// its files.
pub(super) fn compare_writing(report: &mut Findings, site: &Site, old: &Content, new: &Content) {
    let changed = match (&old.codec, &new.codec) {
        (Codec::Form(was), Codec::Form(is)) => restyled(was, is),
        (Codec::Multipart(was), Codec::Multipart(is)) => {
            compare_files(report, site, was, is);
            rewritten(was, is)
        }
        (was, is) if std::mem::discriminant(was) == std::mem::discriminant(is) => Vec::new(),
        _ => vec![old.media_type.as_str()],
    };
    for name in changed {
        report.add("request-body-serialization-changed", site, name, name);
    }
}

/// The properties of a form that are written in another way than before.
fn restyled<'a>(old: &'a Form, new: &'a Form) -> Vec<&'a str> {
    let names = |form: &'a Form| form.styles.iter().map(|(name, _)| name.as_str());
    let names: BTreeSet<&str> = names(old).chain(names(new)).collect();
    let differs = |name: &&str| match (style_of(old, name), style_of(new, name)) {
        (Some(was), Some(is)) => was != is,
        _ => false,
    };
    names.into_iter().filter(differs).collect()
}

/// How a property of a form is written; nothing where a style makes no difference to it.
fn style_of(form: &Form, name: &str) -> Option<Style> {
    let TextShape::Object(properties, _) = &form.shape else { return None };
    let (_, shape) = properties.iter().find(|(known, _)| known == name)?;
    let own = form.styles.iter().find(|(known, _)| known == name).map(|(_, style)| style.clone());
    match shape {
        TextShape::Text | TextShape::Number | TextShape::Boolean | TextShape::Any => None,
        TextShape::Json => Some(own.unwrap_or(Style::Json)),
        _ => Some(own.unwrap_or(Style::Repeated)),
    }
}

/// The parts of a form that are written in another way than before.
fn rewritten<'a>(old: &'a Multipart, new: &Multipart) -> Vec<&'a str> {
    let differs = |was: &&Part| {
        let is = new.parts.iter().find(|is| is.name.wire == was.name.wire);
        is.is_some_and(|is| match (&was.kind, &is.kind) {
            (PartKind::File(_), PartKind::File(_)) => false,
            (
                PartKind::Value { written: Some(was), .. },
                PartKind::Value { written: Some(is), .. },
            ) => was.style != is.style,
            (PartKind::Value { .. }, PartKind::Value { .. }) => false,
            _ => true,
        })
    };
    old.parts.iter().filter(differs).map(|part| part.name.wire.as_str()).collect()
}

fn compare_files(report: &mut Findings, site: &Site, old: &Multipart, new: &Multipart) {
    for was in &old.parts {
        let is = new.parts.iter().find(|is| is.name.wire == was.name.wire);
        let (PartKind::File(before), Some(PartKind::File(after))) =
            (&was.kind, is.map(|part| &part.kind))
        else {
            continue;
        };
        let takes = |name: &String| {
            after.media_types.is_empty()
                || after.media_types.iter().any(|other| other == name || range_has(other, name))
        };
        let any = ["*/*".to_owned()];
        let asked = if before.media_types.is_empty() { &any[..] } else { &before.media_types };
        for gone in asked.iter().filter(|name| !takes(name)) {
            let (name, left) = (&was.name.wire, after.media_types.join("`, `"));
            let site = site.part(
                format!("{} part {name}", site.part),
                site.direction,
                Some(was.origin.span),
                is.map(|part| part.origin.span),
            );
            report.add("request-body-part-media-type-removed", &site, gone, left);
        }
    }
}

/// What the types of a media type that both sides have do not say: how much a range has that is served as one type, and what
/// nothing is generated from. `ids` are as those of [`compare_unserved`].
pub(super) fn compare_ranges(
    report: &mut Findings,
    site: &Site,
    [old, new]: [&Content; 2],
    writer: Writer,
    [removed, changed]: [&'static str; 2],
) {
    let [wide, narrow] = match writer {
        Writer::Others => [old, new].map(|one| one.media_type.as_str()),
        Writer::Service => [new, old].map(|one| one.media_type.as_str()),
    };
    if wide.contains('*') && wide != narrow && !range_has(narrow, wide) {
        report.add(removed, site, &old.media_type, &new.media_type);
    }
    let keys: BTreeSet<_> = old.unread.keys().chain(new.unread.keys()).collect();
    // Who may send reserved characters as they are need not.
    let is_granted = |key: &str| key.ends_with(".allowReserved") && new.unread.contains_key(key);
    let differs =
        |key: &&&String| old.unread.get(**key) != new.unread.get(**key) && !is_granted(key);
    let differing: Vec<_> = keys.iter().filter(differs).map(|key| format!("`{key}`")).collect();
    let [was, is] = [old, new].map(|one| parameters(one.sent_type().1));
    let parameters = (was != is).then(|| format!("its parameters, `{was}` before and `{is}` now"));
    let differing: Vec<_> = differing.into_iter().chain(parameters).collect();
    if !differing.is_empty() {
        report.add(changed, site, &old.media_type, format!(": {}", differing.join(", ")));
    }
}

/// The parameters of a media type, without the encoding that every text has.
fn parameters(written: &str) -> String {
    let all = written.split(';').map(str::trim).filter(|one| !one.is_empty());
    let is_usual = |one: &&str| one.replace('"', "").eq_ignore_ascii_case("charset=utf-8");
    all.filter(|one| !is_usual(one)).collect::<Vec<_>>().join("; ")
}

/// Media types that nothing serves: the contract promised them all the same. `ids` are the rules for one that is gone
/// and for one whose description changed, which nothing else compares.
pub(super) fn compare_unserved(
    report: &mut Findings,
    site: &Site,
    old: (&[Content], &[Unserved]),
    new: (&[Content], &[Unserved]),
    [removed, changed]: [&'static str; 2],
) {
    for before in old.1 {
        let name = &before.media_type;
        let is_it = |other: &str| essence(other) == essence(name);
        match new.1.iter().find(|after| is_it(&after.media_type)) {
            Some(after) if after.written != before.written => {
                report.add(changed, site, name, "");
            }
            Some(_) => {}
            None if new.0.iter().any(|content| is_it(&content.media_type)) => {}
            None => report.add(removed, site, name, listed(new.0)),
        }
    }
}

/// The names of media types, for people.
pub(super) fn listed(contents: &[Content]) -> String {
    contents.iter().map(|content| content.media_type.as_str()).collect::<Vec<_>>().join("`, `")
}
