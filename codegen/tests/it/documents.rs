//! Other people's documents: their versions, files, references, paths and sizes.

use std::collections::BTreeMap;

use codegen::diag::catalog::{index, refusals};
use codegen::diag::{Severity, render::render_text};
use codegen::model::{Style, TypeKind};
use codegen::parse::keywords::openapi;
use codegen::parse::shape::{Form, Shape};
use codegen::source::SourceMap;
use codegen::{Compiled, Resolved, compile, resolve};

fn sources(files: &[(&str, &str)]) -> SourceMap {
    let mut sources = SourceMap::default();
    for (path, text) in files {
        sources.add(*path, *text);
    }
    sources
}

#[track_caller]
fn compiled(files: &[(&str, &str)]) -> Compiled {
    let sources = sources(files);
    compile(&sources)
        .unwrap_or_else(|diagnostics| panic!("{}", render_text(&diagnostics, &sources, false)))
}

/// The codes of what is said, each with the line it is said of.
fn said(files: &[(&str, &str)]) -> Vec<(&'static str, u32)> {
    let sources = sources(files);
    let Resolved { diagnostics, .. } = resolve(&sources);
    let place = |span| sources.position(span).line;
    diagnostics.iter().map(|one| (one.code, place(one.primary.span))).collect()
}

/// A document with these paths, each a line.
fn document(version: &str, more: &str, paths: &[&str]) -> String {
    let none = if paths.is_empty() { " {}" } else { "" };
    let paths: String = paths.iter().map(|path| format!("  {path}\n")).collect();
    format!("openapi: {version}\ninfo: {{title: Shop, version: '1'}}\n{more}paths:{none}\n{paths}")
}

const DONE: &str = "responses: {'204': {description: Done.}}";

fn parameter(name: &str) -> String {
    format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
}

#[test]
fn paths_are_resources_of_api_gateway() {
    let text = document(
        "3.0.3",
        "servers: [{url: https://api.example.com/v1}]\n",
        &[
            &format!("/items: {{get: {{operationId: a, {DONE}}}}}"),
            &format!("/items/: {{get: {{operationId: b, {DONE}}}}}"),
            &format!(
                "/a/{{x}}: {{get: {{operationId: c, parameters: [{}], {DONE}}}}}",
                parameter("x")
            ),
            &format!(
                "/a/{{y}}/b: {{get: {{operationId: d, parameters: [{}], {DONE}}}}}",
                parameter("y")
            ),
            &format!(
                "/f/{{n}}.json: {{get: {{operationId: e, parameters: [{}], {DONE}}}}}",
                parameter("n")
            ),
            &format!("/@me: {{get: {{operationId: f, {DONE}}}}}"),
        ],
    );
    let compiled = compiled(&[("spec/shop/openapi.yaml", &text)]);
    let template = compiled.files.get("infra/template.yaml").unwrap();
    let resources =
        ["/v1/items:", "/v1/items/:", "/v1/a/{x}:", "/v1/a/{x}/b:", "/v1/f/{n}:", "/v1/{segment}:"];
    for resource in resources {
        assert!(template.lines().any(|line| line.trim() == resource), "{resource}\n{template}");
    }
    let routes = compiled.files.get("shop/src/routes.rs").unwrap();
    for path in ["/v1/items/", "/v1/a/{y}/b", "/v1/f/{n}.json", "/v1/@me"] {
        assert!(routes.contains(&format!("\"{path}\"")), "{path}\n{routes}");
    }
}

