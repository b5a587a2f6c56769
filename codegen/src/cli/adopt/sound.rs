//! Workflows with errors, left out of the documents that are taken over.
//!
//! Owns which workflows these are. One that calls another that is left out has an error then, too, so it is repeated until
//! nothing is wrong with what is left. Errors anywhere else stay.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::Adopted;
use crate::cli::new::sources_of;
use crate::diag::{Diagnostic, Severity, Sink};
use crate::edit;
use crate::parse::{Node, yaml};
use crate::source::SourceMap;

/// What was left out of one document.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct LeftOut {
    /// The document, as it was named.
    pub(in crate::cli) document: String,
    /// The ids of its workflows; none where the whole of it was left out.
    pub(in crate::cli) workflows: BTreeSet<String>,
}

/// Leaves out what has errors, and answers with what was reported of it.
///
/// # Errors
/// When the contracts cannot be read.
pub(in crate::cli) fn leave_out(adopted: &mut Adopted) -> Result<(Vec<LeftOut>, Vec<Diagnostic>)> {
    let mut left: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    let mut said = Vec::new();
    loop {
        let sources = sources_of(&adopted.files)?;
        let errors: Vec<Diagnostic> = crate::resolve(&sources)
            .diagnostics
            .into_iter()
            .filter(|one| one.severity == Severity::Error)
            .collect();
        let mut faulty: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for error in &errors {
            let path = &sources.file(error.primary.span.file).path;
            if !path.starts_with("spec/workflows/") {
                return Ok((Vec::new(), Vec::new()));
            }
            faulty.entry(path.clone()).or_default().push(error.primary.span.start);
        }
        if faulty.is_empty() {
            break;
        }
        for (path, places) in faulty {
            let text = adopted.files.remove(&path).unwrap_or_default();
            let known = left.entry(path.clone()).or_insert_with(|| Some(BTreeSet::new()));
            match without(&text, &places) {
                Some((rest, ids)) => {
                    adopted.files.insert(path, rest);
                    known.iter_mut().for_each(|known| known.extend(ids.iter().cloned()));
                }
                None => *known = None,
            }
        }
        // What is found later is found because of what was left out before.
        if said.is_empty() {
            said = errors;
        }
    }
    let name = |path: String| adopted.places.get(&path).cloned().unwrap_or(path);
    let left = left.into_iter().map(|(path, workflows)| LeftOut {
        document: name(path),
        workflows: workflows.unwrap_or_default(),
    });
    Ok((left.collect(), said))
}

/// A document without the workflows at these places, and their ids; nothing where no workflow is left, or where a place is
/// in none of them.
fn without(text: &str, places: &[u32]) -> Option<(String, Vec<String>)> {
    let mut map = SourceMap::default();
    let file = map.add("document", text);
    let tree = yaml::parse(file, text, &Sink::default())?;
    let workflows = tree.get("workflows").map(Node::items).unwrap_or_default();
    let holds = |node: &Node, place: u32| (node.span.start..node.span.end).contains(&place);
    let at = |place: &u32| workflows.iter().position(|node| holds(node, *place));
    let faulty: BTreeSet<usize> = places.iter().map(at).collect::<Option<_>>()?;
    if faulty.len() == workflows.len() {
        return None;
    }
    let id = |at: &usize| workflows[*at].text_at("workflowId").unwrap_or_default().to_owned();
    let ids = faulty.iter().map(id).collect();
    let mut rest = text.to_owned();
    // From the end, so that numbers before stay as they are.
    for at in faulty.iter().rev() {
        rest = edit::remove(&rest, &["workflows", &at.to_string()]).ok()?;
    }
    Some((rest, ids))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

    use super::*;

    const TEXT: &str = "arazzo: 1.0.1\nworkflows:\n  # the first\n  - workflowId: a\n    steps: []\n  \
                        - workflowId: b\n    steps: []\n  - workflowId: c\n    steps: []\n";

    #[test]
    fn workflows_go_and_the_rest_stays_as_it_is() {
        let at = |what: &str| TEXT.find(what).unwrap() as u32;
        let (rest, ids) = without(TEXT, &[at("b\n"), at("c\n"), at("c\n") + 4]).unwrap();
        assert_eq!(ids, ["b", "c"]);
        assert_eq!(&TEXT[..rest.len()], rest);
        assert_eq!(without(TEXT, &[at("arazzo")]), None);
        assert_eq!(without(TEXT, &[at("a\n"), at("b\n"), at("c\n")]), None);
    }
}
