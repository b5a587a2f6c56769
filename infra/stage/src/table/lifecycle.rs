//! Changes of tables that DynamoDB refuses and the engine takes: two indexes at a time, and an expiry that is already so.

use dynoxide::{Database, DynoxideError};
use serde_json::Value;

use super::update::{expiry, list};

/// Why a table is not changed as asked.
pub(super) fn table_fault(body: &[u8]) -> Option<DynoxideError> {
    let request: Value = serde_json::from_slice(body).ok()?;
    let changes = list(&request["GlobalSecondaryIndexUpdates"]);
    let changes = changes.filter(|one| one["Create"].is_object() || one["Delete"].is_object());
    (changes.count() > 1).then(|| {
        DynoxideError::LimitExceededException(
            "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"
                .to_owned(),
        )
    })
}

/// Why the expiry of a table is not changed as asked.
pub(super) fn expiry_fault(database: &Database, body: &[u8]) -> Option<DynoxideError> {
    let request: Value = serde_json::from_slice(body).ok()?;
    let asked = &request["TimeToLiveSpecification"];
    let (enable, attribute) = (asked["Enabled"].as_bool()?, asked["AttributeName"].as_str()?);
    let current = expiry(database, request["TableName"].as_str()?).ok()?;
    let fault = match (enable, current.as_deref()) {
        (true, Some(current)) if current == attribute => "TimeToLive is already enabled".to_owned(),
        (_, Some(current)) if current != attribute => {
            format!(
                "TimeToLive is active on a different AttributeName: current AttributeName is {current}"
            )
        }
        (false, None) => "TimeToLive is already disabled".to_owned(),
        _ => return None,
    };
    Some(DynoxideError::ValidationException(fault))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use serde_json::json;

    use super::super::call::tests::{called, database};
    use super::*;

    #[test]
    fn an_expiry_changes_once_and_by_its_own_attribute() {
        let database = database();
        let set = |is_enabled: bool, attribute: &str| {
            let expiry = json!({ "Enabled": is_enabled, "AttributeName": attribute });
            let update = json!({ "TableName": "things", "TimeToLiveSpecification": expiry });
            let told = called(&database, "UpdateTimeToLive", update);
            told.map(|_| ()).map_err(|(_, body)| body["message"].as_str().unwrap().to_owned())
        };
        let refused = |told: Result<(), String>, part: &str| {
            assert!(told.as_ref().is_err_and(|told| told.contains(part)), "{told:?}");
        };
        refused(set(false, "until"), "already disabled");
        assert_eq!(set(true, "until"), Ok(()));
        refused(set(true, "until"), "already enabled");
        refused(set(true, "other"), "current AttributeName is until");
        refused(set(false, "other"), "current AttributeName is until");
        assert_eq!(set(false, "until"), Ok(()));
    }

    #[test]
    fn one_index_changes_at_a_time() {
        let database = database();
        let index = |name: &str| {
            let key = json!([{ "AttributeName": "kind", "KeyType": "HASH" }]);
            json!({ "Create": { "IndexName": name, "KeySchema": key, "Projection": { "ProjectionType": "ALL" } } })
        };
        let update = |indexes: Value| {
            let update = json!({
                "TableName": "things", "GlobalSecondaryIndexUpdates": indexes,
                "AttributeDefinitions": [{ "AttributeName": "kind", "AttributeType": "S" }],
            });
            called(&database, "UpdateTable", update)
        };
        let (status, body) = update(json!([index("one"), index("two")])).unwrap_err();
        assert_eq!(status, 400);
        assert!(body["__type"].as_str().unwrap().ends_with("LimitExceededException"), "{body}");
        update(json!([index("one")])).unwrap();
    }
}
