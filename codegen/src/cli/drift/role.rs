//! What the role of a function allows, beside what the contracts ask for.

use anyhow::Result;
use serde_json::Value as Json;

use super::Drift;
use crate::emit::Permission;
use crate::source::Span;

impl Drift<'_> {
    /// Compares the statements of a role, by their `Sid`.
    pub(super) fn role(
        &mut self,
        what: &str,
        name: &str,
        expected: &[Permission],
        span: Span,
    ) -> Result<()> {
        let what = format!("the role of {what}");
        let attached =
            self.stack.ask(&["iam", "list-attached-role-policies", "--role-name", name])?;
        let Some(attached) = self.there(attached, &what, span) else { return Ok(()) };
        for policy in list(&attached["AttachedPolicies"]) {
            let policy = policy["PolicyName"].as_str().unwrap_or_default();
            self.add(
                format!("{what} has the managed policy `{policy}`, which is not in the contracts"),
                span,
            );
        }
        let live = self.statements(name)?;
        for permission in expected {
            let sid = &permission.sid;
            match live.iter().find(|one| one.sid == *sid) {
                None => self.add(format!("{what} lacks the statement `{sid}`"), span),
                Some(found) if found.actions != permission.actions => {
                    let (runs, asked) = (found.actions.join(", "), permission.actions.join(", "));
                    self.add(
                        format!("{what} allows {runs} in `{sid}`, but the contract says {asked}"),
                        span,
                    );
                }
                Some(found) if found.on_all != permission.on_all => {
                    let on = if found.on_all { "every resource" } else { "some resources" };
                    self.add(
                        format!(
                            "{what} allows `{sid}` on {on}, which is not what the contract says"
                        ),
                        span,
                    );
                }
                Some(_) => {}
            }
        }
        for found in live.iter().filter(|one| !expected.iter().any(|known| known.sid == one.sid)) {
            let actions = found.actions.join(", ");
            self.add(format!("{what} allows {actions}, which is not in the contracts"), span);
        }
        Ok(())
    }

    /// The statements of all policies that stand in a role.
    fn statements(&self, role: &str) -> Result<Vec<Permission>> {
        let named = ["--role-name", role];
        let names = self.stack.ask(&[&["iam", "list-role-policies"], &named[..]].concat())?;
        let names = names.unwrap_or_default();
        let mut found = Vec::new();
        for name in list(&names["PolicyNames"]).filter_map(Json::as_str) {
            let ask = [&["iam", "get-role-policy"], &named[..], &["--policy-name", name]].concat();
            let policy = self.stack.ask(&ask)?.unwrap_or_default();
            found.extend(list(&policy["PolicyDocument"]["Statement"]).map(permission));
        }
        Ok(found)
    }
}

/// A statement as IAM returns it.
fn permission(statement: &Json) -> Permission {
    let mut actions: Vec<String> =
        list(&statement["Action"]).filter_map(Json::as_str).map(str::to_owned).collect();
    actions.sort_unstable();
    if statement["Effect"] != "Allow" {
        actions.insert(0, "(denied)".to_owned());
    }
    Permission {
        sid: statement["Sid"].as_str().unwrap_or_default().to_owned(),
        actions,
        on_all: list(&statement["Resource"]).any(|resource| resource == "*"),
    }
}

/// The elements of a list, or one thing alone, as IAM has it.
fn list(value: &Json) -> impl Iterator<Item = &Json> {
    let one = (!value.is_array() && !value.is_null()).then_some(value);
    value.as_array().into_iter().flatten().chain(one)
}
