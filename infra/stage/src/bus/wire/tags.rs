//! Owns the actions on tags of buses and rules.

use super::{Answer, nothing, required, write};
use crate::bus::error::BusError;
use crate::bus::service::BusService;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// A tag as it is written.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Tag {
    key: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct OfResource {
    #[serde(rename = "ResourceARN")]
    arn: Option<String>,
    tags: Option<Vec<Tag>>,
    tag_keys: Option<Vec<String>>,
}

/// Tags by their keys.
///
/// **Errors**: keys or values that are too long.
pub(super) fn read(tags: Vec<Tag>) -> Result<BTreeMap<String, String>, BusError> {
    for tag in &tags {
        if !(1..=128).contains(&tag.key.chars().count()) || tag.value.chars().count() > 256 {
            return Err(BusError::Validation(format!("Tag {} is not valid.", tag.key)));
        }
    }
    Ok(tags.into_iter().map(|tag| (tag.key, tag.value)).collect())
}

pub(super) fn tag(service: &BusService, request: OfResource) -> Answer {
    let arn = required(request.arn, "resourceARN")?;
    let tags = read(required(request.tags, "tags")?)?;
    service.change(|state, _| state.tags_mut(&arn).map(|known| known.extend(tags)))?;
    nothing()
}

pub(super) fn untag(service: &BusService, request: OfResource) -> Answer {
    let arn = required(request.arn, "resourceARN")?;
    let keys = required(request.tag_keys, "tagKeys")?;
    service.change(|state, _| {
        state.tags_mut(&arn).map(|known| known.retain(|key, _| !keys.contains(key)))
    })?;
    nothing()
}

pub(super) fn list(service: &BusService, request: OfResource) -> Answer {
    let arn = required(request.arn, "resourceARN")?;
    let tags = service.change(|state, _| state.tags_mut(&arn).cloned())?;
    let tags: Vec<Tag> = tags.into_iter().map(|(key, value)| Tag { key, value }).collect();
    write(&json!({ "Tags": tags }))
}
