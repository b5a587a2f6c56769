//! Texts of contracts that would be code, keys or rows in what is generated: whatever a text holds, the files have the
//! same code, the same keys and the same rows as with a harmless one.

use std::collections::BTreeMap;

use codegen::compile;
use codegen::source::SourceMap;
use proc_macro2::{TokenStream, TokenTree};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

/// What ends a comment, a literal, a line or a cell somewhere, and what would be an item behind it.
const PIECES: [&str; 35] = [
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{feff}",
    "*/",
    "/*",
    "//",
    "//!",
    "\"",
    "'",
    "\"#",
    "\\",
    "`",
    "#[cfg(any())]",
    "pub const ADDED: u8 = 1;",
    "export const added = 1;",
    "${added}",
    "#{added}",
    "{{ added }}",
    "{{resolve:ssm:/added}}",
    "{",
    "}",
    "added: 1",
    "</script><b>",
    "-->",
    "|",
];

fn openapi(text: &str) -> Value {
    let docs = || json!({ "url": "https://example.com", "description": text });
    let problem = json!({ "description": text, "content": {
        "application/problem+json": { "schema": { "type": "object", "description": text } },
    } });
    let thing = json!({
        "type": "object", "title": text, "description": text, "externalDocs": docs(),
        "required": ["id"], "x-dynamodb-table": { "name": "things", "partitionKey": "id" },
        "properties": {
            "id": { "type": "string", "minLength": 1, "maxLength": 64, "description": text },
            "note": { "type": "string", "default": text, "title": text, "description": text },
            "kind": { "type": "string", "const": "one", "description": text },
            "parts": { "type": "array", "description": text, "items": { "type": "object", "title": text } },
        },
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": text, "version": text, "summary": text, "description": text,
            "contact": { "name": text }, "license": { "name": text },
        },
        "externalDocs": docs(),
        "servers": [{ "url": "https://things.example.com", "description": text }],
        "tags": [{ "name": "things", "description": text, "externalDocs": docs() }],
        "security": [{ "login": [] }],
        "paths": { "/things/{id}": {
            "summary": text, "description": text,
            "parameters": [
                { "name": "id", "in": "path", "required": true, "description": text,
                  "schema": { "type": "string", "minLength": 1, "maxLength": 64 } },
            ],
            "get": {
                "operationId": "getThing", "summary": text, "description": text, "tags": ["things"],
                "x-dynamodb": { "action": "get", "table": "Thing" },
                "externalDocs": docs(),
                "responses": {
                    "200": { "description": text, "content": { "application/json": {
                        "schema": { "$ref": "#/components/schemas/Thing" },
                        "examples": { "one": { "summary": text, "description": text, "value": { "id": text } } },
                    } } },
                    "404": problem, "401": problem,
                },
            },
            "post": {
                "operationId": "doThing", "summary": text, "description": text, "deprecated": true,
                "x-publishes": ["ThingMade"],
                "parameters": [
                    { "name": "q", "in": "query", "description": text, "schema": { "type": "string", "default": text } },
                ],
                "requestBody": { "required": true, "description": text, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Thing" }, "example": { "id": text },
                } } },
                "responses": { "204": { "description": text }, "400": problem, "401": problem },
            },
        } },
        "components": {
            "securitySchemes": { "login": {
                "type": "openIdConnect", "description": text, "x-jwt": { "audience": "things" },
                "openIdConnectUrl": "https://login.example.com/.well-known/openid-configuration",
            } },
            "schemas": { "Thing": thing },
        },
    })
}

fn asyncapi(text: &str) -> Value {
    json!({
        "asyncapi": "3.0.0",
        "info": { "title": text, "version": text, "description": text },
        "channels": { "made": {
            "title": text, "summary": text, "description": text,
            "messages": { "ThingMade": { "$ref": "#/components/messages/ThingMade" } },
            "bindings": { "x-eventbridge": { "bus": "Things" } },
        } },
        "operations": {
            "sendMade": { "action": "send", "channel": { "$ref": "#/channels/made" }, "summary": text },
            "onMade": { "action": "receive", "channel": { "$ref": "#/channels/made" }, "title": text,
                        "summary": text, "description": text },
        },
        "components": { "messages": { "ThingMade": {
            "title": text, "summary": text, "description": text, "x-amazon-events-source": "com.example",
            "payload": { "type": "object", "description": text, "required": ["id"],
                         "properties": { "id": { "type": "string", "description": text } } },
            "examples": [{ "name": "one", "summary": text, "payload": { "id": text } }],
        } } },
    })
}

