//! Examples of bodies that are no JSON, held against what the bodies hold.

use codegen::resolve;
use codegen::source::SourceMap;

/// Why examples of a request body of this media type and schema do not fit.
fn said(media_type: &str, schema: &str, example: &str) -> Vec<String> {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: add\n      requestBody: {{required: true, content: {{{media_type}: {{schema: {schema}, example: {example}}}}}}}\n      responses: {{'204': {{description: d}}}}\n"
    );
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", text);
    let found = resolve(&sources).diagnostics.into_iter();
    let found = found.filter(|one| one.code == "bad-example");
    found.map(|one| one.primary.text).collect()
}

#[test]
fn examples_of_text_and_of_parts_are_held_against_their_schemas() {
    let short = "{type: string, maxLength: 3}";
    assert_eq!(said("text/plain", short, "abcd").len(), 1);
    let number = "{type: integer, minimum: 5}";
    for (schema, example) in [(short, "abc"), (short, "123"), (number, "'7'"), (number, "7")] {
        assert_eq!(said("text/plain", schema, example), [""; 0], "{schema} {example}");
    }
    assert_eq!(said("text/plain", number, "'4'").len(), 1);
    assert_eq!(said("text/plain", number, "four").len(), 1);
    let form = "{type: object, properties: {n: {type: integer, minimum: 5}, file: {type: string, format: binary}}}";
    assert_eq!(said("multipart/form-data", form, "{n: 4, file: x}").len(), 1);
    assert_eq!(said("multipart/form-data", form, "{n: '7', file: x}"), [""; 0]);
    assert_eq!(said("multipart/form-data", form, "'--boundary'"), [""; 0]);
}
