//! The rules, one in each file: what it finds, why that is worth changing, and what to write instead.

mod array_items;
mod array_unbounded;
mod boolean_as_text;
mod channel_address;
mod created_location;
mod deprecated_sunset;
mod enum_casing;
mod event_closed;
mod event_detail_type;
mod event_source_casing;
mod event_version;
mod hot_index;
mod id_guessable;
mod info_contact;
mod info_description;
mod info_license;
mod inline_object;
mod insecure_scheme;
mod key_unbounded;
mod list_unpaged;
mod map_unbounded;
mod message_summary;
mod money_as_float;
mod number_unbounded;
mod operation_401_response;
mod operation_404_response;
mod operation_429_response;
mod operation_4xx_response;
mod operation_500_response;
mod operation_description;
mod operation_id;
mod operation_id_casing;
mod operation_in_workflow;
mod operation_summary;
mod operation_tags;
mod owner_unchecked;
mod page_limit_unbounded;
mod parameter_casing;
mod parameter_description;
mod path_casing;
mod path_shadowed;
mod path_verb;
mod problem_json;
mod property_casing;
mod property_description;
mod publish_idempotency;
mod queue_retention;
mod request_example;
mod request_open;
mod response_204_content;
mod response_content;
mod response_description;
mod rule_dead_letters;
mod schema_casing;
mod schema_description;
mod scope_declared;
mod scope_possible;
mod script_in_text;
mod secret_in_contract;
mod secret_in_url;
mod security_explicit;
mod sensitive_in_url;
mod sensitive_key;
mod sensitive_unmarked;
mod server_url;
mod server_variable;
mod string_unbounded;
mod tag_declared;
mod tag_description;
mod tag_twice;
mod time_as_text;
mod unused_channel;
mod unused_component;
mod url_from_outside;

use super::Rule;

/// All of them, by group and then by code.
pub(super) static RULES: &[&Rule] = &[
    &deprecated_sunset::RULE,
    &info_contact::RULE,
    &info_description::RULE,
    &info_license::RULE,
    &message_summary::RULE,
    &operation_description::RULE,
    &operation_summary::RULE,
    &parameter_description::RULE,
    &property_description::RULE,
    &request_example::RULE,
    &response_description::RULE,
    &schema_description::RULE,
    &script_in_text::RULE,
    &tag_description::RULE,
    &enum_casing::RULE,
    &event_source_casing::RULE,
    &operation_id::RULE,
    &operation_id_casing::RULE,
    &operation_tags::RULE,
    &parameter_casing::RULE,
    &path_casing::RULE,
    &path_verb::RULE,
    &property_casing::RULE,
    &schema_casing::RULE,
    &tag_declared::RULE,
    &tag_twice::RULE,
    &array_items::RULE,
    &channel_address::RULE,
    &inline_object::RULE,
    &path_shadowed::RULE,
    &response_204_content::RULE,
    &response_content::RULE,
    &server_url::RULE,
    &server_variable::RULE,
    &operation_in_workflow::RULE,
    &unused_channel::RULE,
    &unused_component::RULE,
    &created_location::RULE,
    &operation_401_response::RULE,
    &operation_404_response::RULE,
    &operation_429_response::RULE,
    &operation_4xx_response::RULE,
    &operation_500_response::RULE,
    &problem_json::RULE,
    &array_unbounded::RULE,
    &key_unbounded::RULE,
    &list_unpaged::RULE,
    &map_unbounded::RULE,
    &number_unbounded::RULE,
    &page_limit_unbounded::RULE,
    &request_open::RULE,
    &string_unbounded::RULE,
    &id_guessable::RULE,
    &insecure_scheme::RULE,
    &owner_unchecked::RULE,
    &scope_declared::RULE,
    &scope_possible::RULE,
    &secret_in_contract::RULE,
    &secret_in_url::RULE,
    &security_explicit::RULE,
    &sensitive_in_url::RULE,
    &sensitive_key::RULE,
    &sensitive_unmarked::RULE,
    &url_from_outside::RULE,
    &event_closed::RULE,
    &event_detail_type::RULE,
    &event_version::RULE,
    &publish_idempotency::RULE,
    &queue_retention::RULE,
    &rule_dead_letters::RULE,
    &boolean_as_text::RULE,
    &hot_index::RULE,
    &money_as_float::RULE,
    &time_as_text::RULE,
];
