//! What a change is judged to be, held against the validators that are generated: each pair of the schemas in the
//! case `versions` is a change from the one to the other, and both have a validator that was compiled.

use std::path::Path;

use codegen::compat::catalog::schema_rule;
use codegen::compat::{Level, SchemaUse, compare_types};
use codegen::model::{Additional, Field, Service, System, TypeKind, TypeRef};
use codegen::{read, resolve};
use runtime::decode_json;
use serde_json::{Value as Json, json};

#[path = "../../../cases/rust/versions/expected/model/mod.rs"]
#[rustfmt::skip]
mod compiled;

/// Where others write, and where others read: the schema itself, and what is below it.
const WRITTEN: [[SchemaUse; 2]; 2] = [
    [SchemaUse::RequestBody, SchemaUse::RequestProperty],
    [SchemaUse::ReceivedEvent, SchemaUse::ReceivedEvent],
];
const READ: [[SchemaUse; 2]; 2] = [
    [SchemaUse::ResponseBody, SchemaUse::ResponseProperty],
    [SchemaUse::SentEvent, SchemaUse::SentEvent],
];

/// Names that no version ever names.
const STRANGERS: [&str; 2] = ["x0", "x1"];

/// Values of every kind, at the edges of what the versions allow and beyond.
fn values() -> Vec<Json> {
    let mut values = vec![json!(null), json!(true), json!(false)];
    let texts = [
        "",
        "a",
        "b",
        "ab",
        "abc",
        "bca",
        "abcdef",
        "xyz",
        "1",
        "2",
        "0.5",
        "é",
        "éééé",
        "𝄞",
        "aGk=",
        "a@b.example",
        "2027-01-31",
        "2027-02-30",
        "2027-01-31T12:00:00Z",
        "https://a.example",
        "7e1ae3e2-6e3b-4a5c-9c7b-0d3f6f0b1a11",
        "true",
        "null",
    ];
    values.extend(texts.map(Json::from));
    values.extend([-3, 0, 1, 2, 3, 4, 5, 8, 10, 11, 12, 3_000_000_000_i64].map(Json::from));
    values.extend([-0.5, 0.01, 0.015, 0.25, 0.5, 1.0, 2.5, 2.75, 1e15].map(Json::from));
    values.extend([
        json!([]),
        json!(["a"]),
        json!(["a", "a"]),
        json!(["a", "b", "c"]),
        json!(["abcdef"]),
        json!([null]),
        json!(["a", null]),
        json!([1]),
        json!([1, 1]),
        json!([0.5]),
        json!([[]]),
        json!([{}]),
    ]);
    values.extend([
        json!({}),
        json!({"a": "a"}),
        json!({"a": "abcdef"}),
        json!({"a": 1}),
        json!({"a": null}),
        json!({"b": 1}),
        json!({"b": "b"}),
        json!({"a": "a", "b": 1}),
        json!({"a": 1, "b": 2}),
        json!({"a": "a", "b": "b"}),
        json!({"x0": 1}),
        json!({"x0": "x"}),
        json!({"x0": 1, "x1": 2}),
        json!({"a": "a", "x0": 1}),
        json!({"a": "a", "x0": "x"}),
        json!({"kind": "cat"}),
        json!({"kind": "dog"}),
        json!({"kind": "cow"}),
        json!({"kind": 1}),
        json!({"kind": "cat", "a": "a"}),
        json!({"kind": "cat", "a": 1}),
        json!({"kind": "dog", "b": 1}),
        json!({"kind": "dog", "b": "b"}),
        json!({"kind": "cat", "x0": []}),
    ]);
    values
}

fn system() -> System {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/rust/versions/spec");
    resolve(&read::read_spec(&case).unwrap()).system.unwrap()
}

/// The versions, as properties of one object, so that each has a name to send it by.
fn versions(service: &Service) -> &[Field] {
    let all = service.types.iter().find(|def| def.name.wire == "Versions").unwrap();
    let TypeKind::Struct(all) = &all.kind else { panic!("{:?}", all.kind) };
    &all.fields
}