#[test]
fn equal_paths_are_told_apart_by_the_base_paths_of_their_servers() {
    let of = |base: &str| {
        let servers = format!("servers: [{{url: '{base}'}}]\n");
        document("3.0.3", &servers, &[&format!("/items: {{get: {{{DONE}}}}}")])
    };
    let both = |one: &str, other: &str| {
        said(&[("spec/a/openapi.yaml", &of(one)), ("spec/b/openapi.yaml", &of(other))])
    };
    assert_eq!(both("https://x.example.com/a", "https://x.example.com/b"), []);
    assert_eq!(both("https://x.example.com/a", "/a"), [("path-twice", 5)]);
    // The first segment of such an address is the stage.
    let gateway = "https://abc.execute-api.eu-west-1.amazonaws.com/prod";
    assert_eq!(both(gateway, "https://x.example.com"), [("path-twice", 5)]);
    let several = document("3.0.3", "servers: [{url: /v1}, {url: /v2}]\n", &[]);
    assert_eq!(said(&[("spec/a/openapi.yaml", &several)]), [("other-base-path", 3)]);
}

#[test]
fn a_service_file_names_documents() {
    let petstore = r##"{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {"/pets": {"get": {
        "operationId": "list", "responses": {"200": {"description": "All.", "content": {"application/json": {"schema":
        {"$ref": "models.json#/Pets"}}}}}}}}}"##;
    let models = r#"{"Pets": {"type": "array", "items": {"type": "string"}}}"#;
    let files = [
        ("spec/pets/service.yaml", "openapi: petstore.json\n"),
        ("spec/pets/petstore.json", petstore),
        ("spec/pets/models.json", models),
    ];
    let compiled = compiled(&files);
    assert_eq!(compiled.system.services[0].operations[0].id.wire, "list");
    assert_eq!(said(&[("spec/pets/service.yaml", "openapi: none.json\n")]), [("no-document", 1)]);
    let whole = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    assert_eq!(said(&[("spec/pets/service.yml", whole)]), [("other-standard", 1)]);
    assert_eq!(said(&[("spec/pets/service.yaml", "openapi: 3.0.3\n")])[0].0, "no-document");
    assert_eq!(said(&[("spec/pets/service.yaml", "open: a.json\n")]), [("unknown-key", 1)]);
    let twice = [files[0], files[1], files[2], ("spec/pets/openapi.yaml", petstore)];
    assert_eq!(said(&twice), [("two-documents", 1)]);
}

#[test]
fn documents_of_later_versions_are_read() {
    let hooks = "openapi: 3.1.0\ninfo: {title: H, version: '1', license: {name: MIT, identifier: MIT}}\nwebhooks: {}\n";
    assert_eq!(said(&[("spec/shop/openapi.yaml", hooks)]), [("ignored-key", 3)]);
    let nothing = "openapi: 3.1.0\ninfo: {title: H, version: '1'}\n";
    assert_eq!(said(&[("spec/shop/openapi.yaml", nothing)]), [("nothing-described", 1)]);
    let silent = document("3.1.0", "", &["/a: {get: {}}"]);
    assert_eq!(said(&[("spec/shop/openapi.yaml", &silent)]), [("no-success", 4)]);
    let later = document(
        "3.2.0",
        "$self: /shop\ntags: [{name: a, parent: b, kind: nav, summary: s}]\n",
        &["/a: {query: {responses: {'204': {description: d}}}}"],
    );
    assert_eq!(said(&[("spec/shop/openapi.yaml", &later)]), [("unsupported-key", 6)]);
}

#[test]
fn a_path_item_may_be_a_reference_and_have_keys_of_its_own() {
    let text = document(
        "3.1.0",
        "components:\n  pathItems:\n    Shared:\n      get: {operationId: read, responses: {'204': {description: d}}}\n",
        &[
            &format!(
                "/a: {{$ref: '#/components/pathItems/Shared', put: {{operationId: write, {DONE}}}}}"
            ),
            "/b: {$ref: '#/components/pathItems/Shared'}",
        ],
    );
    let compiled = compiled(&[("spec/shop/openapi.yaml", &text)]);
    let operations = &compiled.system.services[0].operations;
    let found: Vec<_> =
        operations.iter().map(|one| (one.id.wire.as_str(), one.path.text.as_str())).collect();
    assert_eq!(found, [("write", "/a"), ("read", "/a"), ("getB", "/b")]);
}

