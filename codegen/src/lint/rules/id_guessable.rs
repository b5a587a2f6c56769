//! Ids that can be counted through.

use crate::lint::found::Found;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "id-guessable",
    level: None,
    group: Group::Security,
    what: "an ID in a path is a number, which can be enumerated",
    why: "Anyone who knows one ID can guess others, and how many there are. UUIDs prevent that, but do not replace access control.",
    example: Some(Example {
        at: "openapi#/paths/~1counted~1{id}",
        bad: "\
get:
  operationId: readCounted
  parameters:
    - {name: id, in: path, required: true, schema: {type: integer}}
  responses: {'204': {description: It is there.}}",
        good: "\
get:
  operationId: readCounted
  parameters:
    - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
  responses: {'204': {description: It is there.}}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for parameter in view.parameters() {
        let name = parameter.text_at("name").unwrap_or_default().to_ascii_lowercase();
        let is_id = name == "id" || name.ends_with("id") || name.ends_with("_id");
        if parameter.text_at("in") != Some("path") || !is_id {
            continue;
        }
        let schemas = view.whole(parameter.get("schema"));
        let kind = schemas.into_iter().find_map(|schema| schema.get("type"));
        if let Some(kind) = kind.filter(|kind| matches!(kind.text(), Some("integer" | "number"))) {
            let message = format!("the ID `{name}` can be enumerated");
            found.add(kind.span, message, "write `type: string` with `format: uuid`");
        }
    }
}