fn arazzo(text: &str) -> Value {
    // What stands where a value does may hold runtime expressions, and then is one or is refused.
    let value = text.replace('$', "");
    json!({
        "arazzo": "1.0.1",
        "info": { "title": text, "version": text, "summary": text, "description": text },
        "sourceDescriptions": [{ "name": "shop", "url": "../shop/openapi.json", "type": "openapi" }],
        "workflows": [{
            "workflowId": "look", "summary": text, "description": text,
            "inputs": { "type": "object", "description": text, "properties": { "id": { "type": "string", "default": text } } },
            "steps": [{
                "stepId": "get", "operationId": "getThing", "description": text,
                "parameters": [
                    { "name": "id", "in": "path", "value": "$inputs.id" },
                ],
                "successCriteria": [{ "condition": "$statusCode == 200" }],
                "outputs": { "id": "$response.body#/id" },
            }, {
                "stepId": "do", "operationId": "doThing", "description": text,
                "parameters": [
                    { "name": "id", "in": "path", "value": "$inputs.id" },
                    { "name": "q", "in": "query", "value": value },
                ],
                "requestBody": { "payload": { "id": "$inputs.id", "note": value } },
                "successCriteria": [{ "condition": "$statusCode == 204" }],
            }],
            "outputs": { "id": "$steps.get.outputs.id" },
        }],
    })
}

/// The shape of every generated file of contracts with this text in every place for one, by path.
fn shapes(text: &str, in_path: &str) -> BTreeMap<String, String> {
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.json", openapi(text).to_string());
    sources.add("spec/shop/asyncapi.json", asyncapi(text).to_string());
    sources.add(format!("spec/workflows/{in_path}.arazzo.json"), arazzo(text).to_string());
    let compiled = compile(&sources).unwrap_or_else(|found| panic!("{text:?}: {found:#?}"));
    let shape = |(path, text): (&str, &str)| {
        // CloudFormation would replace it, whichever property it is in.
        let is_template = path.starts_with("infra/") || path.starts_with("cdk/");
        let is_comment = |line: &&str| line.trim_start().starts_with(['#', '/', '*']);
        let mut lines = text.lines().filter(|line| is_template && !is_comment(line));
        assert_eq!(lines.find(|line| line.contains("{{resolve:")), None, "{path}");
        (path.to_owned(), shape(path, text))
    };
    compiled.files.iter().map(shape).collect()
}

fn shape(path: &str, text: &str) -> String {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "rs" => {
            syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
            inlined(&rust(text.parse().unwrap()))
        }
        "ts" => typescript(text),
        "yaml" => keys(&serde_saphyr::from_str(text).unwrap()),
        "json" if path != "manifest.json" => keys(&serde_json::from_str(text).unwrap()),
        "toml" => text.to_owned(),
        "md" => markdown(text),
        "html" => {
            let n = |tag: &str| text.matches(tag).count();
            format!("{} scripts, {} lines", n("<script"), n("<svg"))
        }
        _ => String::new(),
    }
}

/// Problems where they are used: a long one has a name, and a short one has none.
fn inlined(words: &str) -> String {
    const NAMED: [&str; 4] = ["let", "problem", "Problem", "new"];
    let words: Vec<&str> = words.split('\n').collect();
    let (mut out, mut rest) = (vec![], words.as_slice());
    let mut is_named = false;
    while let Some((word, others)) = rest.split_first() {
        if rest.starts_with(&NAMED) {
            (is_named, rest) = (true, &rest[NAMED.len()..]);
            continue;
        }
        match is_named && *word == "problem" {
            true => out.extend(NAMED[2..].iter().copied()),
            false => out.push(word),
        }
        is_named &= *word != "problem";
        rest = others;
    }
    out.join("\n")
}

