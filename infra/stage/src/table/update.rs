//! Brings tables to what a template says, when a stage starts over a data folder and while one runs.
//!
//! Indexes, streams and expiry change in place, as in AWS. Other keys or local indexes take another table: its items are
//! copied aside first, so whatever fails or ends in between loses none. A table that the template no longer has is left
//! as it is.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use dynoxide::Database;
use dynoxide::types::Item;
use serde_json::{Value, json};

use super::{TableError, Tables, create, open, parse};
use crate::template::Table;

/// What the name of a table ends in while it holds the items of another.
const ASIDE: &str = ".stage-rebuild";

/// When a table is brought to what a template says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    /// The template has changed: what it no longer has ends, and a table with other keys is made anew.
    Reload,
    /// A stage starts over a data folder: what a table has more than the template may have been set by the API and
    /// stays, and other keys are refused, as nobody has asked for items to be changed.
    Start,
}

impl Tables {
    /// Makes tables of a template in memory, where nothing is lost, to find out what is refused.
    ///
    /// # Errors
    /// When a table cannot be made as the template says.
    pub(crate) fn rehearse(tables: &[Table]) -> Result<(), TableError> {
        let database = open(None)?;
        tables.iter().try_for_each(|table| create(&database, table))
    }

    /// Brings the tables to what a template says now, and tells what was lost by it. What somebody set by the API stays
    /// until the template says something else than it did: a table is left alone that stands and is known.
    ///
    /// # Errors
    /// When a table cannot be made as the template says.
    pub(crate) fn update(
        &self,
        tables: &[Table],
        known: &[Table],
    ) -> Result<Vec<String>, TableError> {
        let is_same = |table: &&Table| {
            known.contains(table) && describe(&self.database, &table.name).is_some()
        };
        let changed: Vec<&Table> = tables.iter().filter(|table| !is_same(table)).collect();
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        // Nobody writes to a table between the copy of its items and its end.
        let _nobody = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        finish(&self.database)?;
        let mut notes = Vec::new();
        for table in changed {
            notes.extend(bring(&self.database, table, Moment::Reload)?);
        }
        Ok(notes)
    }
}

/// Makes one table what the template says, and tells what was lost by it or is more than that.
pub(super) fn bring(
    database: &Database,
    table: &Table,
    moment: Moment,
) -> Result<Option<String>, TableError> {
    let failed = |message: String| TableError::Create { name: table.name.clone(), message };
    let Some(found) = describe(database, &table.name) else {
        create(database, table)?;
        return Ok(None);
    };
    if shape(&found) == shape(&table.request) {
        return change(database, table, &found, moment).map_err(failed);
    }
    match moment {
        Moment::Reload => rebuild(database, table),
        Moment::Start => Err(failed(
            "the data folder contains the table with other keys or local indexes; use another folder"
                .to_owned(),
        )),
    }
}

/// Ends what a stage that was killed while it made a table anew has left.
pub(super) fn finish(database: &Database) -> Result<(), TableError> {
    for aside in names(database) {
        let Some(name) = aside.strip_suffix(ASIDE) else { continue };
        let failed = |message: String| TableError::Create { name: name.to_owned(), message };
        let made = describe(database, &aside).unwrap_or_default();
        match describe(database, name) {
            // The old table is whole, and the copy may not be.
            Some(old) if shape(&old) != shape(&made) => {}
            Some(_) => refill(database, &aside, name).map_err(failed)?,
            None => {
                create_table(database, request_of(&made, name)).map_err(failed)?;
                refill(database, &aside, name).map_err(failed)?;
            }
        }
        delete_table(database, &aside).map_err(failed)?;
    }
    Ok(())
}

