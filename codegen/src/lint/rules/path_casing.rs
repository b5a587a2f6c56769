//! Paths are in small letters with hyphens.

use std::collections::BTreeSet;

use crate::diag::Level;
use crate::lint::found::Found;
use crate::lint::naming::Casing;
use crate::lint::view::View;
use crate::lint::{Example, Group, Rule};

pub(super) static RULE: Rule = Rule {
    code: "path-casing",
    level: Some(Level::Warning),
    group: Group::Naming,
    what: "a path is not in kebab-case",
    why: "Paths are case-sensitive, and people type them. Capitals, underscores and suffixes such as `.json` lead to mistakes.",
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
    let mut seen = BTreeSet::new();
    for (document, path) in view.paths().filter(|(_, path)| path.key.starts_with('/')) {
        let own = |segment: &&str| !segment.is_empty() && !segment.starts_with('{');
        for segment in path.key.split('/').filter(own) {
            if let Some(name) = segment.strip_prefix(':') {
                let message =
                    format!("`{segment}` in the path `{}` is text, not a parameter", path.key);
                found.add(path.key_span, message, format!("write a parameter as `{{{name}}}`"));
                continue;
            }
            // Versions (`v1.2`) and namespaces have dots. What many paths begin with is told of once.
            let literal = spelled(segment);
            if literal != segment && seen.insert((document.root.span, segment)) {
                let spelled = path.key.replace(segment, &literal);
                let message = format!("`{segment}` in the path `{}` is not kebab-case", path.key);
                found.add(path.key_span, message, format!("write `{spelled}`"));
            }
        }
    }
}

/// A segment in kebab-case, except for its parameters: `Report.{format}` is `report.{format}`.
fn spelled(segment: &str) -> String {
    let mut out = String::new();
    let mut rest = segment;
    while !rest.is_empty() {
        let (text, after) = rest.split_at(rest.find('{').unwrap_or(rest.len()));
        let parts = text.split('.').map(|part| match Casing::Kebab.fits(part) {
            true => part.to_owned(),
            false => Casing::Kebab.spell(part),
        });
        out.push_str(&parts.collect::<Vec<_>>().join("."));
        let (parameter, after) = after.split_at(after.find('}').map_or(after.len(), |at| at + 1));
        out.push_str(parameter);
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::spelled;

    #[test]
    fn parameters_keep_their_names() {
        assert_eq!(spelled("a.{fileFormat}"), "a.{fileFormat}");
        assert_eq!(spelled("Report.{fileFormat}"), "report.{fileFormat}");
        assert_eq!(spelled("things_of_Mine"), "things-of-mine");
        assert_eq!(spelled("{a}v1.2{b"), "{a}v1.2{b");
    }
}
