//! What a document of others comes to when it is served: small documents, one surprise each.

use codegen::source::SourceMap;
use codegen::{compile, diag};

/// The text of a file of a service with these paths, and what follows them.
fn emitted(file: &str, document: &str) -> String {
    let mut sources = SourceMap::default();
    let head = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nsecurity: []\npaths:\n";
    sources.add("spec/shop/openapi.yaml", format!("{head}{document}"));
    let compiled = compile(&sources)
        .unwrap_or_else(|found| panic!("{}", diag::render::render_text(&found, &sources, false)));
    compiled.files.get(file).unwrap().to_owned()
}

/// Each form of errors has a method, whatever its schema is called.
#[test]
fn forms_of_errors_do_not_share_a_method() {
    let routes = emitted(
        "shop/src/routes.rs",
        r#"  /a:
    get:
      operationId: a
      responses:
        '200': {description: It., content: {application/json: {schema: {type: integer}}}}
        '400': {description: Named., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
        '500': {description: A list., content: {application/json: {schema: {type: array, items: {type: string}}}}}
        default: {description: A flag., content: {application/json: {schema: {type: boolean}}}}
components:
  schemas:
    Error: {type: object, required: [error], properties: {error: {type: string}}}
"#,
    );
    for of in ["to_error(&problem)", "to_error_2(&problem)", "to_error_3(&problem)"] {
        assert!(routes.contains(of), "{of}: {routes}");
    }
}

/// A body that is a list or map of sensitive texts is a type that hides them.
#[test]
fn bodies_of_sensitive_texts_are_hidden() {
    for (schema, hidden) in [
        ("{type: array, items: {type: string, x-sensitive: true}}", "Sensitive<Vec<String>>"),
        ("{type: string, x-sensitive: true}", "Sensitive<String>"),
        (
            "{type: object, additionalProperties: {type: string, x-sensitive: true}}",
            "Sensitive<BTreeMap<String, String>>",
        ),
    ] {
        let types = emitted(
            "shop/src/model/scalars.rs",
            &format!(
                "  /a:\n    post:\n      operationId: a\n      requestBody: {{required: true, content: \
                 {{application/json: {{schema: {schema}}}}}}}\n      responses: {{'204': {{description: Done.}}}}\n"
            ),
        );
        assert!(types.contains(hidden), "{schema}: {types}");
    }
}
