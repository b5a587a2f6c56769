//! Owns the resource policy of a bus: statements that `PutPermission` adds and `RemovePermission` takes away. It refuses
//! to judge by them: the stage has one account, and a bus belongs to it.

use super::error::BusError;
use serde_json::{Value, json};

/// The only action that a statement for another account can be about.
const ACTION: &str = "events:PutEvents";

/// One statement more, as `PutPermission` asks for it.
#[derive(Debug, Default)]
pub(super) struct Permission {
    /// The id of the statement.
    pub(super) id: String,
    /// What may be done.
    pub(super) action: String,
    /// Who may: an account, or `*`.
    pub(super) principal: String,
    /// On what condition.
    pub(super) condition: Option<Value>,
}

/// Adds a statement, in the place of one with the same id.
///
/// **Errors**: an action that cannot be permitted, not a principal.
pub(super) fn permit(
    policy: &mut Option<Value>,
    permission: Permission,
    bus_arn: &str,
) -> Result<(), BusError> {
    if permission.action != ACTION {
        let message = "Provided value in parameter 'action' is not supported.";
        return Err(BusError::Validation(message.to_owned()));
    }
    let is_account = permission.principal.len() == 12
        && permission.principal.bytes().all(|byte| byte.is_ascii_digit());
    let principal = match permission.principal.as_str() {
        "*" => json!("*"),
        account if is_account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
        _ => {
            let message = r"Parameter Principal is not valid. Reason: Principal must be * or an account of 12 digits.";
            return Err(BusError::Validation(message.to_owned()));
        }
    };
    let mut statement = json!({
        "Sid": permission.id, "Effect": "Allow", "Principal": principal, "Action": ACTION, "Resource": bus_arn,
    });
    if let Some(condition) = permission.condition {
        let (kind, key, value) = (&condition["Type"], &condition["Key"], &condition["Value"]);
        let (Some(kind), Some(key)) = (kind.as_str(), key.as_str()) else {
            return Err(BusError::Validation("Parameter Condition is not valid.".to_owned()));
        };
        statement["Condition"] = json!({ kind: { key: value } });
    }
    let policy = policy.get_or_insert_with(|| json!({ "Version": "2012-10-17", "Statement": [] }));
    if let Some(statements) = policy["Statement"].as_array_mut() {
        statements.retain(|known| known["Sid"] != statement["Sid"]);
        statements.push(statement);
    }
    Ok(())
}

/// Removes a statement, or all of them; without statements the policy is gone.
///
/// **Errors**: a bus without a policy, a statement that it does not have.
pub(super) fn revoke(policy: &mut Option<Value>, id: Option<&str>) -> Result<(), BusError> {
    let missing = |message: &str| Err(BusError::NotFound(message.to_owned()));
    let statements = policy.as_mut().and_then(|policy| policy["Statement"].as_array_mut());
    let Some(statements) = statements else { return missing("EventBus does not have a policy.") };
    let n_before = statements.len();
    statements.retain(|statement| id.is_some_and(|id| statement["Sid"] != id));
    if statements.len() == n_before {
        return missing("Statement with the provided id does not exist.");
    }
    if statements.is_empty() {
        *policy = None;
    }
    Ok(())
}

/// A whole policy, as text.
///
/// **Errors**: text that is no policy.
pub(super) fn read(text: &str) -> Result<Value, BusError> {
    let policy: Option<Value> = serde_json::from_str(text).ok();
    let policy = policy.filter(|policy| policy["Statement"].is_array());
    policy.ok_or_else(|| BusError::Validation("This policy contains invalid Json".to_owned()))
}