/// Makes a table anew, with the items that it held as far as they have the new keys.
fn rebuild(database: &Database, table: &Table) -> Result<Option<String>, TableError> {
    let failed = |message: String| TableError::Create { name: table.name.clone(), message };
    let name = &table.name;
    let aside = format!("{name}{ASIDE}");
    let mut request = table.request.clone();
    request["TableName"] = aside.as_str().into();
    // What is only moved is no change that a stream tells of.
    request["StreamSpecification"] = Value::Null;
    create_table(database, request).map_err(failed)?;
    let (mut n_items, mut n_lost) = (0, 0);
    each_page(database, name, |items| {
        n_items += items.len();
        for item in items {
            let put = json!({ "TableName": aside, "Item": item });
            let kept = parse(put).is_ok_and(|request| database.put_item(request).is_ok());
            n_lost += usize::from(!kept);
        }
        Ok(())
    })
    .map_err(failed)?;
    delete_table(database, name).map_err(failed)?;
    create(database, table)?;
    refill(database, &aside, name).map_err(failed)?;
    delete_table(database, &aside).map_err(failed)?;
    Ok((n_lost > 0).then(|| {
        format!(
            "the key of `{name}` changed; {n_lost} of {n_items} items without the new key were removed"
        )
    }))
}

/// Changes what can be changed in place: global indexes, the stream, and when items expire. Tells what it leaves.
fn change(
    database: &Database,
    table: &Table,
    found: &Value,
    moment: Moment,
) -> Result<Option<String>, String> {
    let keeps = moment == Moment::Start;
    let mut kept = Vec::new();
    let update = |change: Value| {
        let mut request = change;
        request["TableName"] = table.name.as_str().into();
        let updated = database.update_table(parse(request)?);
        updated.map(|_| ()).map_err(|error| error.to_string())
    };
    let (old, new) = (global_indexes(found), global_indexes(&table.request));
    // One at a time is all that DynamoDB takes.
    for name in old.keys().filter(|name| new.get(*name) != old.get(*name)) {
        if keeps && !new.contains_key(name) {
            kept.push(format!("the index `{name}`"));
            continue;
        }
        update(json!({ "GlobalSecondaryIndexUpdates": [{ "Delete": { "IndexName": name } }] }))?;
    }
    for index in list(&table.request["GlobalSecondaryIndexes"]) {
        let name = text(&index["IndexName"]);
        if new.get(&name) != old.get(&name) {
            update(json!({
                "AttributeDefinitions": table.request["AttributeDefinitions"],
                "GlobalSecondaryIndexUpdates": [{ "Create": index }],
            }))?;
        }
    }
    let (old, new) = (stream(found), stream(&table.request));
    if keeps && old.is_some() && new.is_none() {
        kept.push("its stream".to_owned());
    } else if old != new {
        if old.is_some() {
            update(json!({ "StreamSpecification": { "StreamEnabled": false } }))?;
        }
        if let Some(view) = new {
            let on = json!({ "StreamEnabled": true, "StreamViewType": view });
            update(json!({ "StreamSpecification": on }))?;
        }
    }
    match expiry(database, &table.name)? {
        Some(attribute) if keeps && table.ttl_attribute.is_none() => {
            kept.push(format!("the expiry by `{attribute}`"));
        }
        _ => expire(database, table)?,
    }
    Ok((!kept.is_empty())
        .then(|| format!("keeps {}, which the template does not have", kept.join(", "))))
}

/// The attribute that says when items of a table expire now.
pub(super) fn expiry(database: &Database, table: &str) -> Result<Option<String>, String> {
    let describe = parse(json!({ "TableName": table }))?;
    let described = database.describe_time_to_live(describe).map_err(|error| error.to_string())?;
    let described = serde_json::to_value(&described).unwrap_or_default();
    let found = &described["TimeToLiveDescription"];
    let attribute = found["AttributeName"].as_str();
    Ok(attribute.filter(|_| found["TimeToLiveStatus"] == "ENABLED").map(str::to_owned))
}

