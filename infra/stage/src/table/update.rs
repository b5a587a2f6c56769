//! Tables of a template that changed while the stage runs.
//!
//! Items stay as far as the new keys let them: a table whose indexes changed is made anew with the same items. One whose
//! keys changed begins empty, which is said. A table that the template no longer has is left as it is.

use dynoxide::Database;
use serde_json::{Value, json};

use super::{TableError, Tables, check_same_keys, create, parse};
use crate::template::Table;

impl Tables {
    /// Brings the tables to what a template says now, and tells what was lost by it.
    ///
    /// # Errors
    /// When a table cannot be made as the template says.
    pub(crate) fn update(&self, tables: &[Table]) -> Result<Vec<String>, TableError> {
        let mut notes = Vec::new();
        for table in tables {
            let exists = describe(&self.database, &table.name).is_some();
            if !exists || check_same_keys(&self.database, table).is_ok() {
                create(&self.database, table)?;
                continue;
            }
            notes.extend(rebuild(&self.database, table)?);
        }
        Ok(notes)
    }
}

fn describe(database: &Database, name: &str) -> Option<Value> {
    let request = parse(json!({ "TableName": name })).ok()?;
    serde_json::to_value(database.describe_table(request).ok()?).ok()
}

/// Makes a table anew, with the items that it held as far as they have the new keys.
fn rebuild(database: &Database, table: &Table) -> Result<Option<String>, TableError> {
    let failed = |message: String| TableError::Create { name: table.name.clone(), message };
    let items = scan(database, &table.name).map_err(failed)?;
    let request = parse(json!({ "TableName": table.name })).map_err(failed)?;
    database.delete_table(request).map_err(|error| failed(error.to_string()))?;
    create(database, table)?;
    let mut n_lost = 0;
    for item in &items {
        let put = json!({ "TableName": table.name, "Item": item });
        let kept = parse(put).is_ok_and(|request| database.put_item(request).is_ok());
        n_lost += usize::from(!kept);
    }
    let name = &table.name;
    Ok((n_lost > 0).then(|| {
        format!(
            "the key of `{name}` changed; {n_lost} of {} items without the new key were removed",
            items.len()
        )
    }))
}

fn scan(database: &Database, name: &str) -> Result<Vec<Value>, String> {
    let mut items = Vec::new();
    let mut start: Option<Value> = None;
    loop {
        let mut request = json!({ "TableName": name });
        if let Some(start) = start.take() {
            request["ExclusiveStartKey"] = start;
        }
        let page = database.scan(parse(request)?).map_err(|error| error.to_string())?;
        let page = serde_json::to_value(&page).map_err(|error| error.to_string())?;
        items.extend(page["Items"].as_array().into_iter().flatten().cloned());
        match &page["LastEvaluatedKey"] {
            Value::Null => return Ok(items),
            key => start = Some(key.clone()),
        }
    }
}
