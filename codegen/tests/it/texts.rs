//! The words of contracts: each is somewhere in what is generated, or it is told that it is nowhere.

use std::collections::BTreeSet;

use codegen::source::SourceMap;
use codegen::{compile, resolve};

/// Each word that begins with `mk` is to be found in what is generated.
const DOCUMENT: &str = "\
openapi: 3.2.0
info:
  title: mktitle
  version: '1'
  summary: mkinfosummary
  description: mkinfodescription
  termsOfService: https://example.com/mkterms
  contact: {name: mkcontact, url: https://example.com/mkcontacturl, email: mkemail@example.com}
  license: {name: mklicense, identifier: mkidentifier}
externalDocs: {url: https://example.com/mkdocsurl, description: mkdocs}
tags:
- {name: mktag, summary: mktagsummary, description: mktagdescription, kind: mkkind, externalDocs: {url: https://example.com/mktagdocs}}
- {name: mkchild, parent: mktag}
servers:
- url: https://{mkhost}.example.com
  name: mkserver
  description: mkserverdescription
  variables: {mkhost: {default: a, description: mkvariable}}
paths:
  /a:
    summary: mkpathsummary
    description: mkpathdescription
    post:
      operationId: mkone
      tags: [mktag, mkchild]
      summary: mksummary
      description: mkdescription
      externalDocs: {url: https://example.com/mkoperationdocs, description: mkoperation}
      security: [{mkkey: []}]
      parameters:
      - {name: p, in: query, deprecated: true, description: mkparameter, schema: {type: string}, example: mkexample}
      - {name: c, in: query, content: {application/json: {schema: {type: object}, example: {k: mkcontentexample}}}}
      requestBody:
        description: mkbody
        content:
          application/json:
            schema: {type: string}
            examples: {mkrequestexample: {summary: mkexamplesummary, description: mkexampledescription, dataValue: mkrequestvalue}}
      responses:
        '200':
          summary: mkresponsesummary
          description: mkresponsedescription
          headers: {X-H: {description: mkheader, schema: {type: string}, example: mkheaderexample}}
          content: {application/json: {schema: {$ref: '#/components/schemas/S'}, examples: {mkresponseexample: {dataValue: {a: mkresponsevalue}}}}}
          links: {mklink: {operationId: two, description: mklinkdescription}}
  /b:
    summary: mkothersummary
    get: {operationId: two, responses: {'204': {description: mknothing}}}
components:
  securitySchemes:
    mkkey: {type: apiKey, in: header, name: X-Api-Key, description: mkkeydescription}
    mkoauth:
      type: oauth2
      oauth2MetadataUrl: https://example.com/mkmetadata
      x-jwt: {issuer: https://example.com, audience: a}
      flows:
        authorizationCode:
          authorizationUrl: https://example.com/mkauthorization
          tokenUrl: https://example.com/mktoken
          refreshUrl: https://example.com/mkrefresh
          scopes: {mkscope: mkscopedescription}
  schemas:
    S:
      type: object
      description: mkschema
      externalDocs: {url: https://example.com/mkschemadocs}
      properties: {a: {type: string, description: mkproperty, deprecated: true, examples: [mkpropertyexample]}}
";

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with("mk"))
}

#[test]
fn every_text_is_in_the_reference() {
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", DOCUMENT);
    let compiled = compile(&sources).unwrap();
    let page = compiled.files.get("docs/reference/shop.md").unwrap();
    let shown: BTreeSet<&str> = words(page).collect();
    let lost: Vec<&str> = words(DOCUMENT).filter(|word| !shown.contains(word)).collect();
    assert!(lost.is_empty(), "{lost:?}\n{page}");
    assert_eq!(page.matches("**Deprecated**.").count(), 2, "{page}");
    // What is about all operations of a path is said of each.
    let operation = page.split("### <a id=\"two\">").nth(1).unwrap();
    assert!(operation.contains("mkothersummary"), "{operation}");
}

#[test]
fn the_server_of_a_link_is_told_to_have_no_effect() {
    let document = DOCUMENT.replace("description: mklinkdescription", "server: {url: /x}");
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", document);
    let found = resolve(&sources).diagnostics;
    assert!(found.iter().any(|one| one.code == "ignored-key" && one.message.contains("`server`")));
}