/// Sets the attribute that says when items expire.
pub(super) fn expire(database: &Database, table: &Table) -> Result<(), String> {
    let old = expiry(database, &table.name)?;
    let (old, new) = (old.as_deref(), table.ttl_attribute.as_deref());
    if old == new {
        return Ok(());
    }
    for (attribute, is_enabled) in [(old, false), (new, true)] {
        let Some(attribute) = attribute else { continue };
        let specification = json!({ "AttributeName": attribute, "Enabled": is_enabled });
        let update = json!({ "TableName": table.name, "TimeToLiveSpecification": specification });
        database.update_time_to_live(parse(update)?).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// What of a table cannot change: its keys and its local indexes, with their types.
fn shape(of: &Value) -> (Vec<Value>, BTreeMap<String, Value>) {
    let types = &types(of);
    (keys(&of["KeySchema"], types), indexes(&of["LocalSecondaryIndexes"], types))
}

fn global_indexes(of: &Value) -> BTreeMap<String, Value> {
    indexes(&of["GlobalSecondaryIndexes"], &types(of))
}

fn types(of: &Value) -> BTreeMap<String, String> {
    let definitions = list(&of["AttributeDefinitions"]);
    definitions.map(|one| (text(&one["AttributeName"]), text(&one["AttributeType"]))).collect()
}

/// Indexes by name, as far as they can differ.
fn indexes(of: &Value, types: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let index = |index: &Value| {
        let projection = &index["Projection"];
        let mut more: Vec<String> = list(&projection["NonKeyAttributes"]).map(text).collect();
        more.sort();
        json!([keys(&index["KeySchema"], types), projection["ProjectionType"], more])
    };
    list(of).map(|one| (text(&one["IndexName"]), index(one))).collect()
}

fn keys(schema: &Value, types: &BTreeMap<String, String>) -> Vec<Value> {
    let key = |key: &Value| {
        json!([key["KeyType"], key["AttributeName"], types.get(&text(&key["AttributeName"]))])
    };
    list(schema).map(key).collect()
}

/// What the records of a table's stream hold; none without a stream.
fn stream(of: &Value) -> Option<String> {
    let stream = &of["StreamSpecification"];
    (stream["StreamEnabled"] == true).then(|| text(&stream["StreamViewType"]))
}

pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// The request that makes a table like one that is described, without a stream.
fn request_of(described: &Value, name: &str) -> Value {
    let mut request = json!({ "TableName": name, "BillingMode": "PAY_PER_REQUEST" });
    for key in ["KeySchema", "AttributeDefinitions"] {
        request[key] = described[key].clone();
    }
    for key in ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"] {
        let index = |one: &Value| json!({ "IndexName": one["IndexName"], "KeySchema": one["KeySchema"], "Projection": one["Projection"] });
        let indexes: Vec<Value> = list(&described[key]).map(index).collect();
        if !indexes.is_empty() {
            request[key] = indexes.into();
        }
    }
    request
}

pub(super) fn describe(database: &Database, name: &str) -> Option<Value> {
    let request = parse(json!({ "TableName": name })).ok()?;
    let described = serde_json::to_value(database.describe_table(request).ok()?).ok()?;
    Some(described["Table"].clone())
}

fn names(database: &Database) -> Vec<String> {
    let (mut names, mut request) = (Vec::new(), json!({}));
    while let Ok(page) = parse(request).map(|request| database.list_tables(request)) {
        let page = page.ok().and_then(|page| serde_json::to_value(page).ok()).unwrap_or_default();
        names.extend(list(&page["TableNames"]).map(text));
        let Some(last) = page["LastEvaluatedTableName"].as_str() else { break };
        request = json!({ "ExclusiveStartTableName": last });
    }
    names
}

fn create_table(database: &Database, request: Value) -> Result<(), String> {
    let made = database.create_table(parse(request)?);
    made.map(|_| ()).map_err(|error| error.to_string())
}

fn delete_table(database: &Database, name: &str) -> Result<(), String> {
    let deleted = database.delete_table(parse(json!({ "TableName": name }))?);
    deleted.map(|_| ()).map_err(|error| error.to_string())
}

/// Copies items into a table with the same keys. Its stream tells nothing of them.
fn refill(database: &Database, from: &str, to: &str) -> Result<(), String> {
    each_page(database, from, |items| {
        let imported = database.import_items(to, items, dynoxide::ImportOptions::default());
        imported.map(|_| ()).map_err(|error| error.to_string())
    })
}

fn each_page(
    database: &Database,
    name: &str,
    mut take: impl FnMut(Vec<Item>) -> Result<(), String>,
) -> Result<(), String> {
    let mut start: Option<Value> = None;
    loop {
        let mut request = json!({ "TableName": name });
        if let Some(start) = start.take() {
            request["ExclusiveStartKey"] = start;
        }
        let page = database.scan(parse(request)?).map_err(|error| error.to_string())?;
        let last = serde_json::to_value(&page.last_evaluated_key).unwrap_or_default();
        take(page.items.unwrap_or_default())?;
        if last.is_null() {
            return Ok(());
        }
        start = Some(last);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use std::slice::from_ref;

    use super::*;

    fn table(key: &str, more: Value) -> Table {
        let mut request = json!({
            "TableName": "things",
            "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{ "AttributeName": key, "KeyType": "HASH" }],
            "AttributeDefinitions": [{ "AttributeName": key, "AttributeType": "S" }],
        });
        for (name, value) in more.as_object().unwrap() {
            request[name] = value.clone();
        }
        Table { id: "Things".to_owned(), name: "things".to_owned(), request, ttl_attribute: None }
    }

    /// A database with a table of two items, one of which has the key `b`.
    fn filled() -> Database {
        let database = open(None).unwrap();
        create(&database, &table("a", json!({}))).unwrap();
        for item in [json!({ "a": { "S": "1" }, "b": { "S": "2" } }), json!({ "a": { "S": "3" } })]
        {
            let put = json!({ "TableName": "things", "Item": item });
            database.put_item(parse(put).unwrap()).unwrap();
        }
        database
    }

    fn n_items(database: &Database, name: &str) -> usize {
        let mut n_items = 0;
        each_page(database, name, |items| {
            n_items += items.len();
            Ok(())
        })
        .unwrap();
        n_items
    }

    #[test]
    fn a_table_with_another_key_keeps_the_items_that_have_it_and_says_how_many_do_not() {
        let database = filled();
        let other = table("b", json!({}));
        let refused = bring(&database, &other, Moment::Start).unwrap_err();
        assert!(refused.to_string().contains("use another folder"), "{refused}");
        assert_eq!(n_items(&database, "things"), 2);
        let note = bring(&database, &other, Moment::Reload).unwrap().unwrap();
        assert!(note.contains("1 of 2 items"), "{note}");
        assert_eq!((n_items(&database, "things"), names(&database).len()), (1, 1));
    }

    #[test]
    fn what_was_set_by_the_api_stays_at_a_start_and_ends_when_the_template_changes() {
        let database = filled();
        let base = table("a", json!({}));
        let index = json!([{ "IndexName": "index", "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }], "Projection": { "ProjectionType": "ALL" } }]);
        let stream = json!({ "StreamEnabled": true, "StreamViewType": "NEW_IMAGE" });
        let more = json!({ "GlobalSecondaryIndexes": index, "StreamSpecification": stream });
        let more = Table { ttl_attribute: Some("end".to_owned()), ..table("a", more) };
        assert_eq!(bring(&database, &more, Moment::Start).unwrap(), None);
        let note = bring(&database, &base, Moment::Start).unwrap().unwrap();
        assert!(note.contains("the index `index`, its stream, the expiry by `end`"), "{note}");
        assert_eq!(bring(&database, &more, Moment::Start).unwrap(), None);
        assert_eq!(bring(&database, &base, Moment::Reload).unwrap(), None);
        assert_eq!(bring(&database, &base, Moment::Start).unwrap(), None);
    }

    #[test]
    fn a_reload_leaves_a_table_alone_whose_declaration_is_the_same() {
        let base = table("a", json!({}));
        let tables = Tables::start(from_ref(&base), None, &crate::log::Log::silent()).unwrap();
        let more = Table { ttl_attribute: Some("end".to_owned()), ..base.clone() };
        expire(&tables.database, &more).unwrap();
        tables.update(from_ref(&base), from_ref(&base)).unwrap();
        assert_eq!(expiry(&tables.database, &base.name).unwrap().as_deref(), Some("end"));
        tables.update(from_ref(&base), &[more]).unwrap();
        assert_eq!(expiry(&tables.database, &base.name).unwrap(), None);
        delete_table(&tables.database, "things").unwrap();
        tables.update(from_ref(&base), from_ref(&base)).unwrap();
        assert!(describe(&tables.database, "things").is_some());
    }

    #[test]
    fn what_the_engine_refuses_loses_no_item() {
        let database = filled();
        let refused =
            table("b", json!({ "KeySchema": [{ "AttributeName": "b", "KeyType": "NONE" }] }));
        Tables::rehearse(std::slice::from_ref(&refused)).unwrap_err();
        bring(&database, &refused, Moment::Reload).unwrap_err();
        assert_eq!(n_items(&database, "things"), 2);
    }

    #[test]
    fn a_local_index_and_a_type_make_another_table_and_a_projection_does_not() {
        let base = table("a", json!({}));
        let typed = |kind: &str| json!({ "AttributeDefinitions": [{ "AttributeName": "a", "AttributeType": kind }] });
        assert_ne!(shape(&base.request), shape(&table("a", typed("N")).request));
        let index = |kind: &str| json!([{ "IndexName": "index", "KeySchema": [{ "AttributeName": "a", "KeyType": "HASH" }], "Projection": { "ProjectionType": kind } }]);
        let local = |kind: &str| {
            shape(&table("a", json!({ "LocalSecondaryIndexes": index(kind) })).request)
        };
        assert_ne!(local("ALL"), shape(&base.request));
        assert_ne!(local("ALL"), local("KEYS_ONLY"));
        let global = table("a", json!({ "GlobalSecondaryIndexes": index("ALL") }));
        assert_eq!(shape(&global.request), shape(&base.request));
        let database = filled();
        for kind in ["ALL", "KEYS_ONLY"] {
            let global = table("a", json!({ "GlobalSecondaryIndexes": index(kind) }));
            assert_eq!(bring(&database, &global, Moment::Start).unwrap(), None);
            let found = describe(&database, "things").unwrap();
            assert_eq!(found["GlobalSecondaryIndexes"][0]["Projection"]["ProjectionType"], kind);
        }
        assert_eq!(n_items(&database, "things"), 2);
    }

    /// A stage that is killed while it makes a table anew, at each step of that.
    #[test]
    fn a_rebuild_that_was_broken_off_is_ended_by_the_next_stage() {
        let aside = |database: &Database| {
            let mut request = table("b", json!({})).request;
            request["TableName"] = format!("things{ASIDE}").into();
            create_table(database, request).unwrap();
            let item = json!({ "a": { "S": "1" }, "b": { "S": "2" } });
            let put = json!({ "TableName": format!("things{ASIDE}"), "Item": item });
            database.put_item(parse(put).unwrap()).unwrap();
        };
        // The copy was not complete.
        let database = filled();
        aside(&database);
        finish(&database).unwrap();
        assert_eq!((n_items(&database, "things"), names(&database).len()), (2, 1));
        // The old table was gone.
        let database = filled();
        aside(&database);
        delete_table(&database, "things").unwrap();
        finish(&database).unwrap();
        assert_eq!((n_items(&database, "things"), names(&database).len()), (1, 1));
        // The new one was there, and empty.
        let database = open(None).unwrap();
        aside(&database);
        create(&database, &table("b", json!({}))).unwrap();
        finish(&database).unwrap();
        assert_eq!((n_items(&database, "things"), names(&database).len()), (1, 1));
    }
}