#[test]
fn a_media_type_may_be_a_reference_from_32_on() {
    let of = |version: &str| {
        let shared = "components:\n  mediaTypes:\n    Pet: {schema: {type: object, required: [name], properties: {name: \
                      {type: string}}}}\n";
        let content = "content: {application/json: {$ref: '#/components/mediaTypes/Pet'}}";
        let path = format!(
            "/a: {{post: {{operationId: add, requestBody: {{required: true, {content}}}, responses: {{'200': {{description: \
             d, {content}}}}}}}}}"
        );
        document(version, shared, &[&path])
    };
    let compiled = compiled(&[("spec/shop/openapi.yaml", &of("3.2.0"))]);
    let model = compiled.files.get("shop/src/model/pet.rs").unwrap();
    assert!(model.contains("pub name: String"), "{model}");
    let found = said(&[("spec/shop/openapi.yaml", &of("3.1.0"))]);
    assert_eq!(found, [("no-ref-here", 7), ("no-ref-here", 7)]);
}

#[test]
fn the_whole_query_may_be_a_form() {
    let of = |media: &str| {
        let schema = "{schema: {type: object, required: [q], properties: {q: {type: string}, n: {type: integer}}}}";
        let whole = format!("[{{name: all, in: querystring, content: {{{media}: {schema}}}}}]");
        document(
            "3.2.0",
            "",
            &[&format!("/a: {{get: {{operationId: find, parameters: {whole}, {DONE}}}}}")],
        )
    };
    let form = of("application/x-www-form-urlencoded");
    let compiled = compiled(&[("spec/shop/openapi.yaml", &form)]);
    let parameter = &compiled.system.services[0].operations[0].parameters[0];
    assert_eq!(parameter.style, Style::Repeated);
    let json = of("application/json");
    assert_eq!(said(&[("spec/shop/openapi.yaml", &json)]), [("parameter-content", 4)]);
}

#[test]
fn properties_of_the_whole_query_are_written_as_their_encoding_says() {
    let whole = "[{name: all, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object, \
        properties: {sort: {type: array, items: {type: string}}, point: {type: object, properties: {x: {type: integer}}}, \
        filter: {type: object}, q: {type: string}}}, encoding: {sort: {style: pipeDelimited, explode: false}, \
        point: {style: deepObject}}}}}]";
    let path = format!("/a: {{get: {{operationId: find, parameters: {whole}, {DONE}}}}}");
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.2.0", "", &[&path]))]);
    let parameter = &compiled.system.services[0].operations[0].parameters[0];
    let named = |name: &str, style| (name.to_owned(), style);
    let styles = vec![
        named("sort", Style::Pipes),
        named("point", Style::Deep),
        named("filter", Style::Json),
    ];
    assert_eq!(parameter.style, Style::Form(styles));
}

#[test]
fn a_security_scheme_may_be_required_by_its_uri_from_32_on() {
    let of = |version| {
        let schemes =
            "components: {securitySchemes: {key: {type: apiKey, in: header, name: x-api-key}}}\n";
        let path = format!(
            "/a: {{get: {{operationId: find, security: [{{'#/components/securitySchemes/key': []}}], {DONE}}}}}"
        );
        document(version, schemes, &[&path])
    };
    let compiled = compiled(&[("spec/shop/openapi.yaml", &of("3.2.0"))]);
    let required = &compiled.system.services[0].operations[0].security;
    assert_eq!(*required, [vec![("key".to_owned(), vec![])]]);
    let found = said(&[("spec/shop/openapi.yaml", &of("3.1.0"))]);
    assert_eq!(found.first().map(|(code, _)| *code), Some("unknown-scheme"));
}

