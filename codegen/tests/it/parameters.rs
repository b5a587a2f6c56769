//! Parameters: what stands for an absent one, and their examples.

use codegen::diag::render::render_text;
use codegen::source::SourceMap;
use codegen::{compile, resolve};

/// A document with one operation that has these parameters, each a line.
fn sources(parameters: &[&str]) -> SourceMap {
    let parameters: String = parameters.iter().map(|one| format!("        - {one}\n")).collect();
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a:\n    get:\n      \
         operationId: list\n      parameters:\n{parameters}      \
         responses: {{'204': {{description: Done.}}}}\n"
    );
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", text);
    sources
}

#[test]
fn a_required_object_of_which_nothing_is_required_may_be_absent() {
    let check = |parameter: &str, expected: &str| {
        let sources = sources(&[parameter]);
        let compiled = compile(&sources)
            .unwrap_or_else(|found| panic!("{}", render_text(&found, &sources, false)));
        let operation = compiled.files.get("shop/src/operations/list.rs").unwrap();
        let read: String = operation.split_whitespace().collect();
        let read = read.split_once("letp=parts").unwrap().1.split_once(';').unwrap().0;
        assert!(read.ends_with(expected), "{parameter}: {operation}");
    };
    let page = "type: object, properties: {page: {type: integer, default: 0}}";
    let id = "type: object, required: [id], properties: {id: {type: integer}}";
    let tags = "type: object, additionalProperties: {type: integer}";
    for (schema, expected) in [(page, ".or(\"{}\")"), (tags, ".or(\"{}\")"), (id, ".required()")] {
        for way in ["in: query", "in: query, style: deepObject", "in: cookie"] {
            let parameter = format!("{{name: p, {way}, required: true, schema: {{{schema}}}}}");
            check(&parameter, expected);
        }
    }
    let both = format!("oneOf: [{{{page}}}, {{type: string}}]");
    for (way, schema) in [
        // One pair, which may be empty.
        ("in: query, explode: false", page),
        ("in: header", page),
        // A text is a value too, and many clients would have to say which.
        ("in: query", both.as_str()),
        ("in: query", "type: array, items: {type: integer}"),
    ] {
        check(&format!("{{name: p, {way}, required: true, schema: {{{schema}}}}}"), ".required()");
    }
    check(&format!("{{name: p, in: query, schema: {{{page}}}}}"), ".optional()");
}

#[test]
fn every_example_of_a_parameter_is_checked() {
    let sources = sources(&[
        "{name: a, in: query, schema: {type: integer}, example: x}",
        "{name: b, in: query, schema: {type: integer}, examples: {x: {value: 1}, y: {value: x}}}",
        "{name: c, in: query, content: {application/json: {schema: {type: integer}, example: x}}}",
        "{name: d, in: header, content: {application/json: {schema: {type: integer}, examples: {x: {value: x}, y: {value: 7}}}}}",
        "{name: e, in: query, schema: {type: integer}, examples: {x: {$ref: '#/components/examples/e'}}}",
    ]);
    let found = resolve(&sources);
    let said: Vec<(&str, u32)> = found
        .diagnostics
        .iter()
        .map(|one| (one.code, sources.position(one.primary.span).line))
        .collect();
    let bad = |line| ("bad-example", line);
    assert_eq!(said, [bad(8), bad(9), bad(10), bad(11), ("unresolved-ref", 12)]);
    let sources = self::sources(&[
        "{name: c, in: query, content: {application/json: {schema: {type: integer}, example: 5}}}",
        "{name: d, in: query, schema: {type: integer}, examples: {x: {value: x}, y: {value: 7}}}",
    ]);
    let system = resolve(&sources).system.unwrap();
    let parameters = &system.services[0].operations[0].parameters;
    let examples: Vec<_> = parameters.iter().map(|one| one.example.clone().unwrap()).collect();
    assert_eq!(examples, [5, 7]);
}
