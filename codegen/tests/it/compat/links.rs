//! A chain of references with keywords beside each of them means what the `allOf` of all links means.

use codegen::compat::compare;
use serde_json::{Map, Value, json};

use super::golden::{system, today};
use crate::mutation::Dice;

/// The ends of chains, each with what links to it may add.
fn kinds() -> [(Value, Vec<Value>); 4] {
    [
        (
            json!({"type": "object", "properties": {"x": {"type": "integer"}}}),
            vec![
                json!({"required": ["x"]}),
                json!({"properties": {"y": {"type": "string"}}, "required": ["y"]}),
                json!({"minProperties": 1}),
                json!({"maxProperties": 3}),
                json!({"additionalProperties": {"type": "integer"}}),
                json!({"not": {"required": ["z"]}}),
                json!({"dependentRequired": {"x": ["w"]}}),
            ],
        ),
        (
            json!({"type": "string"}),
            vec![
                json!({"minLength": 2}),
                json!({"maxLength": 5}),
                json!({"pattern": "^a"}),
                json!({"enum": ["ab", "abc", "b"]}),
                json!({"not": {"const": "abc"}}),
                json!({"default": "ab"}),
                json!({"x-sensitive": true}),
                json!({"description": "A word."}),
            ],
        ),
        (
            json!({"type": "integer"}),
            vec![
                json!({"minimum": 1}),
                json!({"maximum": 9}),
                json!({"multipleOf": 3}),
                json!({"default": 3}),
            ],
        ),
        (
            json!({"type": "array", "items": {"type": "integer"}}),
            vec![
                json!({"minItems": 1}),
                json!({"maxItems": 4}),
                json!({"uniqueItems": true}),
                json!({"contains": {"minimum": 3}}),
            ],
        ),
    ]
}

/// A contract that uses the schema `T` wherever a schema may be.
fn contract(mut schemas: Map<String, Value>, is_object: bool) -> Value {
    let named = || json!({"$ref": "#/components/schemas/T"});
    let holder = json!({
        "type": "object",
        "required": ["own"],
        "properties": {
            "own": named(),
            "other": {"$ref": "#/components/schemas/T", "description": "Another one."},
            "list": {"type": "array", "items": named()},
            "map": {"type": "object", "additionalProperties": named()},
            "choice": {"oneOf": [named(), {"type": "boolean"}]},
        },
    });
    schemas.insert("Holder".to_owned(), holder);
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Holder"}}});
    let form = json!({"multipart/form-data": {"schema": {"type": "object", "properties": {"t": named()}}}});
    let parameters = match is_object {
        true => json!([]),
        false => json!([{"name": "q", "in": "query", "schema": named()}]),
    };
    json!({"openapi": {
        "openapi": "3.1.0",
        "info": {"title": "Links", "version": "1"},
        "security": [],
        "paths": {"/t": {
            "post": {
                "operationId": "t",
                "parameters": parameters,
                "requestBody": {"required": true, "content": content},
                "responses": {"200": {
                    "description": "Done.",
                    "headers": {"X-T": {"schema": named()}},
                    "content": content,
                }},
            },
            "put": {
                "operationId": "form",
                "requestBody": {"required": true, "content": form},
                "responses": {"204": {"description": "Done."}},
            },
        }},
        "components": {"schemas": schemas},
    }})
}

/// `T` as a chain of references that ends at `end`, with one of `added` beside each.
fn chain(end: &Value, added: &[Value]) -> Map<String, Value> {
    let name = |at: usize| if at == 0 { "T".to_owned() } else { format!("L{at}") };
    let mut schemas = Map::new();
    for (at, added) in added.iter().enumerate() {
        let mut link = added.clone();
        link["$ref"] = json!(format!("#/components/schemas/{}", name(at + 1)));
        schemas.insert(name(at), link);
    }
    schemas.insert(name(added.len()), end.clone());
    schemas
}

/// `T` as one schema that builds on all of them.
fn whole(end: &Value, added: &[Value]) -> Map<String, Value> {
    let parts: Vec<&Value> = added.iter().chain([end]).collect();
    [("T".to_owned(), json!({"allOf": parts}))].into_iter().collect()
}

#[test]
fn a_chain_of_references_means_all_of_its_links() {
    let mut dice = Dice::new(23);
    for round in 0..16 {
        for (end, pool) in kinds() {
            let mut added = pool;
            while added.len() > 1 + round % 4 {
                added.remove(dice.below(added.len()));
            }
            if dice.below(2) == 0 {
                added.reverse();
            }
            let is_object = end["type"] == "object";
            let of = |schemas| system("links", &contract(schemas, is_object));
            let (linked, merged) = (of(chain(&end, &added)), of(whole(&end, &added)));
            for (old, new) in [(&linked, &merged), (&merged, &linked)] {
                // What no type expresses is compared by its text, which differs.
                let found = compare(old, new, today()).into_iter();
                let found: Vec<_> =
                    found.filter(|one| !one.rule.ends_with("-checks-changed")).collect();
                assert!(found.is_empty(), "{end} with {added:?}: {found:#?}");
            }
        }
    }
}

#[test]
fn no_link_of_a_chain_is_lost() {
    for (end, pool) in kinds() {
        let is_object = end["type"] == "object";
        let of = |link: &Value| {
            let words = json!({"description": "Nothing more."});
            let added = [words.clone(), link.clone(), words];
            system("links", &contract(chain(&end, &added), is_object))
        };
        let without = of(&json!({"title": "Nothing."}));
        let is_silent =
            |one: &&Value| ["description", "x-sensitive"].iter().any(|key| one.get(key).is_some());
        for link in pool.iter().filter(|one| !is_silent(one)) {
            assert!(!compare(&without, &of(link), today()).is_empty(), "{link} says nothing");
        }
    }
}