#[test]
fn a_part_without_a_type_is_a_file_from_31_on() {
    use codegen::model::{Codec, PartKind};
    let of = |version| {
        let path = format!(
            "/a: {{post: {{operationId: send, requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, \
             properties: {{one: {{}}, many: {{type: array, items: {{}}}}, note: {{}}, id: {{type: integer}}}}}}, \
             encoding: {{note: {{contentType: text/plain}}}}}}}}}}, {DONE}}}}}"
        );
        let compiled = compiled(&[("spec/shop/openapi.yaml", &document(version, "", &[&path]))]);
        let body = compiled.system.services[0].operations[0].body.clone().unwrap();
        let Codec::Multipart(form) = body.contents[0].codec.clone() else { panic!("{body:?}") };
        let is_file = |kind: &PartKind| matches!(kind, PartKind::File(_));
        form.parts.iter().map(|part| is_file(&part.kind)).collect::<Vec<_>>()
    };
    assert_eq!(of("3.1.0"), [true, true, false, false]);
    assert_eq!(of("3.0.3"), [false; 4]);
}

#[test]
fn references_in_circles_and_long_chains_end() {
    let circles = [
        "components: {$ref: '#/components'}",
        "components: {schemas: {$ref: '#/components/schemas'}}",
        "components: {schemas: {S: {$ref: '#/components/schemas/S/properties/a'}}}",
    ];
    let used = "/a: {get: {responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}}}}}";
    for circle in circles {
        let text = document("3.0.3", &format!("{circle}\n"), &[used]);
        let said = said(&[("spec/shop/openapi.yaml", &text)]);
        assert!(
            said.iter().any(|(code, _)| ["ref-circle", "no-ref-here"].contains(code)),
            "{said:?}"
        );
    }
    let mut chain =
        "components:\n  schemas:\n    S: {$ref: '#/components/schemas/S0'}\n".to_owned();
    for n in 0..1200 {
        chain.push_str(&format!("    S{n}: {{$ref: '#/components/schemas/S{}'}}\n", n + 1));
    }
    chain.push_str("    S1200: {type: string}\n");
    let text = document("3.0.3", &chain, &[used]);
    assert_eq!(said(&[("spec/shop/openapi.yaml", &text)]), []);
}

#[test]
fn what_a_file_refers_to_is_known_before_it_is_parsed() {
    let texts = [
        ("a: {$ref: '#/b'}\n", vec![]),
        ("{\"a\": {\"$ref\" : \"#/b\"}, \"c\": {\"$ref\":\"d.json#/e\"}}", vec!["d.json"]),
        ("a: {$ref: b.yaml}\n", vec!["b.yaml"]),
        ("a:\n  $ref:\n    'b.yaml#/c'\n", vec!["b.yaml"]),
        ("a:\n  $ref: # of another file\n    b.yaml\n", vec!["b.yaml"]),
        ("a:\n  $ref: &there b.yaml\n", vec!["b.yaml"]),
        ("a:\n  $ref: >-\n    b.yaml\n", vec!["b.yaml"]),
        ("a:\n  ? $ref\n  : b.yaml\n", vec!["b.yaml"]),
        ("a:\n  \"\\x24ref\": b.yaml\n", vec!["b.yaml"]),
        ("a: {$ref: 'https://example.com/b.yaml'}\nc: {$ref: /d.yaml}\n", vec![]),
    ];
    for (text, expected) in texts {
        assert_eq!(codegen::lower::references("spec/shop/openapi.yaml", text), expected, "{text}");
    }
}

#[test]
fn lines_in_flow_style_need_no_more_blanks_than_their_key() {
    let text = "openapi: 3.0.3\ninfo:\n  title: \"Of\nthings\"\n  version: '1'\npaths:\n  /a:\n    get:\n      operationId: é\n      responses: {\n      '204': {description: Done.},\n    'x-y': {$ref: '#/z'}, '404': {$ref: '#/z'}\n      }\n";
    let found = said(&[("spec/shop/openapi.yaml", text)]);
    assert!(found.contains(&("unresolved-ref", 12)), "{found:?}");
    let text = text.replace("'404': {$ref: '#/z'}", "");
    let service = &compiled(&[("spec/shop/openapi.yaml", &text)]).system.services[0];
    assert_eq!(service.title, "Of things");
    assert_eq!(service.operations.len(), 1);
}

