//! Actions of workflows that lead to other workflows.

use codegen::diag::Severity;
use codegen::resolve;
use codegen::source::SourceMap;

use crate::workflows::emitted;

/// Contracts of one operation with these workflows, in a document of version 1.1.
pub(crate) fn small(workflows: &str) -> SourceMap {
    let document = "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /a: {post: {operationId: add, responses: {'204': {description: d}}}}\n";
    let mut sources = SourceMap::default();
    sources.add("spec/shop/openapi.yaml", document);
    let head = "arazzo: 1.1.0\ninfo: {title: W, version: '1'}\nsourceDescriptions: [{name: shop, url: ../shop/openapi.yaml, type: openapi}]\nworkflows:\n";
    sources.add("spec/workflows/w.arazzo.yaml", format!("{head}{workflows}"));
    sources
}

#[test]
fn workflows_that_lead_to_each_other_end() {
    let said = |workflows: &[&str]| -> Vec<String> {
        let resolved = resolve(&small(&workflows.concat()));
        let errors = resolved.diagnostics.into_iter();
        let errors = errors.filter(|one| one.severity == Severity::Error);
        errors.map(|one| format!("{}: {}", one.code, one.message)).collect()
    };
    let step = |id: &str, more: &str| format!("      - {{stepId: {id}, operationId: add{more}}}\n");
    let flow = |id: &str, steps: &str| format!("  - workflowId: {id}\n    steps:\n{steps}");
    let to = |on: &str, id: &str, more: &str| {
        format!(", {on}: [{{name: j, type: goto, workflowId: {id}{more}}}]")
    };
    let own = flow("a", &step("s", &to("onSuccess", "a", "")));
    let circle = "workflow-circle: `goto` actions without `criteria` form a cycle: ";
    assert_eq!(said(&[&own]), [format!("{circle}`a` → `a`")]);
    let later = flow("b", &(step("s", "") + &step("t", &to("onSuccess", "c", ""))));
    let back = flow("c", &step("s", &to("onSuccess", "b", "")));
    assert_eq!(said(&[&later, &back]), [format!("{circle}`b` → `c` → `b`")]);
    let failed = flow("a", &step("s", &to("onFailure", "a", "")));
    let failure = "workflow-circle: failures of workflows form a cycle that never ends: `a` → `a`";
    assert_eq!(said(&[&failed]), [failure]);
    // Those that lead on while something holds are run one after the other.
    let open = ", criteria: [{condition: $statusCode == 204}]";
    let again = flow("a", &step("s", &to("onSuccess", "a", open)));
    assert_eq!(said(&[&again]), [""; 0]);
    let code = emitted(&small(&again), "a");
    assert!(
        code.contains("visit.goto(&crate::A, vec![]);") && !code.contains("run(&crate"),
        "{code}"
    );
    // One that waits for a call may not be led to: each round would wait within the one before.
    let calls = flow("a", "      - {stepId: s, workflowId: b}\n");
    let back = flow("b", &step("s", &to("onSuccess", "a", open)));
    let mixed = "workflow-circle: calls and `goto` between workflows form a cycle: `a` → `b` → `a`";
    assert_eq!(said(&[&calls, &back]), [mixed]);
    // However many calls are on the way, it is one circle.
    let between = flow("b", "      - {stepId: s, workflowId: c}\n");
    let back = flow("c", &step("s", &to("onSuccess", "a", open)));
    let longer =
        "workflow-circle: calls and `goto` between workflows form a cycle: `a` → `b` → `c` → `a`";
    assert_eq!(said(&[&calls, &between, &back]), [longer]);
    // A step that only runs before another is tried again leads nowhere.
    let first = step("s", ", onFailure: [{name: r, type: retry, stepId: t}]");
    let out = step("t", &to("onSuccess", "b", open));
    let code = emitted(&small(&(flow("a", &(first + &out)) + &flow("b", &step("s", "")))), "a");
    assert!(code.contains("visit.stay();"), "{code}");
}