/// The words of Rust, but for those of comments and literals: signs may depend on how wide a line is.
fn rust(tokens: TokenStream) -> String {
    let mut out = String::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let inner = tokens.next_if(|next| matches!(next, TokenTree::Punct(_)));
                let Some(TokenTree::Group(group)) = tokens.next() else { panic!("{inner:?}") };
                let attribute = rust(group.stream());
                if attribute != "doc\n" {
                    out.push_str(&attribute);
                }
            }
            TokenTree::Group(group) => out.push_str(&rust(group.stream())),
            TokenTree::Ident(word) => out.push_str(&format!("{word}\n")),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    out
}

/// The words of TypeScript, but for those of comments and in quotes.
fn typescript(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let n = match sign {
            '/' if rest.starts_with("//") => rest.find(['\n', '\r', '\u{2028}', '\u{2029}']),
            '/' if rest.starts_with("/*") => rest.find("*/").map(|at| at + 2),
            '"' | '\'' | '`' => {
                let mut is_escaped = false;
                let end = rest.char_indices().skip(1).find(|(_, c)| {
                    let ends = *c == sign && !is_escaped;
                    is_escaped = *c == '\\' && !is_escaped;
                    ends || (sign != '`' && *c == '\n')
                });
                end.map(|(at, _)| at + 1)
            }
            sign => {
                out.push(if sign.is_alphanumeric() { sign } else { ' ' });
                Some(sign.len_utf8())
            }
        };
        rest = &rest[n.unwrap_or(rest.len())..];
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The keys of a document, and the kinds of its values.
fn keys(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            // The logical ID of a deployment has a checksum of what is deployed.
            let key = |key: &str| match key.strip_prefix("ApiDeployment") {
                Some(_) => "ApiDeployment".to_owned(),
                None => key.to_owned(),
            };
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", key(name), keys(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(",\n"))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(keys).collect::<Vec<_>>().join(", "))
        }
        Value::String(_) => "text".to_owned(),
        _ => "value".to_owned(),
    }
}

/// Headings, and tables with their rows and cells.
fn markdown(text: &str) -> String {
    let part = |event: Event<'_>| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level.to_string()),
        Event::Start(Tag::Table(_)) => Some("table".to_owned()),
        Event::Start(Tag::TableRow) => Some("\nrow".to_owned()),
        Event::Start(Tag::TableCell) => Some("cell".to_owned()),
        _ => None,
    };
    let parts = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(part);
    parts.collect::<Vec<_>>().join(" ")
}

/// That texts change no shape.
fn check(text: &str, in_path: &str) {
    let (expected, found) = (shapes("Text", "text"), shapes(text, in_path));
    assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
    for (path, shape) in &expected {
        compare(path, shape, &found[path], text);
    }
}

fn compare(path: &str, expected: &str, found: &str, text: &str) {
    let same = expected.chars().zip(found.chars()).take_while(|(one, other)| one == other).count();
    let part =
        |shape: &str| shape.chars().skip(same.saturating_sub(30)).take(80).collect::<String>();
    let (one, other) = (part(expected), part(found));
    assert!(expected == found, "{path} is another with {text:?}:\n{one:?}\n{other:?}");
}

#[test]
fn a_title_of_two_lines_is_one_sentence() {
    let mut sources = SourceMap::default();
    let text = "openapi: 3.0.3\ninfo:\n  title: |\n    Shop\n    of all\n  version: \"1\\n2\"\npaths: {}\n";
    sources.add("spec/shop/openapi.yaml", text);
    let compiled = compile(&sources).unwrap();
    let library = compiled.files.get("shop/src/lib.rs").unwrap();
    assert!(
        library.contains("//! Contract of the Shop of all service, version 1 2.\n"),
        "{library}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_stay_texts(
        pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 1..12),
        in_path in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 1..6),
    ) {
        let in_path: String = in_path.concat().replace('/', "");
        check(&format!("Text {} end", pieces.concat()), &format!("text{in_path}"));
    }
}

/// Every piece behind every end of a line.
#[test]
fn no_line_break_begins_an_item() {
    let pieces = PIECES.iter().flat_map(|end| [*end, "pub const ADDED: u8 = 1;\n"]);
    check(&format!("Text\n{}", pieces.collect::<String>()), "text\npub const ADDED: u8 = 1;\n");
}