#[test]
fn the_name_of_a_call_is_no_other_ones() {
    let operations = ["call", "client", "submit", "submitError", "transport", "transportError"];
    let paths: Vec<String> = operations
        .iter()
        .map(|id| format!("/{id}: {{get: {{operationId: {id}, {DONE}}}}}"))
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let text = document("3.1.0", "", &paths);
    let compiled = compiled(&[("spec/shop/openapi.yaml", &text)]);
    let client = compiled.files.get("client/src/shop.rs").unwrap();
    for name in
        ["CallInput as Call,", "ClientInput,", "SubmitInput as Submit,", "SubmitErrorInput,"]
    {
        assert!(client.contains(name), "{name}\n{client}");
    }
    for name in [
        "impl crate::Call for ClientInput",
        "impl<T: crate::Transport> Client<T>",
        "crate::TransportError>",
    ] {
        assert!(client.contains(name), "{name}\n{client}");
    }
}

#[test]
fn calls_that_need_another_name_have_one_each() {
    let operations = ["client", "clientInput", "submit", "submitError", "submitErrorInput"];
    let paths: Vec<String> = operations
        .iter()
        .map(|id| format!("/{id}: {{get: {{operationId: {id}, {DONE}}}}}"))
        .collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.1.0", "", &paths))]);
    let client = compiled.files.get("client/src/shop.rs").unwrap();
    for name in [
        "ClientInput as ClientInputInput,",
        "ClientInputInput as ClientInput,",
        "SubmitErrorInput as SubmitErrorInputInput,",
        "SubmitErrorInputInput as SubmitErrorInput,",
        "impl Call for ClientInputInput",
    ] {
        assert!(client.contains(name), "{name}\n{client}");
    }
}

/// What a failure of the service holds is read and thrown away, so nothing but its type says what it is.
#[test]
fn a_failure_that_is_text_has_a_type() {
    let path = "/a: {get: {operationId: a, responses: {'204': {description: Done.}, '500': {description: It failed., \
                content: {text/html: {schema: {type: string}}}}}}}";
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.1.0", "", &[path]))]);
    let client = compiled.files.get("client/src/shop.rs").unwrap();
    assert!(client.contains("answer.text::<String>(\"text/html\")"), "{client}");
}

#[test]
fn names_of_the_input_are_kept_where_it_has_them_only() {
    let header = "parameters: [{name: accept, in: query, schema: {type: boolean}}]";
    let two = "responses: {'200': {description: d, content: {text/plain: {schema: {type: string}}, text/csv: {schema: {type: string}}}}}";
    let paths = [
        format!("/one: {{get: {{operationId: one, {header}, {DONE}}}}}"),
        format!("/two: {{get: {{operationId: two, {header}, {two}}}}}"),
    ];
    let paths = [paths[0].as_str(), paths[1].as_str()];
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.1.0", "", &paths))]);
    let operations = compiled.system.services[0].operations.iter();
    let names: Vec<&str> = operations.map(|one| one.parameters[0].name.snake.as_str()).collect();
    assert_eq!(names, ["accept", "accept_2"]);
}

#[test]
fn objects_of_any_property_stand_in_query_and_cookies() {
    let any = "schema: {type: object, additionalProperties: {type: string}}";
    let path = format!(
        "/a: {{get: {{operationId: a, parameters: [{{name: c, in: cookie, style: form, explode: true, {any}}}, {{name: q, in: query, {any}}}], {DONE}}}}}"
    );
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.1.0", "", &[&path]))]);
    let parameters = compiled.system.services[0].operations[0].parameters.iter();
    assert!(parameters.clone().all(|one| matches!(one.style, Style::Rest(_))));
    assert_eq!(parameters.count(), 2);
}