/// Whether the generated validator takes a value of a version.
fn accepts(version: &Field, value: &Json) -> bool {
    let sent = json!({ version.name.wire.as_str(): value });
    decode_json::<compiled::Versions>("", &sent).is_ok()
}

/// Whether a value holds nothing that a contract ignores since it does not name it: what then becomes of such a
/// property, when a later version names it, nobody promises.
fn is_named(service: &Service, ty: &TypeRef, value: &Json) -> bool {
    let Some(object) = value.as_object() else { return true };
    match ty {
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => is_named(service, inner, value),
        TypeRef::Named(id) => match &service.type_def(*id).kind {
            TypeKind::Alias(inner) => is_named(service, inner, value),
            TypeKind::Struct(of) => {
                let is_own = |key: &String| of.fields.iter().any(|field| field.name.wire == *key);
                let is_known = |key: &String| is_own(key) || STRANGERS.contains(&key.as_str());
                of.additional != Additional::Open || object.keys().all(is_known)
            }
            TypeKind::Union(of) => of.variants.iter().all(|variant| {
                let takes = object
                    .get("kind")
                    .and_then(Json::as_str)
                    .is_none_or(|kind| kind == variant.name.wire.to_lowercase());
                !takes || is_named(service, &variant.ty, value)
            }),
            _ => true,
        },
        _ => true,
    }
}

/// Whether nothing of a change is an error at a place.
fn is_safe(service: &Service, [root, below]: [SchemaUse; 2], old: &Field, new: &Field) -> bool {
    compare_types(below, (service, &old.ty), (service, &new.ty)).iter().all(|change| {
        let place = if change.path.is_empty() { root } else { below };
        schema_rule(place, change.kind).is_none_or(|schema| schema.rule.level < Level::Error)
    })
}

#[test]
fn a_safe_change_makes_no_value_invalid() {
    let system = system();
    let service = &system.services[0];
    let (versions, values) = (versions(service), values());
    let accepted: Vec<Vec<bool>> = versions
        .iter()
        .map(|version| values.iter().map(|value| accepts(version, value)).collect())
        .collect();
    let (mut wrong, mut n_safe, mut n_broken) = (vec![], 0, 0);
    for (old, was) in versions.iter().zip(&accepted) {
        for (new, is) in versions.iter().zip(&accepted) {
            // The first loses values on the way to the second, of those that each names in full.
            let lost = |(from, taken): (&Field, &[bool]), other: &[bool]| {
                let each = values.iter().zip(taken.iter().zip(other));
                let lost = each.filter(|(_, (before, after))| **before && !**after);
                lost.map(|(value, _)| value)
                    .find(|value| is_named(service, &from.ty, value))
                    .cloned()
            };
            let (written, read) = (lost((old, was), is), lost((new, is), was));
            n_broken += usize::from(written.is_some());
            for (places, lost) in [(WRITTEN, &written), (READ, &read)] {
                for places in places {
                    let safe = is_safe(service, places, old, new);
                    n_safe += usize::from(safe && old != new);
                    if let Some(value) = lost.as_ref().filter(|_| safe) {
                        let (old, new) = (&old.name.wire, &new.name.wire);
                        wrong.push(format!(
                            "{old} to {new} at {places:?} is called safe, and loses {value}"
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    // Otherwise nothing was tried.
    assert!(n_safe > 1_000 && n_broken > 3_000, "{n_safe} safe, {n_broken} broken");
    let untried: Vec<_> = versions
        .iter()
        .zip(&accepted)
        .filter(|(_, accepted)| {
            !accepted.iter().any(|taken| *taken) || accepted.iter().all(|taken| *taken)
        })
        .map(|(version, _)| version.name.wire.as_str())
        .collect();
    // Only the schema that takes anything takes everything.
    assert_eq!(untried, ["v71"]);
}
