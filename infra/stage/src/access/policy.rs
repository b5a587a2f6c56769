//! What a role allows.
//!
//! Owns the judgement over one action on one resource: something must allow it, and nothing may deny it. Reads no
//! template.

use std::str::Chars;

use crate::template::{Condition, Role, Statement};

/// What conditions may ask of a request: names and values, such as `events:source`.
pub type Keys = [(&'static str, String)];

/// Whether a role allows an action on a resource, where its conditions hold.
#[must_use]
pub fn allows(role: &Role, action: &str, resource: &str) -> bool {
    judge(role, action, resource, |_| true)
}

/// Whether a role allows an action on a resource to a request with these keys.
#[must_use]
pub fn permits(role: &Role, action: &str, resource: &str, keys: &Keys) -> bool {
    judge(role, action, resource, |condition| holds(condition, keys))
}

/// A key that the request does not have fulfils no condition.
fn holds(condition: &Condition, keys: &Keys) -> bool {
    let mut of_key = keys.iter().filter(|(key, _)| condition.key.eq_ignore_ascii_case(key));
    of_key.any(|(_, found)| {
        condition.values.iter().any(|value| match condition.is_like {
            true => matches(value, found),
            false => value == found,
        })
    })
}

/// Whether a statement of a role denies an action on a resource, so that nothing else can allow it.
#[must_use]
pub(crate) fn denies(role: &Role, action: &str, resource: &str, keys: &Keys) -> bool {
    let holds = |condition: &Condition| holds(condition, keys);
    let mut denials = role.statements.iter().filter(|statement| !statement.allows);
    denials.any(|statement| fits(statement, action, resource, holds))
}

fn judge(role: &Role, action: &str, resource: &str, holds: impl Fn(&Condition) -> bool) -> bool {
    let mut allowed = false;
    for statement in &role.statements {
        match (fits(statement, action, resource, &holds), statement.allows) {
            (true, false) => return false,
            (true, true) => allowed = true,
            (false, _) => {}
        }
    }
    allowed
}

fn fits(
    statement: &Statement,
    action: &str,
    resource: &str,
    holds: impl Fn(&Condition) -> bool,
) -> bool {
    // Actions are the same in any case, resources are not.
    let action = action.to_lowercase();
    statement.actions.iter().any(|pattern| matches(&pattern.to_lowercase(), &action))
        && statement.resources.iter().any(|pattern| matches(pattern, resource))
        && statement.conditions.iter().all(holds)
}

/// Whether a pattern of a policy matches a text: `*` stands for anything, `?` for one character.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let (mut pattern_rest, mut text_rest) = (pattern.chars(), text.chars());
    // What is behind the last `*`, and the text behind what it has taken.
    let mut star: Option<(Chars<'_>, Chars<'_>)> = None;
    loop {
        let (before, at) = (pattern_rest.clone(), text_rest.clone());
        let Some(c) = text_rest.next() else {
            return before.as_str().bytes().all(|byte| byte == b'*');
        };
        match pattern_rest.next() {
            Some('*') => {
                star = Some((pattern_rest.clone(), at.clone()));
                text_rest = at;
            }
            Some(wanted) if wanted == '?' || wanted == c => {}
            _ => match &mut star {
                Some((behind, taken)) => {
                    taken.next();
                    (pattern_rest, text_rest) = (behind.clone(), taken.clone());
                }
                None => return false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_iam_matches() {
        for (pattern, text) in [
            ("*", ""),
            ("*", "anything"),
            ("arn:*:table/a", "arn:aws:table/a"),
            ("a*b*c", "a--b-b--c"),
            ("a?c", "abc"),
            ("log-group:x:*", "log-group:x:log-stream:y"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in
            [("", "a"), ("a", ""), ("a?c", "ac"), ("a*b", "a--bc"), ("table/a", "table/ab")]
        {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn something_must_allow_and_nothing_may_deny() {
        let statement = |allows, action: &str, resource: &str| Statement {
            allows,
            actions: vec![action.to_owned()],
            resources: vec![resource.to_owned()],
            conditions: Vec::new(),
        };
        let role = Role {
            id: String::new(),
            name: String::new(),
            arn: String::new(),
            statements: vec![
                statement(true, "dynamodb:Get*", "arn:t"),
                statement(false, "*", "arn:t/secret"),
                statement(true, "*", "arn:t/*"),
            ],
            not_understood: Vec::new(),
            managed: Vec::new(),
        };
        assert!(allows(&role, "dynamodb:GetItem", "arn:t"));
        assert!(allows(&role, "DynamoDB:getitem", "arn:t"));
        assert!(allows(&role, "dynamodb:PutItem", "arn:t/open"));
        assert!(!allows(&role, "dynamodb:PutItem", "arn:t"));
        assert!(!allows(&role, "dynamodb:GetItem", "arn:t/secret"));
    }

    #[test]
    fn conditions_are_asked_of_the_request() {
        let condition = |key: &str, values: &[&str]| Condition {
            key: key.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            is_like: false,
        };
        let statement = Statement {
            allows: true,
            actions: vec!["events:PutEvents".to_owned()],
            resources: vec!["arn:bus".to_owned()],
            conditions: vec![
                condition("events:source", &["a"]),
                condition("events:detail-type", &["Placed", "Paid"]),
            ],
        };
        let role = Role {
            id: String::new(),
            name: String::new(),
            arn: String::new(),
            statements: vec![statement],
            not_understood: Vec::new(),
            managed: Vec::new(),
        };
        let permitted = |source: &str, kind: &str| {
            let keys =
                [("events:source", source.to_owned()), ("events:detail-type", kind.to_owned())];
            permits(&role, "events:PutEvents", "arn:bus", &keys)
        };
        assert!(permitted("a", "Paid"));
        assert!(!permitted("b", "Paid"));
        assert!(!permitted("a", "Sent"));
        assert!(!permits(&role, "events:PutEvents", "arn:bus", &[]));
        assert!(allows(&role, "events:PutEvents", "arn:bus"));
    }
}