#[test]
fn an_example_is_kept_once() {
    let big = "Big: {type: object, example: {a: x}, properties: {a: {type: string}}}";
    let all = "All: {type: object, properties: {inherited: {$ref: '#/components/schemas/Big'}, own: {$ref: '#/components/schemas/Big', example: {a: y}}, text: {type: string, example: z}}}";
    let path = "/a: {get: {operationId: a, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/All'}}}}}}}";
    let more = format!("components: {{schemas: {{{big}, {all}}}}}\n");
    let compiled = compiled(&[("spec/shop/openapi.yaml", &document("3.1.0", &more, &[path]))]);
    let service = &compiled.system.services[0];
    let all = service.types.iter().find(|def| def.name.pascal == "All").unwrap();
    let TypeKind::Struct(all) = &all.kind else { panic!("an object") };
    let examples: Vec<bool> = all.fields.iter().map(|field| field.example.is_some()).collect();
    assert_eq!(examples, [false, true, true]);
    let page = compiled.files.get("docs/reference/shop.md").unwrap();
    assert!(page.contains(r#"{"a": "x"}"#) || page.contains("\"a\": \"x\""), "{page}");
}

#[test]
fn yaml_is_read_as_yaml() {
    let tab = document("3.0.3", "", &[]).replace("openapi: ", "openapi:\t");
    assert_eq!(said(&[("spec/shop/openapi.yaml", &tab)]), []);
    let merged = document("3.0.3", "x-a: &a {b: 1}\nx-c:\n  <<: *a\n", &[]);
    let sources = sources(&[("spec/shop/openapi.yaml", &merged)]);
    let found = resolve(&sources).diagnostics;
    assert_eq!((found[0].code, found[0].severity), ("merge-key", Severity::Note));
}

#[test]
fn names_are_bounded_and_taken_ones_refused() {
    let long = "n".repeat(900);
    let schema = format!(
        "{{type: object, properties: {{{long}: {{type: object, properties: {{{long}: {{type: string}}}}}}}}}}"
    );
    let text = document(
        "3.0.3",
        &format!("components: {{schemas: {{{long}: {schema}}}}}\n"),
        &[&format!(
            "/{long}: {{get: {{operationId: {long}, responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{long}'}}}}}}}}}}}}}}"
        )],
    );
    for (path, _) in compiled(&[("spec/shop/openapi.yaml", &text)]).files.iter() {
        assert!(path.split('/').all(|part| part.len() <= 120), "{path}");
    }
    let small = document("3.0.3", "", &[&format!("/a: {{get: {{operationId: mod, {DONE}}}}}")]);
    compiled(&[("spec/shop/openapi.yaml", &small)]);
    for name in ["client", "docs", "infra", "cdk", "runtime", "Shop", "3d", &"a".repeat(41)] {
        let path = format!("spec/{name}/openapi.yaml");
        assert_eq!(said(&[(&path, &small)]), [("bad-service-name", 1)], "{name}");
    }
}

#[test]
fn signs_that_hide_text_are_not_in_what_is_generated() {
    let text = document(
        "3.0.3",
        "",
        &[&format!(
            "/a: {{get: {{operationId: a, summary: \"x \\u202e y\", description: \"\\u2066z\\e[31m\\x9b1m\\0\", {DONE}}}}}"
        )],
    );
    for (path, text) in compiled(&[("spec/shop/openapi.yaml", &text)]).files.iter() {
        let hides = |char: char| {
            (char.is_control() && !matches!(char, '\n' | '\t'))
                || matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!text.contains(hides), "{path}");
    }
}

#[test]
fn what_a_terminal_gets_is_bounded() {
    let schemas: Vec<String> =
        (0..20_000).map(|n| format!(r#""S{n}":{{"typ{n}":"string","minimun":{n}}}"#)).collect();
    let text = format!(
        r#"{{"openapi":"3.0.3","info":{{"title":"T","version":"1"}},"paths":{{}},"components":{{"schemas":{{{}}}}}}}"#,
        schemas.join(",")
    );
    let sources = sources(&[("spec/shop/openapi.json", &text)]);
    let found = resolve(&sources).diagnostics;
    assert!(found.len() >= 40_000, "{}", found.len());
    let said = render_text(&found, &sources, true);
    assert!(said.len() < 64 * 1024, "{}", said.len());
    assert!(said.lines().count() <= 100, "{}", said.lines().count());
    assert!(said.contains("more of this kind") && said.contains("also at"), "{said}");
}

/// The objects of the OpenAPI specifications 3.0, 3.1 and 3.2, each with its fields; `$ref` apart.
const FIELDS: [(&str, &str); 20] = [
    (
        "OpenAPI document",
        "openapi $self info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    ("info", "title summary description termsOfService contact license version"),
    ("contact", "name url email"),
    ("license", "name identifier url"),
    ("server", "url description name variables"),
    ("server variable", "enum default description"),
    (
        "components",
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems mediaTypes",
    ),
    (
        "path item",
        "summary description get put post delete options head patch trace query additionalOperations servers parameters",
    ),
    (
        "operation",
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    ("externalDocs", "description url"),
    (
        "parameter",
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples content",
    ),
    ("request body", "description content required"),
    ("media type", "schema itemSchema example examples encoding prefixEncoding itemEncoding"),
    (
        "encoding",
        "contentType headers style explode allowReserved encoding prefixEncoding itemEncoding",
    ),
    ("response", "summary description headers content links"),
    ("example", "summary description dataValue serializedValue value externalValue"),
    ("link", "operationRef operationId parameters requestBody description server"),
    ("header", "description required deprecated style explode schema example examples content"),
    ("tag", "name summary description externalDocs parent kind"),
    (
        "security scheme",
        "type description name in scheme bearerFormat flows openIdConnectUrl oauth2MetadataUrl deprecated",
    ),
];

/// `README.md` lists every reason for which a document that knows nothing of the generator is refused.
#[test]
fn every_refusal_is_listed() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    for (codes, why) in refusals::OF_VALID {
        let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
        let row = format!("| {} | {why} |", codes.join(", "));
        assert!(readme.lines().any(|line| line == row), "README.md lacks {row}");
    }
    let listed = refusals::OF_VALID.iter().flat_map(|(codes, _)| codes.iter());
    for code in listed.chain(refusals::OF_INVALID) {
        assert!(index::find(code).is_some(), "{code} is no code");
        assert!(readme.contains(&format!("`{code}`")), "README.md lacks `{code}`");
    }
}

/// A field that no table has would be told as foreign to the specification, which it is not.
#[test]
fn every_field_of_the_specifications_is_known() {
    let mut known: BTreeMap<&str, &Shape> = BTreeMap::new();
    let mut open = vec![&openapi::DOCUMENT];
    while let Some(shape) = open.pop() {
        if known.insert(shape.name, shape).is_none() {
            shape.fields.iter().for_each(|field| open.extend(shape_in(field.form)));
        }
    }
    let mut missing = Vec::new();
    for (name, fields) in FIELDS {
        let shape = known.get(name).unwrap_or_else(|| panic!("no object `{name}`"));
        let is_known = |field: &&str| shape.fields.iter().any(|one| one.key == *field);
        missing
            .extend(fields.split(' ').filter(|field| !is_known(field)).map(|field| (name, field)));
    }
    assert_eq!(missing, []);
}

fn shape_in(form: Form) -> Option<&'static Shape> {
    match form {
        Form::Object(shape) => Some(shape),
        Form::List(inner) | Form::Map(inner) | Form::Patterned(inner) => shape_in(*inner),
        _ => None,
    }
}

#[test]
fn what_only_a_fragment_tells_apart_is_one_route() {
    let text = document(
        "3.0.3",
        "",
        &[
            &format!("/a#again: {{post: {{operationId: again, {DONE}}}}}"),
            &format!("/a: {{post: {{operationId: first, {DONE}}}}}"),
            &format!("/b#only: {{get: {{operationId: only, {DONE}}}}}"),
        ],
    );
    let files = [("spec/shop/openapi.yaml", text.as_str())];
    let found = said(&files);
    for expected in [("fragment-in-path", 4), ("operation-left-out", 4), ("fragment-in-path", 6)] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let routes = compiled(&files).files.get("shop/src/routes.rs").unwrap().to_owned();
    assert!(routes.contains("(\"/a\", \"POST\") => Some(\"first\")"), "{routes}");
    assert!(routes.contains("(\"/b\", \"GET\" | \"HEAD\") => Some(\"only\")"), "{routes}");
    assert!(!routes.contains('#') || !routes.contains("/a#"), "{routes}");
}

#[test]
fn a_form_that_may_be_several_objects_has_the_parts_of_all() {
    let form = "{oneOf: [{type: object, required: [a, b], properties: {a: {type: string}, b: {type: integer}}}, \
                {type: object, required: [a], properties: {a: {type: string}, c: {type: string, format: binary}}}]}";
    let text = document(
        "3.1.0",
        "",
        &[&format!(
            "/a: {{post: {{operationId: send, requestBody: {{required: true, content: {{multipart/form-data: \
             {{schema: {form}}}}}}}, {DONE}}}}}"
        )],
    );
    let files = [("spec/shop/openapi.yaml", text.as_str())];
    assert!(said(&files).iter().any(|(code, _)| *code == "form-unchecked"), "{:?}", said(&files));
    let form = compiled(&files).files.get("shop/src/operations/send.rs").unwrap().to_owned();
    for field in ["pub a: String", "pub b: Option<i128>", "pub c: Option<File>"] {
        assert!(form.contains(field), "{field}\n{form}");
    }
}

#[test]
fn an_extension_of_somebody_else_is_no_misspelling() {
    let text = document(
        "3.0.3",
        "x-internal: true\nx-ms-external: true\n",
        &[&format!("/a: {{get: {{operationId: a, {DONE}}}}}")],
    );
    let files = [("spec/shop/openapi.yaml", text.as_str())];
    let sources = sources(&files);
    let found = resolve(&sources).diagnostics;
    let told = found.iter().filter(|one| one.code == "foreign-extension");
    assert!(told.clone().count() == 2 && told.clone().all(|one| one.severity == Severity::Warning));
}

/// SCIM has a property `schemas`, whose rules would hide the schemas of the service.
#[test]
fn no_constant_of_a_property_hides_one_that_its_code_uses() {
    let schema = "{type: object, required: [schemas], properties: {schemas: {type: array, minItems: 1, items: {type: string, \
                  not: {const: none}}}}}";
    let text = document(
        "3.1.0",
        "",
        &[&format!(
            "/a: {{post: {{operationId: send, requestBody: {{required: true, content: {{application/json: {{schema: \
             {schema}}}}}}}, {DONE}}}}}"
        )],
    );
    let compiled = compiled(&[("spec/shop/openapi.yaml", &text)]);
    let body = compiled.files.get("shop/src/model/send_body.rs").unwrap();
    assert!(body.contains("&SCHEMAS") && !body.contains("const SCHEMAS"), "{body}");
}

#[test]
fn a_deletion_has_a_body_since_openapi_3_1() {
    let outcome = |version: &str| {
        let mut sources = SourceMap::default();
        let text = format!(
            "openapi: {version}\ninfo: {{title: Shop, version: 1.0.0}}\nsecurity: []\npaths:\n  /models:\n    delete:\n      \
             operationId: remove\n      requestBody: {{required: true, content: {{application/json: {{schema: \
             {{type: object, required: [name], properties: {{name: {{type: string}}}}}}}}}}}}\n      \
             responses: {{'204': {{description: Done.}}}}\n"
        );
        sources.add("spec/shop/openapi.yaml".to_owned(), text);
        let compiled = compile(&sources).unwrap();
        let told = compiled.warnings.iter().any(|one| one.code == "body-not-allowed");
        let operation = compiled.files.get("shop/src/operations/remove.rs");
        let operations = operation.or(compiled.files.get("shop/src/operations/mod.rs")).unwrap();
        (told, operations.contains("parts.json("))
    };
    assert_eq!(outcome("3.0.3"), (true, false));
    assert_eq!(outcome("3.1.0"), (false, true));
}
