//! Paths are in small letters with hyphens.

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::Casing;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "path-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "a path is not in small letters with hyphens",
    why: "Paths are compared letter by letter and are typed by people; capitals, underscores and endings like `.json` are guessed wrong.",
    example: Some(Example {
        at: "openapi#/paths",
        bad: "\
/things_of_Mine:
  get:
    operationId: listMine
    summary: List my things
    description: All of them.
    tags: [thing]
    responses:
      '204': {description: There are none.}",
        good: "\
/things-of-mine:
  get:
    operationId: listMine
    summary: List my things
    description: All of them.
    tags: [thing]
    responses:
      '204': {description: There are none.}",
    }),
    check: Some(check),
};

fn check(view: &View<'_>, found: &mut Found<'_>) {
    for (_, path) in view.paths() {
        let own = |segment: &&str| !segment.is_empty() && !segment.starts_with('{');
        for segment in
            path.key.split('/').filter(own).filter(|segment| !Casing::Kebab.fits(segment))
        {
            let spelled = path.key.replace(segment, &Casing::Kebab.spell(segment));
            let message = format!("`{segment}` in the path `{}` is not kebab-case", path.key);
            found.add(path.key_span, message, format!("write `{spelled}`"));
        }
    }
}
